package dev.ablate.engine.train;

import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.home.HomeKind;
import dev.ablate.worker.spec.ScaleSettings.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** A process of its own that trains a plan, for tests that kill it or start two of them. */
final class TrainingProcess {

    private TrainingProcess() {}

    /** Two variants over some seeds, 2,980 updates each, measured every 10, on split and scaled data; the pause is no part of any key. */
    static Plan plan(int seeds, long pauseMicros) {
        Map<String, Descent> variants = new LinkedHashMap<>();
        variants.put("short", Descent.of(2_960, true).dawdling(pauseMicros));
        variants.put("long", Descent.of(2_980, true).dawdling(pauseMicros));
        return ChangedRun.plan(
                SmallPlans.plan(
                        "killed", LongStream.rangeClosed(1, seeds).boxed().toList(), variants),
                run -> run.on(ChangedRun.HOUSES).split(0.2).scale(Method.STANDARD, Method.MIN_MAX));
    }

    /** Starts it; what it writes goes to {@code output}. */
    static Process start(Path home, int seeds, long pauseMicros, Path output) throws IOException {
        return start(home, HomeKind.AUTO, seeds, pauseMicros, output);
    }

    /** The same in a home of which it is said whether other hosts see it. */
    static Process start(Path home, HomeKind kind, int seeds, long pauseMicros, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        // where it leaves SQLite's library when it is killed
        command.add("-Djava.io.tmpdir=" + output.getParent());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TrainingProcess.class.getName()));
        command.addAll(List.of(home.toString(), Integer.toString(seeds), Long.toString(pauseMicros), kind.name()));
        return new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /**
     * Trains with two jobs, and writes a line at once for all that it hears: {@code begins LABEL}, {@code at LABEL UPDATE NANOS},
     * {@code ends LABEL STATUS} or {@code reuses LABEL STATUS}.
     *
     * @param arguments home, number of seeds, pause in microseconds, kind of home
     */
    public static void main(String[] arguments) {
        Progress loud = new Progress() {
            @Override
            public void begins(PlannedRun run) {
                say("begins " + run.label());
            }

            @Override
            public void at(PlannedRun run, long update, long total) {
                say("at " + run.label() + " " + update + " " + System.nanoTime());
            }

            @Override
            public void ends(Outcome outcome) {
                say((outcome.reused() ? "reuses " : "ends ") + outcome.run().label() + " "
                        + outcome.record().status());
            }
        };
        Plan plan = plan(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        HomeKind kind = HomeKind.valueOf(arguments[3]);
        try (RunStore store =
                RunStore.open(Path.of(arguments[0]), kind, Clock.systemUTC(), copy -> {}, TrainingProcess::say)) {
            store.record(plan, "killed");
            Executor.of(store)
                    .execute(plan, new ExecutionOptions(2, Set.of(), false, false, false), loud, new Cancellation())
                    .outcomes();
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
