package dev.ablate.engine.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.DatasetContract;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Task;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.launch.LauncherContract;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricContract;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.TrainerContract;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.RunListener;
import dev.ablate.engine.RunOptions;
import dev.ablate.engine.catalog.OptionDescription;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.Launching;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.worker.catalog.BoundLauncher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One small plugin of each kind keeps to its contract, and runs by a spec. */
@Timeout(60)
class KindsTest {

    private static final String SPEC = """
            version: 1
            name: toys
            dataset: { plugin: toys }
            trainer: { plugin: averaging, updates: 9 }
            variants: { averaging: {}, midpoint: { trainer: { plugin: midpoint } } }
            compare: { baseline: midpoint, primary: within_one, metrics: { mse: {} } }
            predict: [[1, red], [2, green]]
            """;

    @TempDir
    private Path home;

    private Ablate open() {
        return Ablate.builder()
                .home(home)
                .plugins(TestPlugins.loader(KindsPlugin.class))
                .build();
    }

    @Nested
    class ADatasetWithCategories extends DatasetContract<NoOptions> {
        @Override
        protected DatasetSource<NoOptions> source() {
            return new Toys();
        }

        @Override
        protected NoOptions options() {
            return new NoOptions();
        }
    }

    @Nested
    class ATrainerThatKeepsAndReports extends TrainerContract<AveragingOptions> {
        @Override
        protected Trainer<AveragingOptions> trainer() {
            return new Averaging();
        }

        @Override
        protected AveragingOptions options(long updates) {
            return new AveragingOptions(updates);
        }
    }

    @Nested
    class AOneShotTrainer extends TrainerContract<NoOptions> {
        @Override
        protected Trainer<NoOptions> trainer() {
            return new Midpoint();
        }

        @Override
        protected NoOptions options(long updates) {
            return new NoOptions();
        }
    }

    @Nested
    class AMetric extends MetricContract {
        @Override
        protected Metric metric() {
            return new WithinOne();
        }

        @Override
        protected Map<Task, Double> trivialValues() {
            return Map.of(Task.REGRESSION, 0.5);
        }
    }

    @Nested
    class ALauncherOfAProcess extends LauncherContract<ProcessesOptions> {
        @Override
        protected Launcher<ProcessesOptions> launcher() {
            return new Processes();
        }

        @Override
        protected ProcessesOptions options() {
            return new ProcessesOptions(1);
        }
    }

    @Nested
    class ALauncherOfProcesses extends LauncherContract<ProcessesOptions> {
        @Override
        protected Launcher<ProcessesOptions> launcher() {
            return new Processes();
        }

        @Override
        protected ProcessesOptions options() {
            return new ProcessesOptions(2);
        }

        /** One of a process whose number was given to another: to this one. */
        @Override
        protected String unknownJob() {
            return "processes-1.log " + ProcessHandle.current().pid() + "@1";
        }
    }

    @Test
    void areListedAndDescribed() {
        try (Ablate ablate = open()) {
            assertThat(Stream.of(Kind.values())
                            .flatMap(kind -> ablate.catalog().entries(kind).stream())
                            .map(PluginEntry::name))
                    .contains("toys", "averaging", "midpoint", "within_one", "processes");
            assertThat(ablate.catalog()
                            .describe(Kind.LAUNCHER, "processes")
                            .orElseThrow()
                            .options())
                    .extracting(OptionDescription::toString)
                    .containsExactly(
                            "at_once: whole number, at least 1, default 1; into how many processes a job is divided");
        }
    }

    @Test
    void planALauncherByASpec() {
        String spec = SPEC + "run: { launcher: { plugin: processes, at_once: 2 } }\n";
        try (Ablate ablate = open()) {
            Launching launching =
                    ablate.experiment("toys", spec).plan().launching().orElseThrow();
            assertThat(launching.launcher().options()).isEqualTo(new ProcessesOptions(2));
            assertThat(launching.folder()).isEqualTo(Path.of(".ablate-jobs").toAbsolutePath());
            assertThat(ablate.experiment("toys", spec).launcher("local").plan().launching())
                    .isEmpty();
            assertThat(ablate.experiment("toys", SPEC)
                            .launcher("processes")
                            .repeats(2)
                            .set("run.jobs", "3")
                            .plan()
                            .launching())
                    .map(Launching::launcher)
                    .map(BoundLauncher::options)
                    .contains(new ProcessesOptions(1));
        }
    }

