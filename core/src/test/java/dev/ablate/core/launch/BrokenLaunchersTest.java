package dev.ablate.core.launch;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ablate.core.option.NoOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link LauncherContract} catches each way to break it, and lets launchers pass that keep to it. */
class BrokenLaunchersTest {

    /** What is wrong with a launcher. */
    enum Fault {
        NONE,
        ENDS_TOO_EARLY,
        LOSES_A_TASK,
        SPLITS_AT_BLANKS,
        RUNS_TWICE,
        RUNS_AGAIN_WHAT_FAILED,
        WAITS_FOR_RESULTS,
        HAS_A_BLANK_ID,
        HAS_AN_ID_OF_TWO_LINES,
        IS_NEVER_RUNNING,
        KNOWS_ITS_OWN_ALONE,
        LOGS_NOTHING,
        LOGS_NO_ERRORS,
        NEVER_CANCELS,
        CANCELS_IN_NAME_ALONE,
        GOES_ON_WITH_THE_REST,
        CANCELS_ONCE,
        CANCELS_ALL,
        CANCELS_NOTHING_THAT_HAS_ENDED,
        TAKES_RESULTS_AWAY,
        TAKES_THE_LOG_AWAY,
        WAITS_FOR_THE_UNKNOWN,
        FAILS_FOR_THE_UNKNOWN,
        CANCELS_NO_UNKNOWN
    }

    private interface Check {
        void of(LauncherContract<NoOptions> contract) throws IOException;
    }

    private static Arguments way(Fault fault, Check check, String message) {
        return Arguments.of(fault, check, message);
    }

