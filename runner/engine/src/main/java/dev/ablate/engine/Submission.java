package dev.ablate.engine;

import dev.ablate.core.launch.Launcher;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.launch.SubmissionNote;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.train.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An experiment whose runs were left with a launcher: see {@link RunOptions#detached}. */
public final class Submission {

    private final Ablate ablate;
    private final SubmissionNote note;

    private Submission(Ablate ablate, SubmissionNote note) {
        this.ablate = ablate;
        this.note = note;
    }

    /** All of a home, by name. */
    static List<Submission> all(Ablate ablate) {
        return SubmissionNote.all(ablate.home().folder()).stream()
                .map(note -> new Submission(ablate, note))
                .toList();
    }

    /**
     * Notes that runs of an experiment are left with a launcher; a spec without a file nobody could read again.
     *
     * @return whether that is new
     */
    static boolean note(Ablate ablate, Experiment experiment, Plan plan, Set<String> only) {
        Path file = experiment.source().file().toAbsolutePath().normalize();
        boolean there = all(ablate).stream().anyMatch(other -> other.note.key().equals(plan.key()));
        if (there || !Files.exists(file)) {
            return false;
        }
        Overrides typed = experiment.overrides();
        new SubmissionNote(
                        plan.key(),
                        plan.name(),
                        experiment.source().named(),
                        file.toString(),
                        Path.of("").toAbsolutePath().toString(),
                        typed.sets(),
                        typed.seeds().orElse(null),
                        typed.repeats().orElse(null),
                        typed.launcher().orElse(null),
                        only.stream().sorted().toList())
                .store(ablate.home().folder());
        return true;
    }

    /** Notes that nothing of a plan is left with a launcher. */
    static void forget(Ablate ablate, Plan plan) {
        SubmissionNote.remove(ablate.home().folder(), plan.key());
    }

    /** The experiment's name. */
    public String name() {
        return note.name();
    }

    /** The spec, as a person named it. */
    public String spec() {
        return note.spec();
    }

    /** The command that asks for the answer. */
    public String command() {
        return experiment().invocation().command();
    }

    /**
     * Stores what has finished, submits again what was lost, and delivers nothing.
     *
     * @throws SpecException if the spec has changed for the worse
     * @throws RequestException if it asks for other runs than were submitted, or its launcher does not answer
     */
    public ExperimentResult collect() {
        Experiment experiment = same();
        return experiment.run(
                RunOptions.defaults().only(note.only()).detached(true).tracking(new Undelivered()));
    }

    /**
     * Ends its jobs: what has finished is stored, the rest is killed.
     *
     * @return the jobs that were ended, each in a few words
     * @throws SpecException if the spec has changed for the worse
     * @throws RequestException if it asks for other runs than were submitted
     */
    public List<String> cancel() {
        Experiment experiment = same();
        Plan plan = experiment.plan();
        Execution done = ablate.executor()
                .cancel(plan, RunOptions.defaults().only(note.only()).of(plan));
        forget(ablate, plan);
        return done.jobs();
    }

    private Experiment experiment() {
        return new Experiment(
                ablate,
                SpecSource.file(note.spec(), Path.of(note.file())),
                new Overrides(
                        note.sets(),
                        Optional.ofNullable(note.seeds()),
                        Optional.ofNullable(note.repeats()),
                        Optional.ofNullable(note.launcher())),
                List.of());
    }

    /** The experiment, if it is still the one whose runs were submitted. */
    private Experiment same() {
        Experiment experiment = experiment();
        if (!Files.exists(Path.of(note.file()))) {
            throw new RequestException("its spec " + note.file() + " is gone; put it back to collect its runs");
        }
        Plan plan = experiment.plan();
        if (!plan.key().equals(note.key())) {
            throw new RequestException("its spec asks for other runs than were submitted from " + note.working()
                    + "; change it back, or go there, to collect them");
        }
        if (plan.launching().isEmpty()) {
            throw new RequestException("its spec names no launcher any more but " + Launcher.LOCAL
                    + "; change it back to collect its runs");
        }
        return experiment;
    }

    /** Keeps the name under which the comparison is delivered by others. */
    private final class Undelivered implements RunTracking {

        @Override
        public String experiment(Plan plan) {
            return ablate.store()
                    .comparison(plan.key())
                    .map(ComparisonRecord::experiment)
                    .orElseGet(() -> NONE.experiment(plan));
        }

        @Override
        public Session begin(Plan plan) {
            return NONE.begin(plan);
        }
    }
}
