package dev.ablate.runner.report;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.core.training.Decision;
import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.train.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What the variants answer to one row.
 *
 * @param row the row in raw units, in the order of the plan's features
 * @param target what the data say to an equal row; empty if there is none, or the data contradict themselves
 * @param byGroup one answer a finished run, by group's label in the plan's order; a group without an answer is absent
 */
record Answers(List<Double> row, OptionalDouble target, Map<String, double[]> byGroup) {

    /** To each row that is to be predicted, in order. */
    static List<Answers> of(Comparison comparison) {
        Plan plan = comparison.plan();
        return IntStream.range(0, plan.predict().size())
                .mapToObj(index -> {
                    Map<String, double[]> byGroup = new LinkedHashMap<>();
                    for (Group group : Group.of(comparison.findings().question())) {
                        double[] answers = group.finished(comparison).stream()
                                .map(Outcome::run)
                                .map(run -> comparison.predictions().get(run.key()))
                                .filter(Objects::nonNull)
                                .mapToDouble(predictions -> predictions.get(index))
                                .toArray();
                        if (answers.length > 0) {
                            byGroup.put(group.label(), answers);
                        }
                    }
                    List<Double> row = plan.predict().get(index);
                    return new Answers(row, target(plan, row), byGroup);
                })
                .toList();
    }

    /**
     * Says in words where the variants decide differently, or one cannot decide.
     *
     * @return empty if all agree, it is not about classes, or there are cells
     */
    String inWords(Plan plan) {
        if (plan.cells().size() > 1
                || plan.dataset().task() != Task.BINARY_CLASSIFICATION
                || byGroup.values().stream().anyMatch(answers -> answers.length > 1)) {
            return "";
        }
        Decision decision = plan.runs().get(0).decision();
        boolean tie = byGroup.values().stream().anyMatch(answers -> answers[0] == decision.threshold());
        long classes = byGroup.values().stream()
                .mapToInt(answers -> decision.classOf(answers[0]))
                .distinct()
                .count();
        if (!tie && classes < 2) {
            return "";
        }
        StringBuilder text = new StringBuilder("At ").append(tuple(row));
        target.ifPresent(value ->
                text.append(", where the data say ").append(plan.dataset().label(value)));
        String before = ": ";
        for (Map.Entry<String, double[]> entry : byGroup.entrySet()) {
            double answer = entry.getValue()[0];
            text.append(before).append(entry.getKey()).append(" answers ");
            text.append(Numbers.rounded(answer, Numbers.SENTENCE)).append(", ");
            if (answer == decision.threshold()) {
                text.append("a tie, which decides nothing (it counts as ")
                        .append(plan.dataset().label(decision.tie()))
                        .append(")");
            } else {
                text.append("so ").append(plan.dataset().label(decision.classOf(answer)));
            }
            before = "; ";
        }
        return text.append('.').toString();
    }

    /** {@code (0, 1)}. */
    static String tuple(List<Double> row) {
        return "(" + String.join(", ", row.stream().map(Numbers::rounded).toList()) + ")";
    }

    private static OptionalDouble target(Plan plan, List<Double> row) {
        if (plan.runs().stream().anyMatch(run -> !run.dataset().equals(plan.dataset()))) {
            return OptionalDouble.empty();
        }
        Examples examples = plan.dataset().examples().select(plan.features());
        double[] targets = IntStream.range(0, examples.size())
                .filter(i -> IntStream.range(0, row.size()).allMatch(k -> examples.row(i)[k] == row.get(k)))
                .mapToDouble(examples::target)
                .distinct()
                .toArray();
        return targets.length == 1 ? OptionalDouble.of(targets[0]) : OptionalDouble.empty();
    }
}