    @Test
    void runByASpec() {
        try (Ablate ablate = open()) {
            ExperimentResult result = ablate.experiment("toys", SPEC).run(RunOptions.defaults());
            assertThat(result.outcomes())
                    .extracting(outcome -> outcome.record().status())
                    .containsExactly(RunStatus.FINISHED, RunStatus.FINISHED);
            PlannedRun planned = result.outcomes().get(0).run();
            assertThat(planned.features()).containsExactly("size", "colour=green", "colour=blue");
            RunRecord averaging = result.outcomes().get(0).record();
            // six targets of 3, 5, 4, 4, 6 and 8, and the first three again
            assertThat(averaging.parameters()).containsEntry("mean", 42.0 / 9);
            assertThat(averaging.metrics()).containsEntry("rows_met", 6.0).containsEntry("train/within_one", 3.0 / 6);
            assertThat(new String(
                            ablate.store().files(averaging.id()).getOrDefault("kept/notes.txt", new byte[0]),
                            StandardCharsets.UTF_8))
                    .isEqualTo("met 9 targets\n");
            assertThat(home.resolve("checkpoints").resolve(averaging.key().hex()))
                    .doesNotExist();
            RunRecord midpoint = result.outcomes().get(1).record();
            assertThat(midpoint.parameters()).containsEntry("mean", 5.5);
            assertThat(midpoint.updates()).isEqualTo(1);
            assertThat(result.comparison().predictions().values())
                    .allSatisfy(answers -> assertThat(answers).hasSize(2));
        }
    }

    /** What was met before is not met again: the model is that of one go. */
    @Test
    void goOnFromACheckpointAfterAnInterruption() {
        Cancellation cancellation = new Cancellation();
        RunListener ending = new RunListener() {
            @Override
            public void at(PlannedRun run, long update, long total) {
                if (update == 4) {
                    cancellation.cancel();
                }
            }
        };
        String spec = SPEC.replace("updates: 9", "updates: 20");
        try (Ablate ablate = open()) {
            ExperimentResult ended = ablate.experiment("toys", spec)
                    .run(RunOptions.defaults().jobs(1).listener(ending).cancellation(cancellation));
            assertThat(ended.cancelled()).isTrue();
            RunRecord killed = ended.outcomes().get(0).record();
            assertThat(killed.status()).isEqualTo(RunStatus.KILLED);
            Path state = home.resolve("checkpoints").resolve(killed.key().hex()).resolve("state");
            assertThat(Files.exists(state)).isTrue();
            ExperimentResult whole = ablate.experiment("toys", spec).run(RunOptions.defaults());
            RunRecord resumed = whole.outcomes().get(0).record();
            assertThat(resumed.id()).isEqualTo(killed.id());
            assertThat(resumed.parameters()).containsEntry("mean", (3 * 30.0 + 3 + 5) / 20);
            assertThat(ablate.store().series(resumed.id(), "train/mse")).hasSize(21);
            assertThat(state).doesNotExist();
        }
    }

    /** The points before the checkpoint went with the attempt that is given up. */
    @Test
    void beginAgainWhereTheyAreForcedAfterAnInterruption() {
        Cancellation cancellation = new Cancellation();
        RunListener ending = new RunListener() {
            @Override
            public void at(PlannedRun run, long update, long total) {
                if (update == 4) {
                    cancellation.cancel();
                }
            }
        };
        try (Ablate ablate = open()) {
            ExperimentResult ended = ablate.experiment("toys", SPEC)
                    .run(RunOptions.defaults().jobs(1).listener(ending).cancellation(cancellation));
            RunRecord killed = ended.outcomes().get(0).record();
            assertThat(killed.status()).isEqualTo(RunStatus.KILLED);
            ExperimentResult forced =
                    ablate.experiment("toys", SPEC).run(RunOptions.defaults().force(true));
            RunRecord second = forced.outcomes().get(0).record();
            assertThat(second.id()).isNotEqualTo(killed.id());
            assertThat(ablate.store().series(second.id(), "train/mse")).hasSize(10);
        }
    }
}
