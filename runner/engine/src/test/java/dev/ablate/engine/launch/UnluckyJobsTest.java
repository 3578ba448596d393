package dev.ablate.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.Ablate;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.RunListener;
import dev.ablate.engine.RunOptions;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.kinds.KindsPlugin;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunSpecFile;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.task.Checkpoint;
import dev.ablate.worker.task.TaskProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an execution makes of jobs that end without a result, or before they should. */
@Timeout(300)
class UnluckyJobsTest {

    private static final String TOYS = """
            version: 1
            name: toys
            dataset: { plugin: toys }
            data: { split: { test: 0.4 } }
            trainer: { plugin: averaging, updates: 9 }
            seeds: [1, 2]
            """;

    @TempDir
    private Path temporary;

    private Path folder;
    private Path calls;
    private String spec;

    @BeforeEach
    void nameAFolder() {
        folder = temporary.resolve("exchange");
        calls = temporary.resolve("calls");
        spec = TOYS + "run: { launcher: { plugin: processes, folder: " + folder + " } }\n";
    }

    /** Has no luck with its first jobs, and notes how many tasks each has. */
    public static final class Unlucky {
        private Unlucky() {}

        /** {@code FILE WAYS TASK ...}: {@code el} is one job whose runs are ended from outside, and one that is lost. */
        public static void main(String[] arguments) throws IOException {
            Path calls = Path.of(arguments[0]);
            List<Path> tasks = Stream.of(arguments)
                    .filter(argument -> argument.endsWith(RunSpecFile.ENDING))
                    .map(Path::of)
                    .toList();
            Files.writeString(calls, tasks.size() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            int job = Files.readAllLines(calls).size();
            if (job > arguments[1].length()) {
                TaskProgram.main(Stream.of(arguments).skip(2).toArray(String[]::new));
            } else if (arguments[1].charAt(job - 1) == 'e') {
                for (Path task : tasks) {
                    end(task);
                }
            }
        }

        /** Leaves what a run leaves that is ended from outside. */
        private static void end(Path task) throws IOException {
            RunSpec run = RunSpecFile.read(task);
            Checkpoint checkpoint = new Checkpoint(Objects.requireNonNull(task.getParent()), run.key());
            Files.createDirectories(checkpoint.folder());
            ResultFile.write(
                    new ResultSink(Clock.systemUTC(), checkpoint::folder)
                            .result(run.key().hex(), run.leaves(), RunEnding.killed(0), Map.of(), ""),
                    RunSpecFile.result(task));
        }
    }

