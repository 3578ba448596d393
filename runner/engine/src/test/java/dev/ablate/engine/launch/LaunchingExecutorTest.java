package dev.ablate.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.plugin.PluginModule;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.RunListener;
import dev.ablate.engine.RunOptions;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.kinds.KindsPlugin;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.task.TaskProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other processes train is what this one would have trained, and nothing is lost between them. */
@Timeout(300)
class LaunchingExecutorTest {

    private static final String TOYS = """
            version: 1
            name: toys
            dataset: { plugin: toys }
            data: { split: { test: 0.4, per: experiment } }
            trainer: { plugin: averaging, updates: 9 }
            variants: { averaging: {}, longer: { trainer: { updates: 12 } }, midpoint: { trainer: { plugin: midpoint } } }
            seeds: [1, 2]
            compare: { baseline: midpoint, primary: test/within_one }
            """;

    @TempDir
    private Path temporary;

    private Path folder;
    private String spec;

    @BeforeEach
    void nameAFolder() {
        folder = temporary.resolve("exchange");
        spec = TOYS + "run: { launcher: { plugin: processes, at_once: 2, folder: " + folder + " } }\n";
    }

    private static List<String> program(String main) {
        return program(main, List.of(KindsPlugin.class));
    }

    private static List<String> program(String main, List<Class<? extends PluginModule>> modules) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                TestPlugins.services(modules) + File.pathSeparator + System.getProperty("java.class.path"),
                main);
    }

    /** The part of a home. */
    private Path part(String home) {
        return ExchangeFolder.of(folder, temporary.resolve(home), TestPlugins.noCommand())
                .folder();
    }

    private Ablate open(String home) {
        return open(home, program(TaskProgram.class.getName()));
    }

    private Ablate open(String home, List<String> program) {
        return Ablate.builder()
                .home(temporary.resolve(home))
                .plugins(TestPlugins.loader(KindsPlugin.class))
                .taskProgram(program)
                .build();
    }

    private static List<List<Object>> described(Ablate ablate, ExperimentResult result) {
        return result.outcomes().stream()
                .map(outcome -> SecondProcessTest.described(ablate.store(), outcome.record()))
                .toList();
    }

    private static List<String> labels(ExperimentResult result) {
        return result.outcomes().stream().map(outcome -> outcome.run().label()).toList();
    }

    @Test
    void giveWhatThePoolGives() {
        try (Ablate elsewhere = open("elsewhere");
                Ablate here = open("here")) {
            ExperimentResult pooled =
                    here.experiment("toys", spec).launcher("local").run(RunOptions.defaults());
            ExperimentResult launched = elsewhere.experiment("toys", spec).run(RunOptions.defaults());
            assertThat(launched.pending()).isEmpty();
            // one seed of the variants that are deterministic
            assertThat(labels(launched)).isEqualTo(labels(pooled)).hasSizeLessThan(6);
            assertThat(described(elsewhere, launched)).isEqualTo(described(here, pooled));
            assertThat(launched.sentence()).isEqualTo(pooled.sentence());
            assertThat(launched.outcomes()).noneMatch(Outcome::reused);
            assertThat(folder).doesNotExist();
            ExperimentResult again = elsewhere.experiment("toys", spec).run(RunOptions.defaults());
            assertThat(again.outcomes()).hasSameSizeAs(launched.outcomes()).allMatch(Outcome::reused);
            ExperimentResult forced = elsewhere
                    .experiment("toys", spec)
                    .run(RunOptions.defaults().force(true).only(List.of("midpoint")));
            assertThat(forced.outcomes()).hasSize(1).noneMatch(Outcome::reused);
            assertThat(described(elsewhere, forced).get(0)).isIn(described(here, pooled));
        }
    }

    @Test
    void goOnWhenTheProcessThatSubmittedThemHasEnded() throws Exception {
        try (Ablate first = open("home")) {
            ExperimentResult submitted =
                    first.experiment("toys", spec).run(RunOptions.defaults().detached(true));
            assertThat(submitted.outcomes()).isEmpty();
            assertThat(submitted.pending()).extracting(PlannedRun::label).contains("midpoint/seed=1");
            assertThat(first.store()
                            .find(submitted.pending().get(0).key())
                            .orElseThrow()
                            .status())
                    .isEqualTo(RunStatus.QUEUED);
            // typed twice
            first.experiment("toys", spec).run(RunOptions.defaults().detached(true));
            try (Stream<Path> jobs = Files.list(part("home").resolve("jobs"))) {
                assertThat(jobs).hasSize(1);
            }
        }
        try (Ablate second = open("home");
                Ablate here = open("here")) {
            ExperimentResult whole = second.experiment("toys", spec).run(RunOptions.defaults());
            assertThat(whole.pending()).isEmpty();
            ExperimentResult pooled =
                    here.experiment("toys", spec).launcher("local").run(RunOptions.defaults());
            assertThat(described(second, whole)).isEqualTo(described(here, pooled));
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void areSubmittedOnceByTwoExecutionsAtATime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Ablate ablate = open("home")) {
            List<Future<ExperimentResult>> both = new ArrayList<>();
            for (int k = 0; k < 2; k++) {
                both.add(threads.submit(() -> ablate.experiment("toys", spec).run(RunOptions.defaults())));
            }
            ExperimentResult one = both.get(0).get();
            ExperimentResult other = both.get(1).get();
            assertThat(one.outcomes()).extracting(Outcome::record).isEqualTo(records(other));
            // whichever has submitted a run, the other has not
            for (int k = 0; k < one.outcomes().size(); k++) {
                assertThat(one.outcomes().get(k).reused())
                        .isNotEqualTo(other.outcomes().get(k).reused());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<RunRecord> records(ExperimentResult result) {
        return result.outcomes().stream().map(Outcome::record).toList();
    }

    @Test
    void areSomewhereWhileTheyAreWaitedFor() {
        List<String> said = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void waits(Supplier<String> jobs) {
                said.add(jobs.get());
            }
        };
        try (Ablate ablate = open("home")) {
            ablate.experiment("toys", spec).run(RunOptions.defaults().listener(listener));
        }
        assertThat(said).isNotEmpty().anyMatch(words -> words.startsWith("processes "));
    }

    @Test
    void haveFailedOnceThreeJobsGaveNoResult() {
        try (Ablate broken = open("home", program("no.such.Program"))) {
            ExperimentResult result = broken.experiment("toys", spec).run(RunOptions.defaults());
            assertThat(result.outcomes()).isNotEmpty().allSatisfy(outcome -> {
                assertThat(outcome.record().status()).isEqualTo(RunStatus.FAILED);
                assertThat(outcome.record().error().orElseThrow())
                        .startsWith("has no result after 3 jobs of launcher 'processes' of ")
                        .contains("; the last one printed: Error: Could not find or load main class no.such.Program");
            });
            assertThat(folder).doesNotExist();
        }
        try (Ablate mended = open("home")) {
            ExperimentResult result =
                    mended.experiment("toys", spec).run(RunOptions.defaults().retryFailed(true));
            assertThat(result.outcomes())
                    .extracting(outcome -> outcome.record().status())
                    .containsOnly(RunStatus.FINISHED);
        }
    }

    /** Writes the first half of what a result would be. */
    public static final class Truncating {
        private Truncating() {}

        public static void main(String[] arguments) throws IOException {
            for (String argument : arguments) {
                if (argument.endsWith(".task")) {
                    byte[] whole = Files.readAllBytes(Path.of(argument));
                    Files.write(Path.of(argument.replace(".task", ".result")), Arrays.copyOf(whole, whole.length / 2));
                }
            }
        }
    }

    @Test
    void refuseResultsThatAreCutOff() {
        try (Ablate broken = open("home", program(Truncating.class.getName()))) {
            ExperimentResult result = broken.experiment("toys", spec).run(RunOptions.defaults());
            assertThat(result.outcomes())
                    .isNotEmpty()
                    .allSatisfy(outcome -> assertThat(outcome.record().error().orElseThrow())
                            .startsWith("has no result after 3 jobs of launcher 'processes' of ")
                            .contains(".result is cut off or damaged: its checksum does not fit (it is ")
                            .endsWith(".result.refused now)"));
        }
    }

    @Test
    void areEndedWithTheirExecutionAndGoOnFromTheirCheckpoint() throws Exception {
        String slow = spec.replace("updates: 9", "updates: 100000000").replace("seeds: [1, 2]", "seeds: [1]");
        Cancellation cancellation = new Cancellation();
        CountDownLatch begun = new CountDownLatch(1);
        RunListener listener = new RunListener() {
            @Override
            public void begins(PlannedRun run) {
                begun.countDown();
            }
        };
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Ablate ablate = open("home")) {
            PlannedRun run = ablate.experiment("toys", slow).plan().runs().get(0);
            Future<ExperimentResult> running = thread.submit(() -> ablate.experiment("toys", slow)
                    .run(RunOptions.defaults().listener(listener).cancellation(cancellation)));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            Path state =
                    part("home").resolve("checkpoints").resolve(run.key().hex()).resolve("state");
            while (!running.isDone() && !Files.exists(state)) {
                Thread.sleep(5);
            }
            cancellation.cancel();
            ExperimentResult ended = running.get();
            assertThat(ended.cancelled()).isTrue();
            assertThat(ended.outcomes()).anySatisfy(outcome -> {
                assertThat(outcome.run().label()).isEqualTo(run.label());
                assertThat(outcome.record().status()).isEqualTo(RunStatus.KILLED);
            });
            assertThat(folder).doesNotExist();
            Path kept = ablate.store().checkpoint(run.key()).resolve("state");
            long reached = Long.parseLong(Files.readString(kept).split(" ", -1)[0]);
            assertThat(reached).isPositive();
            assertThat(SecondProcess.naming(folder)).isEmpty();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void areNotTakenFromAnotherLauncher() throws Exception {
        try (Ablate ablate = open("home")) {
            PlannedRun run = ablate.experiment("toys", spec).plan().runs().get(0);
            Path job = new Job("grid", "job 7", List.of(run.key().hex()))
                    .store(part("home").resolve("jobs"))
                    .file();
            assertThatThrownBy(() -> ablate.experiment("toys", spec).run(RunOptions.defaults()))
                    .isInstanceOf(RequestException.class)
                    .hasMessage(
                            "run averaging/seed=1 is submitted to launcher 'grid' (job job 7), and not to 'processes':"
                                    + " choose that launcher, or remove " + job + " if that job is gone");
        }
    }

    /** Two results of one run that differ are a finding: it is reported, and the other one is at hand. */
    @Test
    void reportASecondResultThatDiffers() throws Exception {
        try (Ablate ablate = open("home")) {
            ExperimentResult first = ablate.experiment("toys", spec).run(RunOptions.defaults());
            PlannedRun run = first.outcomes().get(0).run();
            Files.createDirectories(part("home"));
            ExchangeFolder exchange = new ExchangeFolder(part("home"), TestPlugins.noCommand());
            ResultSink sink = new ResultSink(new SteadyClock(), () -> folder);
            ResultFile.write(
                    sink.result(
                            run.key().hex(),
                            RunSpecs.leaves(run),
                            RunEnding.finished(true, 9, false, Map.of("mean", 1.0)),
                            Map.of(),
                            ""),
                    exchange.task(run).result());
            assertThatThrownBy(() -> ablate.experiment("toys", spec).run(RunOptions.defaults()))
                    .isInstanceOf(RequestException.class)
                    .hasMessageContaining("two results of run " + run.label() + " are not equal")
                    .hasMessageEndingWith(
                            "; the other result is " + exchange.task(run).result() + ".refused");
            assertThat(ablate.experiment("toys", spec)
                            .run(RunOptions.defaults())
                            .outcomes())
                    .allMatch(Outcome::reused);
        }
    }

    /** The curve of a run that was ended and goes on is that of one in one go. */
    @Test
    void haveAllTheirPointsAfterAnInterruption() throws Exception {
        String toys = spec.replace("updates: 9", "updates: 3000000").replace("seeds: [1, 2]", "seeds: [1]");
        Cancellation cancellation = new Cancellation();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Ablate ablate = open("home")) {
            PlannedRun run = ablate.experiment("toys", toys).plan().runs().get(0);
            Future<ExperimentResult> running = thread.submit(() -> ablate.experiment("toys", toys)
                    .run(RunOptions.defaults().only(List.of("averaging")).cancellation(cancellation)));
            Path points = part("home").resolve("checkpoints").resolve(run.key().hex() + ".points");
            while (!running.isDone() && !isMeasured(points)) {
                Thread.sleep(5);
            }
            cancellation.cancel();
            RunRecord killed = running.get().outcomes().get(0).record();
            assertThat(killed.status()).isEqualTo(RunStatus.KILLED);
            List<Point> before = ablate.store().points(killed.id(), 0, Integer.MAX_VALUE);
            assertThat(before).isNotEmpty();
            assertThat(before.get(0).step()).isZero();
            // what is left is trained elsewhere once more, and what follows has what went before
            ablate.experiment("toys", toys)
                    .run(RunOptions.defaults().only(List.of("averaging")).detached(true));
            assertThat(ResultFile.read(points).series().stream()
                            .filter(series -> series.name().equals("train/mse"))
                            .findFirst()
                            .orElseThrow()
                            .steps()[0])
                    .isZero();
            ablate.experiment("toys", toys)
                    .run(RunOptions.defaults().only(List.of("averaging")).cancellation(ended()));
        } finally {
            thread.shutdownNow();
        }
    }

    /** On a busy machine the first step may be half recorded when it is written down. */
    private static boolean isMeasured(Path points) {
        return Files.exists(points)
                && ResultFile.read(points).series().stream()
                        .anyMatch(series -> series.name().equals("train/mse"));
    }

    private static Cancellation ended() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        return cancellation;
    }

    @Test
    void leaveTheTasksOfOtherHomesAlone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Ablate one = open("one");
                Ablate other = open("other")) {
            Future<ExperimentResult> first =
                    threads.submit(() -> one.experiment("toys", spec).run(RunOptions.defaults()));
            Future<ExperimentResult> second =
                    threads.submit(() -> other.experiment("toys", spec).run(RunOptions.defaults()));
            assertThat(described(one, first.get())).isEqualTo(described(other, second.get()));
            assertThat(first.get().outcomes())
                    .extracting(outcome -> outcome.record().status())
                    .containsOnly(RunStatus.FINISHED);
            assertThat(folder).doesNotExist();
        } finally {
            threads.shutdownNow();
        }
    }

    /** A file that is edited while the first seeds are trained is for the next experiment. */
    @Test
    void haveTheFilesOfTheirPlanInEveryWave() throws Exception {
        Path rows = Files.writeString(temporary.resolve("rows.csv"), "1,2,3\n4,5,6\n7,8,1\n2,2,2\n5,1,3\n");
        Path sheet = Files.writeString(temporary.resolve("sheet.yaml"), """
                version: 1
                name: sheet
                dataset: { plugin: sheet, file: rows.csv, columns: [x, z] }
                data: { split: { test: 0.4 } }
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 1 }
                seeds: [1, 2, 3]
                compare: { primary: test/mse }
                run: { launcher: { plugin: processes, folder: exchange } }
                """);
        try (Ablate ablate = Ablate.builder()
                .home(temporary.resolve("home"))
                .plugins(TestPlugins.loader(List.of(TestPlugins.class, KindsPlugin.class)))
                .taskProgram(program(TaskProgram.class.getName(), List.of(TestPlugins.class, KindsPlugin.class)))
                .build()) {
            RunListener listener = new RunListener() {
                @Override
                public void ends(Outcome outcome) {
                    try {
                        Files.writeString(rows, "9,9,9\n1,1,1\n");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
            ExperimentResult result =
                    ablate.experiment(sheet).run(RunOptions.defaults().listener(listener));
            assertThat(result.outcomes())
                    .hasSize(3)
                    .allSatisfy(outcome -> assertThat(outcome.record().status())
                            .as(outcome.record().error().orElse(""))
                            .isEqualTo(RunStatus.FINISHED));
        }
    }
}
