package dev.ablate.engine.report;

import dev.ablate.core.data.Task;
import dev.ablate.engine.caution.PartCautions;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that a person learns from a comparison, computed once; the renderings only lay it out.
 *
 * @param findings the numbers
 * @param comparison the plan behind them and what came of it; empty where no plan made the runs
 * @param differences the leaves in which the variants differ
 * @param sentence the answer
 * @param insights what it means, a sentence each
 * @param caveats what to bear in mind, a sentence each
 * @param failures runs that failed, each with how to repeat it alone
 * @param tally {@code 3 run, 17 reused}
 * @param next what to do next, a sentence each; may be empty
 * @param confusions of three classes and more, which was taken for which, one a variant or cell; of others none, and not of those beyond
 *     the twelfth
 * @param remarks what is read before the answer, as it may change what is asked for; a sentence each, usually none
 */
public record Report(
        Findings findings,
        Optional<Comparison> comparison,
        List<Plan.Difference> differences,
        String sentence,
        List<String> insights,
        List<String> caveats,
        List<String> failures,
        String tally,
        List<String> next,
        List<Confusion> confusions,
        List<String> remarks) {

    /** Rows and variants beyond this are in the tables alone. */
    private static final int MOST = 4;

    /** More groups than this are asked for nothing but their runs' figures. */
    private static final int MOST_GROUPS = 12;

    /** Copies the lists. */
    public Report {
        differences = List.copyOf(differences);
        insights = List.copyOf(insights);
        caveats = List.copyOf(caveats);
        failures = List.copyOf(failures);
        next = List.copyOf(next);
        confusions = List.copyOf(confusions);
        remarks = List.copyOf(remarks);
    }

    /**
     * The report of a comparison whose runs were just run.
     *
     * @param asked how it was asked for
     */
    public static Report of(Comparison comparison, Invocation asked) {
        return of(comparison, asked, Set.of());
    }

    /**
     * The same where not all of it was asked for.
     *
     * @param only the variants that were; empty: all
     */
    public static Report of(Comparison comparison, Invocation asked, Set<String> only) {
        return of(
                comparison,
                asked,
                tally(comparison.outcomes()),
                next(comparison, asked),
                Headline.of(comparison.findings(), only));
    }

    /**
     * The report of a comparison of which nothing was run.
     *
     * @param asked how it would be run
     * @param missing how many of its runs have not ended
     */
    public static Report ofStored(Comparison comparison, Invocation asked, int missing) {
        List<Outcome> outcomes = comparison.outcomes();
        int there = with(outcomes, RunStatus.FINISHED).size()
                + with(outcomes, RunStatus.FAILED).size();
        int queued = with(outcomes, RunStatus.QUEUED).size();
        return of(
                comparison,
                asked,
                Numbers.count(there, "run") + " there"
                        + (missing == 0 ? "" : ", " + Numbers.count(missing) + " missing")
                        + (queued == 0 ? "" : ", " + Numbers.count(queued) + " of them queued"),
                missing == 0
                        ? List.of()
                        : List.of((there == 0 ? "To run it: " : "To run what is missing: ") + asked.command()),
                Sentence.of(comparison.findings()));
    }

    /**
     * The report of runs that no plan made.
     *
     * @param differences what is known of what distinguishes the variants
     * @param source where they come from: {@code in results.csv}
     */
    public static Report of(Findings findings, List<Plan.Difference> differences, String source) {
        int all = findings.observations().size();
        long finished =
                findings.observations().stream().filter(Observation::finished).count();
        List<String> caveats = new ArrayList<>(Caveats.of(findings));
        caveats.addAll(Caveats.ofDependence(findings));
        String alone = findings.question().challengers().isEmpty()
                ? " There is no other variant, so nothing is compared."
                : "";
        return new Report(
                findings,
                Optional.empty(),
                differences,
                Sentence.of(findings) + alone,
                List.of(),
                caveats,
                List.of(),
                Numbers.count(all, "run") + " " + source
                        + (finished == all ? "" : ", " + Numbers.count(all - finished) + " of them not finished"),
                List.of(),
                List.of(),
                List.of());
    }

    private static Report of(
            Comparison comparison, Invocation asked, String tally, List<String> next, String sentence) {
        List<String> caveats = new ArrayList<>(Caveats.coding(comparison.plan()));
        caveats.addAll(Caveats.preparation(comparison.plan()));
        caveats.addAll(Caveats.contradictions(comparison.plan()));
        PartCautions.of(comparison.plan().runs()).forEach(caution -> caveats.add(Caveats.sentence(caution)));
        caveats.addAll(Caveats.unscalable(comparison.outcomes()));
        caveats.addAll(Caveats.remarks(comparison.outcomes()));
        caveats.addAll(UnmetCategories.of(comparison.outcomes()));
        List<Confusion> confusions = confusions(comparison);
        caveats.addAll(NeverAnswered.in(comparison, confusions));
        caveats.addAll(Caveats.unmoved(comparison));
        caveats.addAll(Caveats.of(comparison.findings()));
        return new Report(
                comparison.findings(),
                Optional.of(comparison),
                comparison.plan().differences(),
                sentence,
                insights(comparison),
                caveats,
                Sentence.reasons(with(comparison.outcomes(), RunStatus.FAILED), asked.withoutSeeds()),
                tally,
                next,
                confusions,
                List.of());
    }

    private static List<Confusion> confusions(Comparison comparison) {
        return Group.of(comparison.findings().question()).stream()
                .filter(group -> !group.finished(comparison).isEmpty())
                .limit(MOST_GROUPS)
                .filter(group ->
                        group.finished(comparison).get(0).run().dataset().learns(Task.CLASSES))
                .flatMap(group -> Confusion.of(group, comparison).stream())
                .toList();
    }

    /** The same after remarks. */
    public Report after(List<String> before) {
        return new Report(
                findings,
                comparison,
                differences,
                sentence,
                insights,
                caveats,
                failures,
                tally,
                next,
                confusions,
                before);
    }

    /** What is worth keeping: alike whether runs were trained or reused, and without what to do next. */
    public Report lasting() {
        return new Report(
                findings,
                comparison.map(Report::lasting),
                differences,
                sentence,
                insights,
                caveats,
                failures,
                "",
                List.of(),
                confusions,
                List.of());
    }

    private static Comparison lasting(Comparison comparison) {
        return new Comparison(
                comparison.plan(),
                comparison.outcomes().stream()
                        .map(outcome -> new Outcome(outcome.run(), outcome.record(), false))
                        .toList(),
                comparison.predictions(),
                comparison.rawParameters(),
                comparison.models(),
                comparison.findings());
    }

    private static List<String> insights(Comparison comparison) {
        Plan plan = comparison.plan();
        List<String> insights = new ArrayList<>();
        BetterThanNothing.inWords(comparison).ifPresent(insights::add);
        Answers.inWords(Answers.of(comparison), plan).stream().limit(MOST).forEach(insights::add);
        Weights weights = Weights.of(comparison);
        if (weights.byGroup().size() <= MOST) {
            weights.byGroup().keySet().stream()
                    .flatMap(group -> weights.inWords(group, columns(plan)).stream())
                    .forEach(insights::add);
        }
        return insights;
    }

    private static Set<String> columns(Plan plan) {
        Set<String> columns = new HashSet<>(plan.dataset().examples().features());
        plan.runs().forEach(run -> columns.addAll(run.features()));
        return columns;
    }

    private static String tally(List<Outcome> outcomes) {
        long finished = with(outcomes, RunStatus.FINISHED).stream()
                .filter(outcome -> !outcome.reused())
                .count();
        long reused = with(outcomes, RunStatus.FINISHED).size() - finished;
        int failed = with(outcomes, RunStatus.FAILED).size();
        int killed = with(outcomes, RunStatus.KILLED).size();
        int queued = with(outcomes, RunStatus.QUEUED).size();
        return Numbers.count(finished) + " run, " + Numbers.count(reused) + " reused"
                + (failed == 0 ? "" : ", " + Numbers.count(failed) + " failed")
                + (killed == 0 ? "" : ", " + Numbers.count(killed) + " interrupted")
                + (queued == 0 ? "" : ", " + Numbers.count(queued) + " queued");
    }

    private static List<String> next(Comparison comparison, Invocation asked) {
        String command = asked.command();
        List<String> next = new ArrayList<>();
        List<Outcome> outcomes = comparison.outcomes();
        if (!with(outcomes, RunStatus.KILLED).isEmpty()) {
            next.add("To go on where it was interrupted: " + command);
        }
        if (with(outcomes, RunStatus.FAILED).stream().anyMatch(Outcome::reused)) {
            next.add("To run again what has failed: " + command + " --retry-failed");
        }
        if (!outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::reused)) {
            next.add("To run it all again: " + command + " --force");
        }
        boolean chance = outcomes.stream()
                .anyMatch(outcome -> outcome.record().status() == RunStatus.FINISHED
                        && !outcome.record().deterministic());
        if (chance && comparison.plan().pairs().size() == 1) {
            next.add("One seed says nothing about chance: " + asked.withoutSeeds() + " --repeats 10");
        }
        return next;
    }

    private static List<Outcome> with(List<Outcome> outcomes, RunStatus status) {
        return outcomes.stream()
                .filter(outcome -> outcome.record().status() == status)
                .toList();
    }

    /** Names of all metrics that any finished run has: the compared ones, then in the order of those that are known, then the others. */
    public List<String> metrics() {
        Set<String> names = new LinkedHashSet<>();
        findings.question().measures().forEach(measure -> names.add(measure.name()));
        Set<String> found = new HashSet<>();
        for (Observation run : findings.observations()) {
            if (run.finished()) {
                run.metrics().forEach((name, value) -> found.add(name));
            }
        }
        Set<String> others = new TreeSet<>(found);
        findings.question().known().names().stream().filter(others::remove).forEach(names::add);
        names.addAll(others);
        return List.copyOf(names);
    }
}
