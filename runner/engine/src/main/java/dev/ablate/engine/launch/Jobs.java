package dev.ablate.engine.launch;

import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.worker.catalog.BoundLauncher;
import dev.ablate.worker.catalog.PluginException;
import dev.ablate.worker.spec.RunKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of a launcher in an exchange's folder, whoever has submitted them. */
final class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** So many lines of what a job printed are worth keeping. */
    private static final int LAST_LINES = 20;

    private final BoundLauncher launcher;
    private final ExchangeFolder folder;

    /** The files of those that have ended: nothing more comes of them. */
    private final Set<Path> ended = new HashSet<>();

    private List<Job.Stored> all = List.of();

    Jobs(BoundLauncher launcher, ExchangeFolder folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    ExchangeFolder folder() {
        return folder;
    }

    /** Looks at what there is, and asks how far each is that has not ended. */
    void refresh() {
        all = Job.all(folder.jobs());
        for (Job.Stored stored : all) {
            look(stored);
        }
    }

    /** Asks how far a job is; true if it has ended. */
    boolean look(Job.Stored stored) {
        if (isOurs(stored.job()) && !ended.contains(stored.file()) && poll(stored.job()) == JobState.ENDED) {
            ended.add(stored.file());
        }
        return ended.contains(stored.file());
    }

    private boolean isOurs(Job job) {
        return job.launcher().equals(launcher.plugin());
    }

    private JobState poll(Job job) {
        try {
            return launcher.poll(job.id(), folder);
        } catch (IOException e) {
            // it may say so at the next time
            LOG.debug("job {} of {} cannot be asked", job.id(), launcher.called(), e);
            return JobState.RUNNING;
        }
    }

    /** Whether a job that has not ended has a run. */
    boolean has(RunKey key) {
        return all.stream().anyMatch(stored -> isOf(stored, key) && !ended.contains(stored.file()));
    }

    /** Jobs that have not ended and have one of some runs. */
    List<Job.Stored> of(Set<RunKey> keys) {
        return all.stream()
                .filter(stored -> isOurs(stored.job()) && !ended.contains(stored.file()))
                .filter(stored -> keys.stream().anyMatch(key -> isOf(stored, key)))
                .toList();
    }

    /** What the launcher says of a job, with its name: {@code slurm 4711, 3 array tasks run}. */
    String words(Job.Stored stored) {
        String id = stored.job().id();
        try {
            return launcher.plugin() + " " + launcher.describe(id, folder);
        } catch (IOException | PluginException e) {
            LOG.debug("job {} of {} cannot be asked", id, launcher.called(), e);
            return launcher.plugin() + " " + id;
        }
    }

    /** Jobs that have not ended and of which nothing is needed any more. */
    List<Job.Stored> needless() {
        return all.stream()
                .filter(stored -> isOurs(stored.job()) && !ended.contains(stored.file()))
                .filter(stored -> !folder.needs(stored.job()))
                .toList();
    }

    /** The last job that has ended and had a run. */
    Optional<Job> lastEnded(RunKey key) {
        return all.stream()
                .filter(stored -> isOf(stored, key) && ended.contains(stored.file()))
                .reduce((one, later) -> later)
                .map(Job.Stored::job);
    }

    /** How many jobs had a run, but for those that are forgotten. */
    int attempts(RunKey key) {
        return (int) all.stream().filter(stored -> isOf(stored, key)).count();
    }

    /** Forgets that jobs which have ended had a run, for whoever looks at them later, too. */
    void forget(RunKey key) {
        all = all.stream()
                .map(stored -> isOf(stored, key) && ended.contains(stored.file()) ? stored.without(key.hex()) : stored)
                .toList();
    }

    private static boolean isOf(Job.Stored stored, RunKey key) {
        return stored.job().keys().contains(key.hex());
    }

    /**
     * Refuses a run that another launcher has.
     *
     * @throws RequestException if it has
     */
    void requireNoOther(RunKey key, String label) {
        for (Job.Stored stored : all) {
            if (isOf(stored, key) && !isOurs(stored.job())) {
                throw new RequestException("run " + label + " is submitted to launcher '"
                        + stored.job().launcher() + "' (job " + stored.job().id() + "), and not to '"
                        + launcher.plugin()
                        + "': choose that launcher, or remove " + stored.file() + " if that job is gone");
            }
        }
    }

    /**
     * Hands tasks over.
     *
     * @throws RequestException if that is not possible
     */
    Job.Stored submit(List<RunKey> keys, List<TaskFile> tasks) {
        String id;
        try {
            id = launcher.submit(tasks, folder);
        } catch (IOException | PluginException e) {
            throw new RequestException(
                    launcher.called() + " does not take " + tasks.size() + " tasks: " + e.getMessage());
        }
        Job.Stored stored;
        try {
            stored = new Job(
                            launcher.plugin(),
                            id,
                            keys.stream().map(RunKey::hex).toList())
                    .store(folder.jobs());
        } catch (UncheckedIOException e) {
            // nobody would ever ask for it
            cancel(id);
            throw new RequestException(e.getMessage() + ", and is cancelled");
        }
        List<Job.Stored> more = new ArrayList<>(all);
        more.add(stored);
        all = List.copyOf(more);
        return stored;
    }

    /** Ends a job, if that is possible. */
    void cancel(Job.Stored stored) {
        cancel(stored.job().id());
    }

    private void cancel(String id) {
        try {
            launcher.cancel(id, folder);
        } catch (IOException | PluginException e) {
            LOG.debug("job {} of {} cannot be cancelled", id, launcher.called(), e);
        }
    }

    boolean hasEnded(Job.Stored stored) {
        return ended.contains(stored.file());
    }

    /** What a job printed of a run, else what it printed last, on one line; empty if that is not known. */
    String lastWords(Job job, String label) {
        String log;
        try {
            log = launcher.log(job.id(), folder);
        } catch (IOException | PluginException e) {
            LOG.debug("the log of job {} of {} cannot be read", job.id(), launcher.called(), e);
            return "";
        }
        List<String> lines =
                log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        Optional<String> ofRun = lines.stream()
                .filter(line -> line.contains("run " + label + " "))
                .reduce((one, later) -> later);
        if (ofRun.isPresent()) {
            return ofRun.get();
        }
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    String called() {
        return launcher.called();
    }
}
