package dev.ablate.runner.report;

import dev.ablate.core.data.Task;
import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.compare.Effect;
import dev.ablate.runner.compare.Effect.Tally;
import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.train.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report for a terminal: the sentence first, then what stands behind it; 80 columns where the names allow. */
public final class TextReport {

    private static final String NONE = "-";

    /** More weights than this are left to the files. */
    private static final int MOST_WEIGHTS = 24;

    private static final int BAR = 10;

    private final Report report;
    private final Plan plan;
    private final Style style;
    private final Page page;

    private TextReport(Report report, Style style) {
        this.report = report;
        this.plan = report.comparison().plan();
        this.style = style;
        this.page = new Page(style);
    }

    /** The whole text, with a line break at the end. */
    public static String render(Report report, Style style) {
        TextReport text = new TextReport(report, style);
        text.answer();
        text.verdicts();
        text.metrics();
        text.predictions();
        text.weights();
        text.differences();
        text.end();
        return text.page.text();
    }

    private void answer() {
        page.paragraph(report.sentence(), style::strong);
        if (!plan.description().isBlank()) {
            page.paragraph(plan.description().strip());
        }
        if (!report.insights().isEmpty()) {
            page.paragraph(report.insights().get(0));
            report.insights().stream().skip(1).forEach(insight -> page.line(insight, "", text -> text));
        }
    }

    private void verdicts() {
        List<Effect> effects = report.comparison().effects();
        if (effects.isEmpty()) {
            return;
        }
        boolean pairs = effects.stream().anyMatch(effect -> !effect.deterministic());
        Table table = new Table().text("against " + plan.baseline()).text("metric");
        table.repeatThese().number("difference");
        if (pairs) {
            table.number("pairs").text("won-tied-lost");
        }
        table.verdict("verdict");
        for (Effect effect : effects) {
            List<String> cells = new ArrayList<>(List.of(
                    effect.variant().name(),
                    effect.metric().metric().toString(),
                    Numbers.rounded(effect.difference())));
            if (pairs) {
                Tally tally = effect.tally();
                cells.add(
                        effect.n() == effect.planned()
                                ? Integer.toString(effect.n())
                                : effect.n() + " of " + effect.planned());
                cells.add(tally.wins() + "-" + tally.ties() + "-" + tally.losses());
            }
            cells.add(effect.verdict().word());
            table.row(cells);
        }
        page.table("", table);
    }

    private void metrics() {
        boolean several = plan.variants().stream()
                .anyMatch(variant -> report.comparison().finished(variant).size() > 1);
        Table table = new Table().text("metric");
        for (String variant : plan.variants()) {
            table.number(variant);
            if (several) {
                table.number("sd");
            }
        }
        for (String metric : report.metrics()) {
            row(table, metric, several, outcome -> outcome.record().metrics().getOrDefault(metric, Double.NaN));
        }
        long[] updates = plan.variants().stream()
                .flatMap(variant -> report.comparison().finished(variant).stream())
                .mapToLong(outcome -> outcome.record().updates())
                .distinct()
                .toArray();
        if (updates.length > 1) {
            row(table, "updates", several, outcome -> outcome.record().updates());
        }
        String after = updates.length == 1 ? " after " + Numbers.count(updates[0], "update") : "";
        page.table("Metrics" + after + (several ? " (means over seeds)" : ""), table);
    }

