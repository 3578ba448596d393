package dev.ablate.core.launch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What every launcher keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * final class GridTest extends LauncherContract<GridOptions> {
 *     @Override
 *     protected Launcher<GridOptions> launcher() {
 *         return new Grid();
 *     }
 *
 *     @Override
 *     protected GridOptions options() {
 *         return new GridOptions("test");
 *     }
 * }
 * }</pre>
 *
 * <p>It hands over tasks of a small Java program, which is started with the Java and the class path of this process.
 *
 * @param <O> the options record
 */
public abstract class LauncherContract<O extends Record> {

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    /** A new launcher. */
    protected abstract Launcher<O> launcher();

    /** Options by which tasks are run here. */
    protected abstract O options();

    /** A new folder that this process and those of the launcher can read and write. */
    protected Path newFolder() throws IOException {
        return Files.createTempDirectory("launcher");
    }

    /** How long what must come may take, at most. */
    protected Duration patience() {
        return Duration.ofMinutes(5);
    }

    /** An id that this launcher never gave. */
    protected String unknownJob() {
        return "no-such-job";
    }

    private LauncherTrial<O> trial(Launcher<O> launcher) throws IOException {
        return new LauncherTrial<>(newFolder(), launcher, options(), this::patience);
    }

    private LauncherTrial<O> trial() throws IOException {
        return trial(launcher());
    }

    @Test
    final void hasEveryResultWholeWhenItSaysThatAJobHasEnded() throws IOException {
        try (LauncherTrial<O> trial = trial()) {
            TaskFile[] tasks = {
                trial.task("one", TrialProgram.TRAIN),
                trial.task("two", TrialProgram.TRAIN),
                trial.task("three", TrialProgram.TRAIN)
            };
            trial.awaitEnded(trial.submit(tasks));
            for (TaskFile task : tasks) {
                trial.assertWhole(task);
            }
        }
    }

    @Test
    final void runsEachTaskOnce() throws IOException {
        try (LauncherTrial<O> trial = trial()) {
            TaskFile one = trial.task("one", TrialProgram.TRAIN);
            TaskFile two = trial.task("two", TrialProgram.TRAIN);
            trial.awaitEnded(trial.submit(one, two));
            trial.assertRan(1, one);
            trial.assertRan(1, two);
        }
    }

    @Test
    final void givesAnIdOnOneLine() throws IOException {
        try (LauncherTrial<O> trial = trial()) {
            String job = trial.submit(trial.task("one", TrialProgram.TRAIN));
            assertFalse(job.isBlank(), "the id is blank");
            assertFalse(LINE_BREAK.matcher(job).find(), "the id has several lines: " + job);
            trial.awaitEnded(job);
        }
    }

    @Test
    final void saysThatAJobRunsUntilItsTasksHaveEnded() throws IOException {
        Launcher<O> launcher = launcher();
        try (LauncherTrial<O> trial = trial(launcher)) {
            TaskFile task = trial.task("one", TrialProgram.WAIT);
            String job = trial.submit(task);
            trial.awaitBegun(task);
            trial.awaitRunning(launcher, job);
            trial.go();
            trial.awaitEnded(job);
            trial.assertWhole(task);
        }
    }

    @Test
    final void keepsWhatAJobPrinted() throws IOException {
        Launcher<O> launcher = launcher();
        try (LauncherTrial<O> trial = trial(launcher)) {
            TaskFile one = trial.task("one", TrialProgram.TRAIN);
            TaskFile two = trial.task("two", TrialProgram.TRAIN);
            String job = trial.submit(one, two);
            trial.awaitEnded(job);
            assertLogged("begins one.task", launcher.log(options(), job, trial));
            assertLogged("begins two.task", launcher.log(options(), job, trial));
            assertLogged("has trained one.task", launcher.log(options(), job, trial));
        }
    }

