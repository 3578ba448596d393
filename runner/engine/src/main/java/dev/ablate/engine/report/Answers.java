package dev.ablate.engine.report;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.core.training.Decision;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.train.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the variants answer to one row.
 *
 * @param row the row in raw units, in the order of the plan's features
 * @param target what the data say to an equal row; empty if there is none, or the data contradict themselves
 * @param byGroup what answers it by finished run, by group's label in the plan's order: one number, or one for each of three classes and
 *     more; a group without an answer is absent
 */
public record Answers(List<Double> row, OptionalDouble target, Map<String, List<List<Double>>> byGroup) {

    /** To each row that is to be predicted, in order. */
    public static List<Answers> of(Comparison comparison) {
        Plan plan = comparison.plan();
        return IntStream.range(0, plan.predict().size())
                .mapToObj(index -> {
                    Map<String, List<List<Double>>> byGroup = new LinkedHashMap<>();
                    for (Group group : Group.of(comparison.findings().question())) {
                        List<List<Double>> answers = group.finished(comparison).stream()
                                .map(Outcome::run)
                                .map(run -> comparison.predictions().get(run.key()))
                                .filter(Objects::nonNull)
                                .filter(predictions -> !predictions.isEmpty())
                                .map(predictions -> predictions.get(index))
                                .toList();
                        if (!answers.isEmpty()) {
                            byGroup.put(group.label(), answers);
                        }
                    }
                    List<Double> row = plan.predict().get(index);
                    return new Answers(row, target(plan, row), byGroup);
                })
                .toList();
    }

    /** Says in words where the variants decide differently, or one cannot decide; rows of which the same is to be said together. */
    static List<String> inWords(List<Answers> all, Plan plan) {
        Map<String, List<Answers>> alike = new LinkedHashMap<>();
        for (Answers answers : all) {
            String words = answers.decided(plan);
            if (!words.isEmpty()) {
                alike.computeIfAbsent(words, none -> new ArrayList<>()).add(answers);
            }
        }
        List<String> sentences = new ArrayList<>();
        alike.forEach((words, rows) -> {
            String data = rows.get(0).target().isPresent() && rows.size() == 1
                    ? ", where the data say "
                            + plan.dataset().label(rows.get(0).target().getAsDouble())
                    : "";
            sentences.add(
                    "At " + rows.stream().map(row -> tuple(plan, row.row())).collect(Collectors.joining(", ")) + data
                            + ": " + words + ".");
        });
        return sentences;
    }

    /** Empty if all agree, it is not about classes, or there are cells; of several runs a group, if no run is tied. */
    private String decided(Plan plan) {
        if (plan.cells().size() > 1 || plan.dataset().task() == Task.REGRESSION) {
            return "";
        }
        Decision decision = plan.runs().get(0).decision();
        List<List<Double>> answers =
                byGroup.values().stream().flatMap(List::stream).toList();
        boolean several = answers.size() > byGroup.size();
        if (plan.dataset().task() == Task.CLASSES) {
            return several ? "" : ofClasses(plan.dataset().classes());
        }
        boolean differ = answers.stream().map(decision::classOf).distinct().count() > 1;
        boolean tie = answers.stream().anyMatch(answer -> decision.isTie(answer.get(0)));
        return tie || (differ && !several) ? new Ties(decision, plan.dataset().classes()).decided(numbers()) : "";
    }

    /** {@code bias answers minor (0.93); no-bias answers alba (0.41)}: of groups with one run each that do not agree. */
    private String ofClasses(List<String> classes) {
        Map<String, Shares> shares = new LinkedHashMap<>();
        byGroup.forEach((group, answers) -> shares.put(group, Shares.of(classes, answers)));
        boolean tie = shares.values().stream().anyMatch(Shares::isTie);
        boolean differ =
                shares.values().stream().map(Shares::decided).distinct().count() > 1;
        return tie || differ
                ? shares.entrySet().stream()
                        .map(group -> group.getKey() + " " + group.getValue().inWords())
                        .collect(Collectors.joining("; "))
                : "";
    }

    /** One number a finished run, by group's label; not of three classes and more. */
    public Map<String, double[]> numbers() {
        Map<String, double[]> numbers = new LinkedHashMap<>();
        byGroup.forEach((group, answers) -> numbers.put(
                group, answers.stream().mapToDouble(answer -> answer.get(0)).toArray()));
        return numbers;
    }

    /** {@code (0, male)}: a row to predict. */
    public static String tuple(Plan plan, List<Double> row) {
        return "(" + String.join(", ", plan.inputs().shown(row, Numbers::rounded)) + ")";
    }

    /** {@code (0, 1)}. */
    public static String tuple(List<Double> row) {
        return "(" + String.join(", ", row.stream().map(Numbers::rounded).toList()) + ")";
    }

    private static OptionalDouble target(Plan plan, List<Double> row) {
        if (plan.runs().stream()
                .anyMatch(run -> !run.context().preparation().isOfExamples()
                        || !run.dataset().equals(plan.dataset()))) {
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
