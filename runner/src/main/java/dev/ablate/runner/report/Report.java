package dev.ablate.runner.report;

import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.Examples;
import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.compare.Effect;
import dev.ablate.runner.plan.Metric;
import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.plan.PlannedRun;
import dev.ablate.runner.runs.RunStatus;
import dev.ablate.runner.train.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything that a person is told of a comparison, computed once; the renderings only lay it out.
 *
 * @param comparison the numbers
 * @param sentence the answer
 * @param insights what it means, a sentence each
 * @param caveats what to bear in mind, a sentence each
 * @param failures runs that failed, each with how to repeat it alone
 * @param tally {@code 3 run, 17 reused}
 * @param next what to do next, a sentence each; may be empty
 */
public record Report(
        Comparison comparison,
        String sentence,
        List<String> insights,
        List<String> caveats,
        List<String> failures,
        String tally,
        List<String> next) {

    /** Rows and variants beyond this are in the tables alone. */
    private static final int TOLD = 4;

    /** Copies the lists. */
    public Report {
        insights = List.copyOf(insights);
        caveats = List.copyOf(caveats);
        failures = List.copyOf(failures);
        next = List.copyOf(next);
    }

    /**
     * Tells what a comparison says.
     *
     * @param asked how it was asked for
     */
    public static Report of(Comparison comparison, Invocation asked) {
        return new Report(
                comparison,
                Sentence.of(comparison),
                insights(comparison),
                caveats(comparison),
                failures(comparison, asked.withoutSeeds()),
                tally(comparison.outcomes()),
                next(comparison, asked));
    }

    private static List<String> insights(Comparison comparison) {
        Plan plan = comparison.plan();
        List<String> insights = new ArrayList<>();
        Answers.of(comparison).stream()
                .map(answers -> answers.inWords(plan))
                .filter(words -> !words.isEmpty())
                .limit(TOLD)
                .forEach(insights::add);
        Weights weights = Weights.of(comparison);
        plan.variants().stream()
                .flatMap(variant ->
                        weights.inWords(variant, plan.dataset().examples().features()).stream())
                .limit(TOLD)
                .forEach(insights::add);
        return insights;
    }

    private static List<String> caveats(Comparison comparison) {
        List<String> caveats = new ArrayList<>(contradictions(comparison.plan()));
        Set<String> missing = new LinkedHashSet<>();
        for (Effect effect : comparison.effects()) {
            if (effect.n() < effect.planned()) {
                missing.add(effect.variant().name() + " against "
                        + effect.baseline().name() + ", "
                        + effect.metric().metric() + ": " + effect.n() + " of "
                        + Numbers.count(effect.planned(), "pair") + ".");
            }
        }
        caveats.addAll(missing);
        return caveats;
    }

    /** Of the rows as each variant sees them; variants that see the same are told of once. */
    private static List<String> contradictions(Plan plan) {
        Map<List<String>, Set<String>> variants = new LinkedHashMap<>();
        for (PlannedRun run : plan.runs()) {
            variants.computeIfAbsent(run.features(), features -> new LinkedHashSet<>())
                    .add(run.variant());
        }
        List<String> told = new ArrayList<>();
        variants.forEach((features, names) -> {
            Examples examples = plan.dataset().examples().select(features);
            Contradictions found = Contradictions.in(examples, plan.dataset().task());
            if (!found.rows().isEmpty() && found.mostRight().isPresent()) {
                String whose = variants.size() == 1 ? "" : String.join(", ", names) + ": ";
                Set<String> rows = found.rows().stream()
                        .map(index -> Answers.tuple(java.util.Arrays.stream(examples.row(index))
                                .boxed()
                                .toList()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                told.add(
                        whose + "Contradictory rows: " + some(rows) + " carry both answers, so no model gets more than "
                                + found.mostRight().getAsInt() + " of " + found.size() + " right.");
            }
        });
        return told;
    }

    private static String some(Set<String> all) {
        List<String> first = all.stream().limit(TOLD).toList();
        int more = all.size() - first.size();
        return String.join(", ", first) + (more == 0 ? "" : " and " + Numbers.count(more) + " more");
    }

    private static List<String> failures(Comparison comparison, String command) {
        return with(comparison.outcomes(), RunStatus.FAILED).stream()
                .map(outcome -> "run " + outcome.run().label() + " failed after "
                        + Numbers.count(outcome.record().updates(), "update") + ": "
                        + outcome.record().error().orElse("no reason was recorded") + ". To repeat it alone: " + command
                        + " --only " + outcome.run().variant() + " --seeds "
                        + outcome.run().seed() + (outcome.reused() ? " --retry-failed" : "") + " -v")
                .toList();
    }

    private static String tally(List<Outcome> outcomes) {
        long finished = with(outcomes, RunStatus.FINISHED).stream()
                .filter(outcome -> !outcome.reused())
                .count();
        long reused = with(outcomes, RunStatus.FINISHED).size() - finished;
        int failed = with(outcomes, RunStatus.FAILED).size();
        int killed = with(outcomes, RunStatus.KILLED).size();
        return Numbers.count(finished) + " run, " + Numbers.count(reused) + " reused"
                + (failed == 0 ? "" : ", " + Numbers.count(failed) + " failed")
                + (killed == 0 ? "" : ", " + Numbers.count(killed) + " interrupted");
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
        if (chance && comparison.plan().seeds().size() == 1) {
            next.add("One seed says nothing about chance: " + asked.withoutSeeds() + " --repeats 10");
        }
        return next;
    }

    private static List<Outcome> with(List<Outcome> outcomes, RunStatus status) {
        return outcomes.stream()
                .filter(outcome -> outcome.record().status() == status)
                .toList();
    }

    /** Names of all metrics that any finished run has: the compared ones, then as they are declared, then those unknown here. */
    List<String> metrics() {
        Set<String> names = new LinkedHashSet<>();
        comparison.plan().metrics().forEach(metric -> names.add(metric.metric().toString()));
        Set<String> others = new TreeSet<>();
        with(comparison.outcomes(), RunStatus.FINISHED)
                .forEach(outcome -> others.addAll(outcome.record().metrics().keySet()));
        for (Metric.Part part : Metric.Part.values()) {
            for (Metric.Kind kind : Metric.Kind.values()) {
                String name = new Metric(part, kind).toString();
                if (others.remove(name)) {
                    names.add(name);
                }
            }
        }
        names.addAll(others);
        return List.copyOf(names);
    }
}