    private Ablate open(String... program) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                TestPlugins.services(KindsPlugin.class) + File.pathSeparator + System.getProperty("java.class.path")));
        command.addAll(List.of(program));
        return Ablate.builder()
                .home(temporary.resolve("home"))
                .plugins(TestPlugins.loader(KindsPlugin.class))
                .taskProgram(command)
                .build();
    }

    /** What becomes of its first jobs. */
    private Ablate unlucky(String ways) {
        return open(Unlucky.class.getName(), calls.toString(), ways);
    }

    private static List<RunStatus> statuses(ExperimentResult result) {
        return result.outcomes().stream()
                .map(outcome -> outcome.record().status())
                .toList();
    }

    @Test
    void areFollowedByAThirdWhoseResultCounts() throws IOException {
        spec = spec.replace("[1, 2]", "[1]");
        try (Ablate ablate = unlucky("ll")) {
            assertThat(statuses(ablate.experiment("toys", spec).run(RunOptions.defaults())))
                    .containsExactly(RunStatus.FINISHED);
        }
        assertThat(calls).hasContent("1\n1\n1\n");
    }

    @Test
    void areNotCountedWhereARunHasACheckpoint() throws IOException {
        spec = spec.replace("[1, 2]", "[1]");
        try (Ablate ablate = unlucky("eeeell")) {
            assertThat(statuses(ablate.experiment("toys", spec).run(RunOptions.defaults())))
                    .containsExactly(RunStatus.FINISHED);
        }
        assertThat(calls).hasContent("1\n".repeat(7));
    }

    @Test
    void areNotThoseOfWhichNobodySaysHowFarTheyAre() throws IOException {
        spec = spec.replace("[1, 2]", "[1]").replace("updates: 9", "updates: 100000000");
        Path file = Files.writeString(temporary.resolve("toys.yaml"), spec);
        try (Ablate ablate = open(TaskProgram.class.getName())) {
            ablate.experiment(file).run(RunOptions.defaults().detached(true));
            Path busy = Files.writeString(folder.resolve("busy"), "");
            assertThat(ablate.experiment(file)
                            .run(RunOptions.defaults().detached(true))
                            .pending())
                    .hasSize(1);
            Files.delete(busy);
            try (Stream<Path> jobs = Files.list(exchange().jobs())) {
                assertThat(jobs).hasSize(1);
            }
            assertThat(ablate.submissions().get(0).cancel()).hasSize(1);
        }
    }

    /** It may have ended the program that trains it, with all others there. */
    @Test
    void areFollowedByOnesInWhichEachRunIsAlone() throws IOException {
        // of both variants the first seed is needed
        spec += "variants: { averaging: {}, longer: { trainer: { updates: 12 } } }\n";
        try (Ablate ablate = unlucky("l")) {
            assertThat(statuses(ablate.experiment("toys", spec).run(RunOptions.defaults())))
                    .hasSize(4)
                    .containsOnly(RunStatus.FINISHED);
        }
        // behind these are the second seeds, as soon as each is needed
        assertThat(Files.readAllLines(calls)).startsWith("2", "1", "1");
    }

    @Test
    void areTheLastWhereAFailureStopsAll() {
        spec = spec.replace("run: {", "run: { on_failure: stop,");
        try (Ablate ablate = open("no.such.Program")) {
            ExperimentResult result = ablate.experiment("toys", spec).run(RunOptions.defaults());
            assertThat(statuses(result)).containsExactly(RunStatus.FAILED);
            assertThat(result.pending()).isEmpty();
        }
    }

    private ExchangeFolder exchange() {
        return ExchangeFolder.of(folder, temporary.resolve("home"), TestPlugins.noCommand());
    }

    /** Cancels it where it waits for jobs. */
    private ExperimentResult runAndCancel(Ablate ablate, Runnable before) {
        Cancellation cancellation = new Cancellation();
        RunListener listener = new RunListener() {
            @Override
            public void waits(Supplier<String> jobs) {
                before.run();
                cancellation.cancel();
            }
        };
        return ablate.experiment("toys", spec)
                .run(RunOptions.defaults().listener(listener).cancellation(cancellation));
    }

    @Test
    void leaveTheResultThatTheyHaveWhenTheyAreEnded() {
        spec = spec.replace("[1, 2]", "[1]");
        try (Ablate ablate = open(TaskProgram.class.getName())) {
            PlannedRun run = ablate.experiment("toys", spec).plan().runs().get(0);
            Path result = exchange().task(run).result();
            ExperimentResult ended = runAndCancel(ablate, () -> {
                while (Files.notExists(result)) {
                    Thread.onSpinWait();
                }
            });
            assertThat(statuses(ended)).containsExactly(RunStatus.FINISHED);
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void areNotThoseThatOthersHaveSubmitted() throws IOException {
        spec = spec.replace("[1, 2]", "[1]").replace("updates: 9", "updates: 100000000");
        Path file = Files.writeString(temporary.resolve("toys.yaml"), spec);
        try (Ablate ablate = open(TaskProgram.class.getName())) {
            RunKey key = ablate.experiment(file)
                    .run(RunOptions.defaults().detached(true))
                    .pending()
                    .get(0)
                    .key();
            ExperimentResult ended = runAndCancel(ablate, () -> {});
            assertThat(ended.outcomes()).isEmpty();
            assertThat(ended.pending()).extracting(PlannedRun::key).containsExactly(key);
            assertThat(ablate.store().find(key).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);
            assertThat(ablate.submissions().get(0).cancel()).hasSize(1);
        }
    }

    private static long reached(Path state) {
        try {
            String text = Files.exists(state) ? Files.readString(state) : "";
            // a program is about to write it
            return text.isEmpty() ? 0 : Long.parseLong(text.split(" ", -1)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void leaveWhatTheyHaveReachedHoweverOftenTheyAreEnded() {
        spec = spec.replace("[1, 2]", "[1]").replace("updates: 9", "updates: 100000000");
        try (Ablate ablate = open(TaskProgram.class.getName())) {
            PlannedRun run = ablate.experiment("toys", spec).plan().runs().get(0);
            Path there = exchange().checkpoint(run.key()).resolve("state");
            Path here = ablate.store().checkpoint(run.key()).resolve("state");
            for (int k = 0; k < 3; k++) {
                long before = reached(here);
                ExperimentResult ended = runAndCancel(ablate, () -> {
                    while (reached(there) <= before) {
                        Thread.onSpinWait();
                    }
                });
                assertThat(statuses(ended)).containsExactly(RunStatus.KILLED);
                assertThat(reached(here)).isGreaterThan(before);
                assertThat(folder).doesNotExist();
            }
        }
    }
}
