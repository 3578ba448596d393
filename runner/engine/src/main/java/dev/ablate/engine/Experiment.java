package dev.ablate.engine;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.launch.Launcher;
import dev.ablate.engine.caution.PartCautions;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.Planned;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.report.Invocation;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.text.PlanTable;
import dev.ablate.engine.train.Explained;
import dev.ablate.worker.train.Explainer;
import dev.ablate.worker.train.TrainerCheck;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One experiment: a spec, and what is changed in it. It does not change itself; several threads may use it at once.
 *
 * <p>The spec is read when it is first needed: {@link #plan}, {@link #run} and the like then throw one {@link SpecException} with all
 * of its problems, each with its place. {@link #problems} gives them without throwing.
 */
public final class Experiment {

    private final Ablate ablate;
    private final SpecSource source;
    private final Overrides overrides;
    private final List<String> more;
    private @Nullable Planned planned;

    Experiment(Ablate ablate, SpecSource source, Overrides overrides, List<String> more) {
        this.ablate = ablate;
        this.source = source;
        this.overrides = overrides;
        this.more = List.copyOf(more);
    }

    // ---- what is changed

    /** With a leaf set for all variants: {@code set("trainer.epochs", "1000")}. */
    public Experiment set(String path, String value) {
        List<String> sets = Stream.concat(overrides.sets().stream(), Stream.of(path + "=" + value))
                .toList();
        return with(new Overrides(sets, overrides.seeds(), overrides.repeats(), overrides.launcher()));
    }

    /** With these seeds. */
    public Experiment seeds(long... seeds) {
        String list = LongStream.of(seeds).mapToObj(Long::toString).collect(Collectors.joining(","));
        return with(new Overrides(overrides.sets(), Optional.of(list), Optional.empty(), overrides.launcher()));
    }

    /** With so many seeds, from the spec's first one on. */
    public Experiment repeats(int count) {
        return with(new Overrides(
                overrides.sets(), Optional.empty(), Optional.of(Integer.toString(count)), overrides.launcher()));
    }

    /** Trained by a launcher, with the spec's options if it names that one, else with its defaults; {@code local}: in this process. */
    public Experiment launcher(String name) {
        return with(overrides.launcher(name));
    }

    /** With all of this on top of the spec, instead of what was set before. */
    public Experiment with(Overrides all) {
        return new Experiment(ablate, source, all, more);
    }

    /** With more words, which are not secrets, in the command that hints give for running it again. */
    public synchronized Experiment typedWith(List<String> words) {
        Experiment typed = new Experiment(ablate, source, overrides, words);
        // they change nothing that is planned
        typed.planned = planned;
        return typed;
    }

    // ---- what it is

    /** Everything that is wrong with it, and what is worth a warning; trains nothing. */
    public List<Problem> problems() {
        try {
            return warnings();
        } catch (SpecException e) {
            return e.problems();
        }
    }

    /**
     * What is worth a warning before it is run.
     *
     * @throws SpecException with everything that is wrong
     */
    public List<Problem> warnings() {
        Plan plan = plan();
        return Stream.concat(
                        plan.warnings().stream(),
                        PartCautions.besideRemarks(plan.runs()).stream()
                                .map(caution -> new Problem(
                                        Problem.Severity.WARNING,
                                        Optional.empty(),
                                        caution.what(),
                                        caution.wayOut(),
                                        List.of())))
                .toList();
    }

    /**
     * Its runs and its question; opens its data, and trains nothing.
     *
     * @throws SpecException with everything that is wrong
     */
    public Plan plan() {
        return planned().plan();
    }

    /**
     * Its data, each once, whatever is wrong with what is to be learned from them.
     *
     * @throws SpecException with everything that is wrong with them
     */
    public List<Dataset> datasets() {
        return ablate.planning().datasets(source, overrides);
    }

    /** The command that asks for the same runs again. */
    public Invocation invocation() {
        return Invocation.of(ablate.program(), source.named(), overrides, List.of());
    }

    /**
     * A table of its runs, and what would become of each.
     *
     * @throws SpecException with everything that is wrong
     */
    public String planTable(RunOptions options, Style style) {
        return PlanTable.render(plan(), options.of(plan()), ablate.store(), style);
    }

    /**
     * The spec with all layers merged and all defaults, as YAML.
     *
     * @param origins with each leaf's origin behind it
     * @throws SpecException with everything that is wrong
     */
    public String render(boolean origins) {
        return ablate.planning().render(source, overrides, origins);
    }

    // ---- what comes of it

    /**
     * Trains what the store does not have, compares, and stores what there is to say.
     *
     * @throws SpecException with everything that is wrong; nothing was run then
     * @throws dev.ablate.engine.problem.RequestException if the options do not fit the experiment
     * @throws dev.ablate.engine.runs.StoreException if the store does not work
     */
    public ExperimentResult run(RunOptions options) {
        return new Conductor(ablate, this, options).conduct();
    }

    /**
     * Compares the runs that have ended; trains nothing.
     *
     * @throws SpecException with everything that is wrong
     */
    public ExperimentResult compare() {
        return stored("compare");
    }

    /** The same, with remarks that name commands for reports. */
    public ExperimentResult report() {
        return stored("report");
    }

    private ExperimentResult stored(String verb) {
        // who would train it does not matter here, and need not be there
        Planned again = launcher(Launcher.LOCAL).plannedOrStored();
        StoredOutcomes there = StoredOutcomes.of(again.plan(), ablate.store());
        Report report = Report.ofStored(
                ModelAnswers.compare(again.plan(), there.known(), ablate.store()), invocation(), there.missing());
        StoredComparisons comparisons = ablate.comparisons();
        List<String> remarks = there.ended().isEmpty()
                ? comparisons.instead(verb, again.plan(), source.named(), overrides)
                : comparisons.withMoreSeeds(verb, again.plan(), source.named(), overrides);
        return new ExperimentResult(
                ablate,
                this,
                () -> report,
                there.ended(),
                there.pending(),
                List.of(),
                remarks,
                false,
                Optional.empty());
    }

    /**
     * Works one update by hand: trains up to that update, and keeps nothing.
     *
     * @param variant whose training, or whose cell's; empty: the first that can be explained
     * @param update which update, from 1
     * @param row which row of the training part, from 1; empty: the first that the update learns from
     * @throws SpecException with everything that is wrong
     * @throws dev.ablate.engine.problem.RequestException if it cannot be explained
     */
    public Explained explain(Optional<String> variant, int update, OptionalInt row) {
        PlannedRun run = ChosenRuns.explainable(plan(), variant, ablate.catalog());
        try {
            return Explained.of(run, update, row);
        } catch (Explainer.UnexplainedException e) {
            throw new RequestException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Holds each of its trainers to what is asked of it, by training some times; keeps nothing.
     *
     * @return what was found, by variant or cell
     * @throws SpecException with everything that is wrong
     */
    public Map<String, List<TrainerCheck.Line>> check() {
        Plan plan = repeats(2).plan();
        Map<String, List<TrainerCheck.Line>> found = new LinkedHashMap<>();
        for (PlannedRun run : plan.runs()) {
            if (!found.containsKey(run.group())) {
                PlannedRun other = plan.runs().stream()
                        .filter(each -> each.group().equals(run.group()) && each.seed() != run.seed())
                        .findFirst()
                        .orElse(run);
                found.put(run.group(), TrainerCheck.of(run.context(), other.context()));
            }
        }
        return found;
    }

    /**
     * Its trained models; trains nothing.
     *
     * @param variants whose, or whose cells'; empty: all
     * @throws SpecException with everything that is wrong
     * @throws dev.ablate.engine.problem.RequestException if there is none
     */
    public StoredModels.Found models(Collection<String> variants) {
        return ablate.models().of(this, variants);
    }

    // ---- for what does it

    /** The command with all that was typed. */
    Invocation typed() {
        return Invocation.of(ablate.program(), source.named(), overrides, more);
    }

    SpecSource source() {
        return source;
    }

    Overrides overrides() {
        return overrides;
    }

    synchronized Planned planned() {
        Planned made = planned;
        if (made == null) {
            made = ablate.planning().planned(source, overrides);
            planned = made;
        }
        return made;
    }

    /** The plan, or why there is none, with what is stored under its name. */
    Planned plannedOrStored() {
        try {
            return planned();
        } catch (SpecException e) {
            throw ablate.comparisons().noting(e, ablate.planning().name(source));
        }
    }
}
