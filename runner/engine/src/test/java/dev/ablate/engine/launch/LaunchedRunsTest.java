package dev.ablate.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.Ablate;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.RunOptions;
import dev.ablate.engine.Submission;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.kinds.KindsPlugin;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.task.TaskProgram;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an execution by a launcher makes of what others have left. */
@Timeout(300)
class LaunchedRunsTest {

    private static final String TOYS = """
            version: 1
            name: toys
            dataset: { plugin: toys }
            trainer: { plugin: averaging, updates: 9 }
            """;

    @TempDir
    private Path temporary;

    private Path folder;

    /** The home's own part of it. */
    private Path part;

    private String spec;

    private Path part(Path shared) {
        return ExchangeFolder.of(shared, temporary.resolve("home"), TestPlugins.noCommand())
                .folder();
    }

    @BeforeEach
    void nameAFolder() {
        folder = temporary.resolve("exchange");
        part = part(folder);
        spec = TOYS + "run: { launcher: { plugin: processes, folder: " + folder + " } }\n";
    }

    private Ablate open(String program) {
        return Ablate.builder()
                .home(temporary.resolve("home"))
                .plugins(TestPlugins.loader(KindsPlugin.class))
                .taskProgram(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        TestPlugins.services(KindsPlugin.class)
                                + File.pathSeparator
                                + System.getProperty("java.class.path"),
                        program))
                .build();
    }

    private Ablate open() {
        return open(TaskProgram.class.getName());
    }

    private ExperimentResult run(Ablate ablate, RunOptions options) {
        return ablate.experiment("toys", spec).run(options);
    }

    private static PlannedRun only(ExperimentResult result) {
        return result.outcomes().get(0).run();
    }

    @Test
    void beginAgainWhereTheyAreForced() throws Exception {
        try (Ablate ablate = open()) {
            ExperimentResult first = run(ablate, RunOptions.defaults());
            PlannedRun run = only(first);
            List<Object> described = SecondProcessTest.described(
                    ablate.store(), first.outcomes().get(0).record());
            // what an attempt has left that was ended, here and there
            for (Path checkpoint : List.of(
                    ablate.store().checkpoint(run.key()),
                    part.resolve("checkpoints").resolve(run.key().hex()))) {
                Files.createDirectories(checkpoint);
                Files.writeString(checkpoint.resolve("state"), "5 0");
            }
            ExperimentResult forced = run(ablate, RunOptions.defaults().force(true));
            assertThat(forced.outcomes()).hasSize(1).noneMatch(Outcome::reused);
            assertThat(SecondProcessTest.described(
                            ablate.store(), forced.outcomes().get(0).record()))
                    .isEqualTo(described);
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void leaveNoCheckpointWhenTheyHaveFinished() throws Exception {
        try (Ablate ablate = open()) {
            PlannedRun run = ablate.experiment("toys", spec).plan().runs().get(0);
            Path checkpoint = ablate.store().checkpoint(run.key());
            assertThat(ablate.store().begin(run, false).kill(0).status()).isEqualTo(RunStatus.KILLED);
            Files.createDirectories(checkpoint);
            Files.writeString(checkpoint.resolve("state"), "8 " + Double.doubleToRawLongBits(39));
            ExperimentResult whole = run(ablate, RunOptions.defaults());
            assertThat(whole.outcomes().get(0).record().parameters().get("mean"))
                    .isEqualTo((39
                                    + run.dataset()
                                            .examples()
                                            .target(8 % run.dataset().examples().size()))
                            / 9);
            assertThat(checkpoint).doesNotExist();
        }
    }

    private long jobs() throws Exception {
        try (Stream<Path> jobs = Files.list(part.resolve("jobs"))) {
            return jobs.count();
        }
    }

    @Test
    void haveFailedWhoeverHasSubmittedThemAndAreRetriedThen() throws Exception {
        try (Ablate broken = open("no.such.Program")) {
            run(broken, RunOptions.defaults().detached(true));
            while (jobs() < 3) {
                Thread.sleep(20);
                run(broken, RunOptions.defaults().detached(true));
            }
            ExperimentResult failed = run(broken, RunOptions.defaults().retryFailed(true));
            assertThat(failed.outcomes().get(0).record().status()).isEqualTo(RunStatus.FAILED);
            assertThat(folder).doesNotExist();
        }
        try (Ablate mended = open()) {
            ExperimentResult retried = run(mended, RunOptions.defaults().retryFailed(true));
            assertThat(retried.outcomes().get(0).record().status()).isEqualTo(RunStatus.FINISHED);
        }
    }

    @Test
    void areLeftToWhoeverTrainsThemWithoutAJob() throws Exception {
        try (Ablate ablate = open()) {
            PlannedRun run = ablate.experiment("toys", spec).plan().runs().get(0);
            RunLog here = ablate.store().begin(run, false);
            Path result = part.resolve(run.key() + ".result");
            Files.createDirectories(part);
            Files.writeString(result, "of a job that was submitted before");
            assertThat(run(ablate, RunOptions.defaults().detached(true)).outcomes())
                    .isEmpty();
            assertThat(result).exists();
            assertThat(part.resolve(run.key() + ".task")).doesNotExist();
            here.kill(0);
            assertThat(run(ablate, RunOptions.defaults())
                            .outcomes()
                            .get(0)
                            .record()
                            .status())
                    .isEqualTo(RunStatus.FINISHED);
        }
    }

    @Test
    void endAJobThatCannotBeNoted() throws Exception {
        spec = spec.replace("updates: 9", "updates: 100000000");
        Files.createDirectories(part);
        Files.writeString(part.resolve("jobs"), "in the place of a folder");
        try (Ablate ablate = open()) {
            assertThatThrownBy(() -> run(ablate, RunOptions.defaults()))
                    .isInstanceOf(RequestException.class)
                    .hasMessageContaining(" cannot be noted in " + part.resolve("jobs"))
                    .hasMessageEndingWith(", and is cancelled");
            for (ProcessHandle process : SecondProcess.naming(folder)) {
                process.onExit().get();
            }
        }
    }

    @Test
    void nameTheFolderThatCannotBeUsed() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "no folder");
        spec = spec.replace(folder.toString(), file.resolve("jobs").toString());
        try (Ablate ablate = open()) {
            assertThatThrownBy(() -> run(ablate, RunOptions.defaults()))
                    .isInstanceOf(RequestException.class)
                    .hasMessageStartingWith("the folder " + part(file.resolve("jobs")) + " cannot be used: ")
                    .hasMessageEndingWith("; run.launcher.folder names another folder");
        }
    }

    private static final String SEEDS = """
            version: 1
            name: toys
            dataset: { plugin: toys }
            data: { split: { test: 0.4 } }
            trainer: { plugin: averaging, updates: 9 }
            variants: { averaging: {}, longer: { trainer: { updates: 12 } } }
            seeds: [1, 2, 3]
            run: { launcher: { plugin: processes, folder: %s } }
            """;

    private ExperimentResult whenAllHaveEnded(Ablate ablate, Path file) throws Exception {
        ExperimentResult result =
                ablate.experiment(file).run(RunOptions.defaults().detached(true));
        while (!result.pending().isEmpty()) {
            Thread.sleep(50);
            result = ablate.experiment(file).run(RunOptions.defaults().detached(true));
        }
        return result;
    }

    @Test
    void areOneJobWhereNobodyWaits() throws Exception {
        Path file = Files.writeString(temporary.resolve("toys.yaml"), SEEDS.formatted(folder));
        try (Ablate ablate = open()) {
            ExperimentResult submitted =
                    ablate.experiment(file).run(RunOptions.defaults().detached(true));
            assertThat(submitted.pending()).hasSize(6);
            assertThat(submitted.jobs()).hasSize(1).first().asString().startsWith("processes ");
            assertThat(ablate.submissions()).extracting(Submission::name).containsExactly("toys");
            assertThat(whenAllHaveEnded(ablate, file).outcomes()).hasSize(6);
            assertThat(folder).doesNotExist();
            assertThat(ablate.submissions()).isEmpty();
        }
    }

    @Test
    void areGivenUpWhereTheSeedMakesNoDifference() throws Exception {
        Path file = Files.writeString(
                temporary.resolve("toys.yaml"),
                SEEDS.formatted(folder).replace("data: { split: { test: 0.4 } }\n", ""));
        try (Ablate ablate = open()) {
            assertThat(ablate.experiment(file)
                            .run(RunOptions.defaults().detached(true))
                            .pending())
                    .hasSize(6);
            assertThat(whenAllHaveEnded(ablate, file).outcomes())
                    .extracting(outcome -> outcome.run().label())
                    .containsExactly("averaging/seed=1", "longer/seed=1");
            assertThat(ablate.store().newest(10)).hasSize(2);
            assertThat(folder).doesNotExist();
            assertThat(ablate.submissions()).isEmpty();
        }
    }

    @Test
    void areCollectedAndEndedByWhoeverFindsThemSubmitted() throws Exception {
        Path file = Files.writeString(temporary.resolve("toys.yaml"), SEEDS.formatted(folder));
        try (Ablate ablate = open()) {
            ablate.experiment(file).run(RunOptions.defaults().detached(true));
        }
        try (Ablate ablate = open()) {
            Submission submission = ablate.submissions().get(0);
            ExperimentResult result = submission.collect();
            while (!result.pending().isEmpty()) {
                Thread.sleep(50);
                result = submission.collect();
            }
            assertThat(result.outcomes()).hasSize(6);
            assertThat(ablate.submissions()).isEmpty();
            Files.writeString(file, SEEDS.formatted(folder).replace("updates: 9", "updates: 100000000"));
            ablate.experiment(file).run(RunOptions.defaults().detached(true));
            assertThat(ablate.submissions().get(0).cancel()).hasSize(1);
            assertThat(ablate.submissions()).isEmpty();
            assertThat(folder).doesNotExist();
            assertThat(ablate.store().newest(10))
                    .filteredOn(run -> run.status() == RunStatus.KILLED)
                    .hasSize(1);
        }
    }

    @Test
    void areNotCollectedForASpecThatAsksForOthers() throws Exception {
        Path file = Files.writeString(temporary.resolve("toys.yaml"), SEEDS.formatted(folder));
        try (Ablate ablate = open()) {
            ablate.experiment(file).run(RunOptions.defaults().detached(true));
            Files.writeString(file, SEEDS.formatted(folder).replace("updates: 9", "updates: 8"));
            assertThatThrownBy(() -> ablate.submissions().get(0).collect())
                    .isInstanceOf(RequestException.class)
                    .hasMessageStartingWith("its spec asks for other runs than were submitted");
            Files.writeString(file, SEEDS.formatted(folder));
            ablate.submissions().get(0).cancel();
        }
    }
}
