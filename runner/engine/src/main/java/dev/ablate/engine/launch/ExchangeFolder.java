package dev.ablate.engine.launch;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.launch.TaskFunction;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.RunSpecFile;
import dev.ablate.worker.spec.KeyText;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.task.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with tasks and copies of their input files, each content once; their results and checkpoints appear in it.
 *
 * <p>{@code KEY.task}, {@code KEY.result}, {@code inputs/HASH/NAME}, {@code checkpoints/KEY/}, {@code jobs/*.json},
 * {@code logs/}: several experiments
 * may share it, since equal keys are equal runs.
 */
final class ExchangeFolder implements Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeFolder.class);

    private static final String JOBS = "jobs";
    private static final String LOGS = "logs";
    private static final String IGNORED_BY_GIT = ".gitignore";
    private static final int NAME_DIGITS = 12;

    private final Path folder;
    private final TaskCommand command;
    private final InputCopies inputs;

    /** What tasks hold that were written just now, by their files: a launcher asks for all of them. */
    private final Map<Path, RunSpec> written = new HashMap<>();

    /** Results that nobody needs, and that may come all the same. */
    private final List<Path> late = new ArrayList<>();

    ExchangeFolder(Path folder, TaskCommand command) {
        this.folder = folder.toAbsolutePath().normalize();
        this.command = command;
        this.inputs = new InputCopies(this.folder);
    }

    /**
     * The part of a home in the folder that a spec names. What lies in that is no part of a code's state, which it says to git.
     */
    static ExchangeFolder of(Path shared, Path home, TaskCommand command) {
        String name = KeyText.hash(home.toString()).substring(0, NAME_DIGITS);
        return new ExchangeFolder(shared.toAbsolutePath().normalize().resolve(name), command);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Path logs() {
        Path logs = folder.resolve(LOGS);
        try {
            Home.create(logs);
            return logs;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + logs + " cannot be made: " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> command(List<TaskFile> tasks) {
        return command.of(tasks);
    }

    @Override
    public List<Path> files(TaskFile task) throws IOException {
        return TaskFiles.of(folder, read(task));
    }

    @Override
    public TaskFunction function(List<TaskFile> tasks) throws IOException {
        List<RunSpec> specs = new ArrayList<>();
        for (TaskFile task : tasks) {
            specs.add(read(task));
        }
        return command.function(specs);
    }

    private RunSpec read(TaskFile task) throws IOException {
        RunSpec known = written.get(task.file());
        if (known != null) {
            return known;
        }
        try {
            return RunSpecFile.read(task.file());
        } catch (ExchangeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Where the task of a run is, and its result will be. */
    TaskFile task(PlannedRun run) {
        Path file = folder.resolve(run.key().hex() + RunSpecFile.ENDING);
        return new TaskFile(run.label(), file, RunSpecFile.result(file));
    }

    /** Where attempts at a run leave what the next one goes on from. */
    Path checkpoint(RunKey key) {
        return new Checkpoint(folder, key).folder();
    }

    /** Where what such attempts have measured is. */
    Path points(RunKey key) {
        return new Checkpoint(folder, key).points();
    }

    /** The folder of what was handed to launchers. */
    Path jobs() {
        return folder.resolve(JOBS);
    }

    /**
     * Writes the task of a run, with its input files; a result that is there is removed.
     *
     * @throws IllegalArgumentException if the run cannot be trained elsewhere
     * @throws UncheckedIOException if a file cannot be read or written
     */
    TaskFile write(PlannedRun run, Provenance provenance) {
        TaskFile task = task(run);
        try {
            Home.create(folder);
            if (Files.notExists(folder.resolve(IGNORED_BY_GIT))) {
                Files.writeString(folder.resolve(IGNORED_BY_GIT), "*\n");
            }
            Files.deleteIfExists(task.result());
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
        RunSpec spec = RunSpecs.of(run, provenance, inputs::take);
        RunSpecFile.write(spec, task.file());
        written.put(task.file(), spec);
        return task;
    }

    /** The tasks that were written have been handed over. */
    void forgetWritten() {
        written.clear();
    }

    /** Moves a result that is refused out of the way, and says where it is. */
    Path setAside(PlannedRun run) {
        Path result = task(run).result();
        Path aside = result.resolveSibling(result.getFileName() + ".refused");
        try {
            return Files.move(result, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(result + " cannot be moved out of the way: " + e, e);
        }
    }

    /** Copies what attempts at a run have left, from one folder to another, if there is anything: instead of what is there. */
    static void copyCheckpoint(Path from, Path to) {
        if (!Files.isDirectory(from)) {
            return;
        }
        try {
            remove(to);
            Home.create(to.toAbsolutePath().normalize());
            InputCopies.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint " + from + " cannot be copied to " + to + ": " + e, e);
        }
    }

    /**
     * Removes what attempts at a run have left, so that the next one begins again.
     *
     * @throws UncheckedIOException if that is not possible
     */
    void removeCheckpoint(PlannedRun run) {
        Path left = checkpoint(run.key());
        try {
            remove(left);
            Files.deleteIfExists(points(run.key()));
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint " + left + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /** Removes what belongs to a run that has ended. */
    void clear(PlannedRun run) {
        TaskFile task = task(run);
        try {
            Files.deleteIfExists(task.file());
            Files.deleteIfExists(task.result());
            if (Files.isDirectory(folder.resolve(Checkpoint.FOLDER))) {
                remove(checkpoint(run.key()));
                Files.deleteIfExists(points(run.key()));
            }
        } catch (IOException e) {
            // what is left is removed with the next run
            LOG.debug("{} cannot be cleared of run {}", folder, run.label(), e);
        }
    }

    /** Forgets the jobs of which no task is left. */
    void clearJobs() {
        try {
            for (Job.Stored stored : Job.all(jobs())) {
                if (!needs(stored.job())) {
                    Files.deleteIfExists(stored.file());
                }
            }
        } catch (IOException e) {
            // what is left is removed with the next run
            LOG.debug("{} cannot be cleared of jobs", folder, e);
        }
    }

    /** Takes the task of a run away that is not needed any more. */
    void drop(PlannedRun run) {
        late.add(task(run).result());
        clear(run);
    }

    /** Whether there is a task that a job has. */
    boolean needs(Job job) {
        return job.keys().stream().anyMatch(key -> Files.exists(folder.resolve(key + RunSpecFile.ENDING)));
    }

    /** Removes what tasks share, if there is no task; until then input files are those of the plan, whatever becomes of theirs. */
    void clear() {
        clearJobs();
        try {
            if (!Files.isDirectory(folder) || hasTasks()) {
                return;
            }
            remove(folder.resolve(InputCopies.FOLDER));
            remove(folder.resolve(LOGS));
            for (Path result : late) {
                Files.deleteIfExists(result);
            }
            removeIfEmpty(folder.resolve(Checkpoint.FOLDER));
            removeIfEmpty(jobs());
            try (Stream<Path> left = Files.list(folder)) {
                if (left.allMatch(file -> file.endsWith(IGNORED_BY_GIT))) {
                    Files.deleteIfExists(folder.resolve(IGNORED_BY_GIT));
                }
            }
            removeIfEmpty(folder);
            removeIfEmpty(folder.getParent());
        } catch (IOException e) {
            // what is left is removed with the next run
            LOG.debug("{} cannot be cleared", folder, e);
        }
    }

    private boolean hasTasks() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(RunSpecFile.ENDING));
        }
    }

    private static void remove(Path inner) throws IOException {
        if (Files.isDirectory(inner)) {
            MoreFiles.deleteRecursively(inner, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static void removeIfEmpty(@Nullable Path inner) throws IOException {
        if (inner != null && Files.isDirectory(inner)) {
            try (Stream<Path> files = Files.list(inner)) {
                if (files.findAny().isPresent()) {
                    return;
                }
            }
            Files.deleteIfExists(inner);
        }
    }
}
