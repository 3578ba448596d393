package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.home.HomeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class KilledProcessTest {

    private static final ExecutionOptions ORDERS = new ExecutionOptions(2, Set.of(), false, false, false);
    private static final int SEEDS = 2;

    /** So that a run takes more than a second: longer than points are gathered. */
    private static final long PAUSE = 300;

    @TempDir
    private Path folder;

    private final List<String> remarks = new ArrayList<>();

    private Path home;
    private Path output;

    @BeforeEach
    void name() {
        home = folder.resolve("home");
        output = folder.resolve("output.txt");
    }

    /** What a plan gives when nobody disturbs it: values by series and step, as bits, by run. */
    private Map<String, Map<String, Long>> undisturbed(Plan plan) {
        Map<String, Map<String, Long>> results = new HashMap<>();
        try (RunStore store = RunStore.open(folder.resolve("undisturbed"), Clock.systemUTC())) {
            for (Outcome outcome : Executor.of(store)
                    .execute(plan, ORDERS, new Quiet(), new Cancellation())
                    .outcomes()) {
                results.put(outcome.run().label(), values(store, outcome.record()));
            }
        }
        return results;
    }

    private static Map<String, Long> values(RunStore store, RunRecord record) {
        Map<String, Long> values = new HashMap<>();
        for (Point point : store.points(record.id(), 0, Integer.MAX_VALUE)) {
            Long before = values.put(point.series() + " at " + point.step(), Double.doubleToRawLongBits(point.value()));
            assertThat(before)
                    .as("a second %s at %d", point.series(), point.step())
                    .isNull();
        }
        record.parameters().forEach((name, value) -> values.put(name, Double.doubleToRawLongBits(value)));
        return values;
    }

    /** How many lines of progress are seen before the process is killed; 580 or so are all. */
    static IntStream moments() {
        SplittableRandom random = new SplittableRandom(20_260_301);
        return IntStream.concat(
                IntStream.of(1),
                IntStream.generate(() -> random.nextInt(20, 1_100)).limit(4));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void goesOnAsIfNothingHadHappened(int moment) throws Exception {
        goesOn(moment, HomeKind.AUTO);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 400})
    void goesOnInAHomeOnANetworkFileSystem(int moment) throws Exception {
        goesOn(moment, HomeKind.NETWORK);
        assertThat(remarks)
                .anyMatch(remark -> remark.startsWith("the home " + home + " was left by process ")
                        && remark.contains(" of this host, which used it since "));
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).containsExactly(home.resolve("runs.db"));
        }
    }

    private void goesOn(int moment, HomeKind kind) throws Exception {
        Process process = TrainingProcess.start(home, kind, SEEDS, PAUSE, output);
        while (Files.readAllLines(output).size() < moment) {
            assertThat(process.isAlive()).isTrue();
            Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(2));
        }
        process.destroyForcibly();
        assertThat(process.waitFor()).isNotZero();
        List<String> printed = Files.readAllLines(output);

        Plan plan = TrainingProcess.plan(SEEDS, 0);
        Map<String, Map<String, Long>> expected = undisturbed(plan);
        Map<String, Instant> starts = new HashMap<>();
        try (RunStore store = RunStore.open(home, kind, Clock.systemUTC(), copy -> {}, remarks::add)) {
            for (PlannedRun run : plan.runs()) {
                Optional<RunRecord> there = store.find(run.key());
                there.ifPresent(record -> starts.put(run.label(), record.start()));
                if (printed.contains("ends " + run.label() + " FINISHED")) {
                    assertThat(there).map(RunRecord::status).contains(RunStatus.FINISHED);
                }
                assertLostNoMoreThanASecond(store, run, printed);
            }
            assertThat(starts).isNotEmpty();
            List<Outcome> outcomes = Executor.of(store)
                    .execute(plan, ORDERS, new Quiet(), new Cancellation())
                    .outcomes();
            assertThat(outcomes).hasSize(2 * SEEDS);
            for (Outcome outcome : outcomes) {
                String label = outcome.run().label();
                assertThat(outcome.record().status()).isEqualTo(RunStatus.FINISHED);
                assertThat(values(store, outcome.record())).isEqualTo(expected.get(label));
                assertThat(outcome.reused()).isEqualTo(printed.contains("ends " + label + " FINISHED"));
                if (starts.containsKey(label)) {
                    assertThat(outcome.record().start()).isEqualTo(starts.get(label));
                }
            }
        }
    }

    /**
     * Counts from the last word of the process, up to which it was at work however busy the machine is; half a second is for its
     * threads to come in turn.
     */
    private static void assertLostNoMoreThanASecond(RunStore store, PlannedRun run, List<String> printed) {
        List<String[]> updates = printed.stream()
                .map(line -> line.split(" ", -1))
                .filter(words -> words.length == 4 && words[0].equals("at"))
                .toList();
        long last = updates.stream()
                .mapToLong(words -> Long.parseLong(words[3]))
                .max()
                .orElse(0);
        Optional<RunRecord> record = store.find(run.key());
        for (String[] words : updates) {
            if (words[1].equals(run.label())
                    && last - Long.parseLong(words[3]) > TimeUnit.MILLISECONDS.toNanos(1_500)) {
                assertThat(record)
                        .map(RunRecord::updates)
                        .get()
                        .satisfies(recorded -> assertThat(recorded).isGreaterThanOrEqualTo(Long.parseLong(words[2])));
            }
        }
    }

    @Test
    void losesNoMoreThanASecondOfPoints() throws Exception {
        // so slowly that it is time that has points written, not their number: ten seconds would make a thousand
        Process process = TrainingProcess.start(home, 1, 30_000, output);
        while (!Files.readString(output).contains(" 120 ")) {
            Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(5));
        }
        process.destroyForcibly();
        process.waitFor();
        try (RunStore store = RunStore.open(home, Clock.systemUTC())) {
            for (PlannedRun run : TrainingProcess.plan(1, 0).runs()) {
                assertLostNoMoreThanASecond(store, run, Files.readAllLines(output));
            }
        }
    }

    @Test
    void givesARunFreeAtOnceWhenItsProcessDies() throws Exception {
        Process process = TrainingProcess.start(home, 1, 10_000, output);
        while (Files.readAllLines(output).size() < 3) {
            Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(5));
        }
        PlannedRun run = TrainingProcess.plan(1, 0).runs().get(0);
        try (RunStore store = RunStore.open(home, Clock.systemUTC())) {
            assertThat(store.tryBegin(run, Set.of())).isEmpty();
            process.destroyForcibly();
            process.waitFor();
            assertThat(store.tryBegin(run, Set.of())).isPresent();
        }
    }

    @Test
    void trainsEachRunOnceInTwoProcesses() throws Exception {
        Path second = folder.resolve("second.txt");
        List<Process> processes =
                List.of(TrainingProcess.start(home, 3, 100, output), TrainingProcess.start(home, 3, 100, second));
        List<String> lines = new ArrayList<>();
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        lines.addAll(Files.readAllLines(output));
        lines.addAll(Files.readAllLines(second));

        Plan plan = TrainingProcess.plan(3, 0);
        Map<String, Map<String, Long>> expected = undisturbed(plan);
        try (RunStore store = RunStore.open(home, Clock.systemUTC())) {
            for (PlannedRun run : plan.runs()) {
                String label = run.label();
                assertThat(lines.stream().filter(line -> line.equals("begins " + label)))
                        .hasSize(1);
                assertThat(lines.stream().filter(line -> line.equals("ends " + label + " FINISHED")))
                        .hasSize(1);
                assertThat(lines.stream().filter(line -> line.equals("reuses " + label + " FINISHED")))
                        .hasSize(1);
                assertThat(values(store, store.find(run.key()).orElseThrow())).isEqualTo(expected.get(label));
            }
            assertThat(store.comparisons()).hasSize(1);
            assertThat(store.comparisons().get(0).members()).hasSize(6);
        }
    }
}