    @Test
    final void endsWhereTasksFailAndKeepsTheReason() throws IOException {
        Launcher<O> launcher = launcher();
        try (LauncherTrial<O> trial = trial(launcher)) {
            TaskFile task = trial.task("one", TrialProgram.FAIL);
            String job = trial.submit(task);
            trial.awaitEnded(job);
            trial.assertNoResult(task);
            trial.assertRan(1, task);
            assertLogged("cannot train one.task", launcher.log(options(), job, trial));
        }
    }

    @Test
    final void findsAJobByItsIdAlone() throws IOException {
        try (LauncherTrial<O> trial = trial()) {
            TaskFile task = trial.task("one", TrialProgram.WAIT);
            String job = trial.submit(task);
            trial.awaitBegun(task);
            trial.awaitRunning(launcher(), job);
            launcher().cancel(options(), job, trial);
            trial.awaitEnded(launcher(), job);
            trial.assertNotWaiting(task);
            assertLogged("begins one.task", launcher().log(options(), job, trial));
        }
    }

    @Test
    final void cancelsWhatRunsAndWhatHasNotBegun() throws IOException {
        Launcher<O> launcher = launcher();
        try (LauncherTrial<O> trial = trial(launcher)) {
            TaskFile one = trial.task("one", TrialProgram.WAIT);
            TaskFile two = trial.task("two", TrialProgram.WAIT);
            String job = trial.submit(one, two);
            trial.awaitBegun(one, two);
            launcher.cancel(options(), job, trial);
            assertDoesNotThrow(() -> launcher.cancel(options(), job, trial), "cancelled again");
            trial.awaitEnded(job);
            trial.assertNotWaiting(one);
            trial.assertNotWaiting(two);
            // what runs all the same would end now, and before a job that begins later
            trial.go();
            TaskFile later = trial.task("later", TrialProgram.TRAIN);
            trial.awaitEnded(trial.submit(later));
            trial.assertWhole(later);
            trial.assertNoResult(one);
            trial.assertNoResult(two);
        }
    }

    @Test
    final void cancelsNoOtherJob() throws IOException {
        Launcher<O> launcher = launcher();
        try (LauncherTrial<O> trial = trial(launcher)) {
            TaskFile one = trial.task("one", TrialProgram.WAIT);
            TaskFile other = trial.task("other", TrialProgram.WAIT);
            String job = trial.submit(one);
            trial.awaitBegun(one);
            String goesOn = trial.submit(other);
            launcher.cancel(options(), job, trial);
            trial.awaitEnded(job);
            trial.go();
            trial.awaitEnded(goesOn);
            trial.assertWhole(other);
            trial.assertNoResult(one);
        }
    }

    @Test
    final void changesNothingWhereItCancelsAJobThatHasEnded() throws IOException {
        Launcher<O> launcher = launcher();
        try (LauncherTrial<O> trial = trial(launcher)) {
            TaskFile task = trial.task("one", TrialProgram.TRAIN);
            String job = trial.submit(task);
            trial.awaitEnded(job);
            String log = launcher.log(options(), job, trial);
            assertDoesNotThrow(() -> launcher.cancel(options(), job, trial), "cancelled after its end");
            assertEquals(JobState.ENDED, launcher.poll(options(), job, trial));
            trial.assertWhole(task);
            assertEquals(log, launcher.log(options(), job, trial), "the log");
        }
    }

    @Test
    final void saysOfAJobThatNobodyKnowsThatItHasEnded() throws IOException {
        Launcher<O> launcher = launcher();
        try (LauncherTrial<O> trial = trial(launcher)) {
            assertEquals(
                    JobState.ENDED,
                    assertDoesNotThrow(() -> launcher.poll(options(), unknownJob(), trial), "a job that nobody knows"));
            assertDoesNotThrow(
                    () -> launcher.cancel(options(), unknownJob(), trial), "a job that nobody knows is cancelled");
        }
    }

    private static void assertLogged(String line, String log) {
        assertTrue(log.contains(line), () -> "the log lacks '" + line + "': " + log);
    }
}