    private void row(Table table, String name, boolean several, ToDoubleFunction<Outcome> value) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (String variant : plan.variants()) {
            double[] values = report.comparison().finished(variant).stream()
                    .mapToDouble(value)
                    .filter(number -> !Double.isNaN(number))
                    .toArray();
            cells.add(Numbers.rounded(Comparison.mean(values)));
            if (several) {
                cells.add(Numbers.rounded(Comparison.sd(values)));
            }
        }
        table.row(cells);
    }

    private void predictions() {
        List<Answers> all = Answers.of(report.comparison());
        if (all.isEmpty()) {
            return;
        }
        boolean several = all.stream()
                .flatMap(answers -> answers.byVariant().values().stream())
                .anyMatch(answers -> answers.length > 1);
        boolean targets = all.stream().anyMatch(answers -> answers.target().isPresent());
        int width = plan.features().stream()
                .mapToInt(name -> Printable.width(name) + 2)
                .sum();
        boolean byName = width < Page.WIDTH * 3 / 4;
        Table table = new Table();
        if (byName) {
            plan.features().forEach(table::number);
        } else {
            table.text("row");
        }
        if (targets) {
            table.number(plan.dataset().target());
        }
        table.repeatThese();
        plan.variants().forEach(table::number);
        for (Answers answers : all) {
            List<String> cells = new ArrayList<>();
            if (byName) {
                answers.row().stream().map(Numbers::rounded).forEach(cells::add);
            } else {
                cells.add(Answers.tuple(answers.row()));
            }
            if (targets) {
                cells.add(
                        answers.target().isPresent()
                                ? Numbers.rounded(answers.target().getAsDouble())
                                : NONE);
            }
            for (String variant : plan.variants()) {
                double[] given = answers.byVariant().getOrDefault(variant, new double[0]);
                cells.add(Numbers.rounded(Comparison.mean(given)));
            }
            table.row(cells);
        }
        page.table("Predictions" + (several ? " (means over seeds)" : "") + units(), table);
    }

    private String units() {
        String unit = plan.dataset().units().get(plan.dataset().target());
        return plan.dataset().task() == Task.REGRESSION && unit != null ? " in " + unit : "";
    }

    private void weights() {
        Weights weights = Weights.of(report.comparison());
        if (weights.names().isEmpty()) {
            return;
        }
        List<String> shown = weights.names();
        if (shown.size() > MOST_WEIGHTS) {
            shown = shown.stream()
                    .sorted(Comparator.comparing(name -> -largest(weights, name)))
                    .limit(MOST_WEIGHTS)
                    .toList();
        }
        Table table = new Table().text("weight");
        for (String variant : weights.byVariant().keySet()) {
            table.number(variant).text("");
        }
        for (String name : shown) {
            List<String> cells = new ArrayList<>(List.of(name));
            for (Map<String, Double> numbers : weights.byVariant().values()) {
                double most =
                        numbers.values().stream().mapToDouble(Math::abs).max().orElse(0);
                double value = numbers.getOrDefault(name, Double.NaN);
                cells.add(Numbers.rounded(value));
                cells.add(bar(value, most));
            }
            table.row(cells);
        }
        boolean several = plan.variants().stream()
                .anyMatch(variant -> report.comparison().finished(variant).size() > 1);
        page.table(several ? "Weights (means over seeds)" : "Weights", table);
        int more = weights.names().size() - shown.size();
        if (more > 0) {
            page.line("and " + Numbers.count(more) + " smaller ones: -f csv has them all", "", style::faint);
        }
    }

    private static double largest(Weights weights, String name) {
        return weights.byVariant().values().stream()
                .map(numbers -> numbers.get(name))
                .filter(Objects::nonNull)
                .mapToDouble(Math::abs)
                .max()
                .orElse(0);
    }

    /** As long as the weight is large beside the largest of its variant; of {@code +} or {@code -} as its sign says. */
    private static String bar(double value, double most) {
        if (Double.isNaN(value) || most == 0) {
            return "";
        }
        return (value < 0 ? "-" : "+").repeat((int) Math.round(BAR * Math.abs(value) / most));
    }

    private void differences() {
        if (plan.differences().isEmpty()) {
            return;
        }
        Table table = new Table().text("");
        plan.variants().forEach(table::text);
        for (Plan.Difference difference : plan.differences()) {
            table.row(Stream.concat(
                            Stream.of(difference.path()),
                            plan.variants().stream()
                                    .map(variant -> difference.values().getOrDefault(variant, NONE)))
                    .collect(Collectors.toList()));
        }
        page.table("Only this differs", table);
    }

    private void end() {
        if (!report.caveats().isEmpty()) {
            page.paragraph(report.caveats().get(0));
            report.caveats().stream().skip(1).forEach(caveat -> page.line(caveat, "", text -> text));
        }
        for (String failure : report.failures()) {
            page.paragraph(failure, style::alarming);
        }
        page.paragraph(report.tally());
        report.next().forEach(next -> page.line(next, "", text -> text));
    }
}