    static Stream<Arguments> ways() {
        Check results = LauncherContract::hasEveryResultWholeWhenItSaysThatAJobHasEnded;
        Check running = LauncherContract::saysThatAJobRunsUntilItsTasksHaveEnded;
        Check log = LauncherContract::keepsWhatAJobPrinted;
        Check failing = LauncherContract::endsWhereTasksFailAndKeepsTheReason;
        Check cancelling = LauncherContract::cancelsWhatRunsAndWhatHasNotBegun;
        Check ended = LauncherContract::changesNothingWhereItCancelsAJobThatHasEnded;
        Check unknown = LauncherContract::saysOfAJobThatNobodyKnowsThatItHasEnded;
        return Stream.of(
                way(Fault.ENDS_TOO_EARLY, results, "there is no result of task one"),
                way(Fault.ENDS_TOO_EARLY, running, "said to have ended, and its task runs"),
                way(Fault.LOSES_A_TASK, results, "there is no result of task three"),
                way(Fault.SPLITS_AT_BLANKS, results, "there is no result of task one"),
                way(Fault.RUNS_TWICE, LauncherContract::runsEachTaskOnce, "how often task one was run"),
                way(Fault.RUNS_AGAIN_WHAT_FAILED, failing, "how often task one was run"),
                way(Fault.WAITS_FOR_RESULTS, failing, "the job does not end"),
                way(Fault.LOGS_NO_ERRORS, failing, "the log lacks 'cannot train one.task'"),
                way(Fault.HAS_A_BLANK_ID, LauncherContract::givesAnIdOnOneLine, "the id is blank"),
                way(Fault.HAS_AN_ID_OF_TWO_LINES, LauncherContract::givesAnIdOnOneLine, "the id has several lines"),
                way(Fault.IS_NEVER_RUNNING, running, "the job is not running"),
                way(Fault.KNOWS_ITS_OWN_ALONE, LauncherContract::findsAJobByItsIdAlone, "said to have ended"),
                way(Fault.LOGS_NOTHING, log, "the log lacks 'begins one.task'"),
                way(Fault.LOGS_NO_ERRORS, log, "the log lacks 'has trained one.task'"),
                way(Fault.NEVER_CANCELS, cancelling, "the job does not end"),
                way(Fault.CANCELS_IN_NAME_ALONE, cancelling, "the program of task one runs"),
                way(Fault.GOES_ON_WITH_THE_REST, cancelling, "of task two"),
                way(Fault.CANCELS_ONCE, cancelling, "cancelled again"),
                way(Fault.CANCELS_ALL, LauncherContract::cancelsNoOtherJob, "there is no result of task other"),
                way(Fault.CANCELS_NOTHING_THAT_HAS_ENDED, ended, "cancelled after its end"),
                way(Fault.TAKES_RESULTS_AWAY, ended, "there is no result of task one"),
                way(Fault.TAKES_THE_LOG_AWAY, ended, "the log"),
                way(Fault.WAITS_FOR_THE_UNKNOWN, unknown, "expected: <ENDED>"),
                way(Fault.FAILS_FOR_THE_UNKNOWN, unknown, "a job that nobody knows"),
                way(Fault.CANCELS_NO_UNKNOWN, unknown, "a job that nobody knows is cancelled"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void isCaught(Fault fault, Check check, String message) {
        AssertionError found = assertThrows(AssertionError.class, () -> check.of(new Contract(fault)));
        assertTrue(String.valueOf(found.getMessage()).contains(message), found.getMessage());
    }

    /** One that keeps to all of it. */
    @Nested
    class ASoundLauncher extends Contract {
        ASoundLauncher() {
            super(Fault.NONE);
        }
    }

    private static class Contract extends LauncherContract<NoOptions> {

        private final World world;

        Contract(Fault fault) {
            this.world = new World(fault);
        }

        @Override
        protected Launcher<NoOptions> launcher() {
            return new Threads(world);
        }

        @Override
        protected NoOptions options() {
            return new NoOptions();
        }

        /** What will never come is waited for no longer than it takes to be sure. */
        @Override
        protected Duration patience() {
            return world.hopeless ? Duration.ZERO : super.patience();
        }
    }

    /** Where jobs are, whoever asks for them. */
    private static final class World {

        private final Map<String, Job> jobs = new ConcurrentHashMap<>();
        private final AtomicLong numbers = new AtomicLong();
        private final Fault fault;

        /** Whether what is waited for cannot come any more. */
        private volatile boolean hopeless;

        World(Fault fault) {
            this.fault = fault;
        }
    }

    /** Commands one after the other, and what they print. */
    private static final class Job implements Runnable {

        private final World world;
        private final List<List<String>> commands;
        private final List<TaskFile> tasks;
        private final Path log;
        private final CountDownLatch ended = new CountDownLatch(1);
        private @Nullable Process process;
        private boolean cancelled;
        private boolean cancelledBefore;

        Job(World world, List<List<String>> commands, List<TaskFile> tasks, Path log) {
            this.world = world;
            this.commands = commands;
            this.tasks = tasks;
            this.log = log;
        }

        @Override
        public void run() {
            try {
                for (List<String> command : commands) {
                    if (fails(command) && world.fault == Fault.RUNS_AGAIN_WHAT_FAILED) {
                        fails(command);
                    }
                }
            } catch (IOException e) {
                // it cannot be begun: its results are missing, unless its folder is gone and nobody looks for them
            } finally {
                world.hopeless |= world.fault == Fault.WAITS_FOR_RESULTS;
                ended.countDown();
            }
        }

        /** The program, unless it was cancelled before. */
        private synchronized Optional<Process> begin(List<String> command) throws IOException {
            if (cancelled && world.fault != Fault.GOES_ON_WITH_THE_REST) {
                return Optional.empty();
            }
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            if (world.fault == Fault.LOGS_NO_ERRORS) {
                builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            } else {
                builder.redirectErrorStream(true);
            }
            process = builder.start();
            return Optional.of(process);
        }

        /** Waits for the program; whether it ended with another exit code than 0. */
        private boolean fails(List<String> command) throws IOException {
            return begin(command)
                    .map(begun -> begun.onExit().join().exitValue() != 0)
                    .orElse(false);
        }

        JobState state() {
            if (world.fault == Fault.ENDS_TOO_EARLY) {
                return JobState.ENDED;
            }
            if (world.fault == Fault.WAITS_FOR_RESULTS) {
                return tasks.stream().allMatch(task -> Files.exists(task.result())) ? JobState.ENDED : JobState.RUNNING;
            }
            boolean inName = world.fault == Fault.CANCELS_IN_NAME_ALONE || world.fault == Fault.GOES_ON_WITH_THE_REST;
            if (ended.getCount() == 0 || (inName && isCancelled())) {
                return JobState.ENDED;
            }
            if (world.fault == Fault.IS_NEVER_RUNNING) {
                world.hopeless = true;
                return JobState.QUEUED;
            }
            return isBegun() ? JobState.RUNNING : JobState.QUEUED;
        }

        private synchronized boolean isBegun() {
            return process != null;
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }

        synchronized void cancel() throws IOException {
            switch (world.fault) {
                case NEVER_CANCELS -> {
                    world.hopeless = true;
                    return;
                }
                case GOES_ON_WITH_THE_REST -> {
                    if (cancelledBefore) {
                        return;
                    }
                }
                case CANCELS_ONCE -> {
                    if (cancelledBefore) {
                        throw new IOException("there is no process to end");
                    }
                }
                case CANCELS_NOTHING_THAT_HAS_ENDED -> {
                    if (ended.getCount() == 0) {
                        throw new IOException("it has ended");
                    }
                }
                case TAKES_RESULTS_AWAY -> {
                    for (TaskFile task : tasks) {
                        Files.deleteIfExists(task.result());
                    }
                }
                case TAKES_THE_LOG_AWAY -> Files.writeString(log, "cancelled");
                default -> {}
            }
            cancelledBefore = true;
            cancelled = true;
            if (process != null && world.fault != Fault.CANCELS_IN_NAME_ALONE) {
                process.destroy();
            }
            if (process != null && world.fault == Fault.GOES_ON_WITH_THE_REST) {
                process.onExit().join();
            }
        }

        void join() {
            try {
                ended.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A thread a job, which starts its program. */
    private static final class Threads implements Launcher<NoOptions> {

        private final List<String> own = new ArrayList<>();
        private final World world;

        Threads(World world) {
            this.world = world;
        }

        @Override
        public String submit(NoOptions options, List<TaskFile> tasks, Exchange exchange) throws IOException {
            // what goes on with the rest does so before anything else
            boolean apart = world.fault == Fault.GOES_ON_WITH_THE_REST;
            if (apart) {
                world.jobs.values().forEach(Job::join);
            }
            List<List<String>> commands = new ArrayList<>();
            for (List<TaskFile> part : apart ? tasks.stream().map(List::of).toList() : List.of(tasks)) {
                commands.addAll(commands(part, exchange));
            }
            String name = "job " + world.numbers.incrementAndGet();
            String id = switch (world.fault) {
                case HAS_A_BLANK_ID -> " ";
                case HAS_AN_ID_OF_TWO_LINES -> name + "\n";
                default -> name;
            };
            Path log = Files.createFile(exchange.folder().resolve(name + ".log"));
            Job job = new Job(world, commands, tasks, log);
            world.jobs.put(id, job);
            own.add(id);
            new Thread(job, name).start();
            return id;
        }

        private List<List<String>> commands(List<TaskFile> tasks, Exchange exchange) {
            List<String> command = exchange.command(tasks);
            return switch (world.fault) {
                case LOSES_A_TASK -> List.of(exchange.command(tasks.subList(0, tasks.size() - 1)));
                case SPLITS_AT_BLANKS ->
                    List.of(List.of(String.join(" ", command).split(" ", -1)));
                case RUNS_TWICE -> List.of(command, command);
                default -> List.of(command);
            };
        }

        private Optional<Job> job(String id) {
            boolean hidden = world.fault == Fault.KNOWS_ITS_OWN_ALONE && !own.contains(id);
            return Optional.ofNullable(hidden ? null : world.jobs.get(id));
        }

        @Override
        public JobState poll(NoOptions options, String id, Exchange exchange) {
            if (job(id).isEmpty() && world.fault == Fault.FAILS_FOR_THE_UNKNOWN) {
                throw new IllegalArgumentException("no number: " + id);
            }
            return job(id).map(Job::state)
                    .orElse(world.fault == Fault.WAITS_FOR_THE_UNKNOWN ? JobState.QUEUED : JobState.ENDED);
        }

        @Override
        public void cancel(NoOptions options, String id, Exchange exchange) throws IOException {
            if (job(id).isEmpty() && world.fault == Fault.CANCELS_NO_UNKNOWN) {
                throw new IOException("no job " + id);
            }
            if (world.fault == Fault.CANCELS_ALL) {
                for (Job job : world.jobs.values()) {
                    job.cancel();
                }
            } else if (job(id).isPresent()) {
                job(id).get().cancel();
            }
        }

        @Override
        public String log(NoOptions options, String id, Exchange exchange) throws IOException {
            return job(id).isEmpty() || world.fault == Fault.LOGS_NOTHING ? "" : Files.readString(job(id).get().log);
        }
    }
}
