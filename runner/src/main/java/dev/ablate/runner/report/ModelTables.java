package dev.ablate.runner.report;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the models answer and what they have learned, the groups side by side. */
final class ModelTables {

    private static final String NONE = "-";

    /** More weights than this are left to the files. */
    private static final int MOST_WEIGHTS = 24;

    /** More groups than this, variants or their cells, are left to the files. */
    private static final int MOST_GROUPS = 12;

    private static final int BAR = 10;

    private final Comparison comparison;
    private final Plan plan;
    private final List<String> groups;
    private final boolean several;
    private final Sheet page;

    private ModelTables(Comparison comparison, Sheet page) {
        this.comparison = comparison;
        this.plan = comparison.plan();
        List<Group> all = Group.of(comparison.findings().question());
        this.groups = all.stream().map(Group::label).toList();
        this.several = all.stream().anyMatch(group -> group.finished(comparison).size() > 1);
        this.page = page;
    }

    static void write(Comparison comparison, Sheet page) {
        ModelTables tables = new ModelTables(comparison, page);
        if (comparison.findings().question().hasCells() && tables.groups.size() > MOST_GROUPS) {
            page.paragraph(
                    "What was learned in " + Numbers.count(tables.groups.size())
                            + " variants and cells: -f csv or -f json has all of it",
                    Sheet.Tone.FAINT);
            return;
        }
        tables.predictions();
        tables.weights();
        tables.rawWeights();
    }

    private void predictions() {
        List<Answers> all = Answers.of(comparison);
        if (all.isEmpty()) {
            return;
        }
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
        groups.forEach(table::numberOf);
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
            for (String group : groups) {
                double[] given = answers.byGroup().getOrDefault(group, new double[0]);
                cells.add(Numbers.rounded(Comparison.mean(given)));
            }
            table.row(cells);
        }
        page.table("Predictions" + means() + units(), table);
    }

    private String means() {
        return several ? " (means over seeds)" : "";
    }

    private String units() {
        Dataset dataset = plan.dataset();
        String unit = dataset.units().get(dataset.target());
        return dataset.task() == Task.REGRESSION && unit != null ? " in " + unit : "";
    }

    private void weights() {
        Weights weights = Weights.of(comparison);
        if (weights.names().isEmpty()) {
            return;
        }
        List<String> shown = weights.names();
        if (shown.size() > MOST_WEIGHTS) {
            shown = shown.stream()
                    .sorted(Comparator.comparing(name -> -weights.largest(name)))
                    .limit(MOST_WEIGHTS)
                    .toList();
        }
        Table table = new Table().text("weight");
        for (String group : weights.byGroup().keySet()) {
            table.numberOf(group).bar();
        }
        for (String name : shown) {
            List<String> cells = new ArrayList<>(List.of(name));
            for (Map<String, Double> numbers : weights.byGroup().values()) {
                double most =
                        numbers.values().stream().mapToDouble(Math::abs).max().orElse(0);
                double value = numbers.getOrDefault(name, Double.NaN);
                cells.add(Numbers.rounded(value));
                cells.add(bar(value, most));
            }
            table.row(cells);
        }
        page.table("Weights" + means(), table);
        int more = weights.names().size() - shown.size();
        if (more > 0) {
            page.line("and " + Numbers.count(more) + " smaller ones: -f csv has them all", Sheet.Tone.FAINT);
        }
    }

    /** As long as the weight is large beside the largest of its group; of {@code +} or {@code -} as its sign says. */
    private static String bar(double value, double most) {
        if (Double.isNaN(value) || most == 0) {
            return "";
        }
        return (value < 0 ? "-" : "+").repeat((int) Math.round(BAR * Math.abs(value) / most));
    }

    /** The same weights for data in raw units, with the units where the data name them. */
    private void rawWeights() {
        Weights raw = Weights.raw(comparison);
        if (raw.names().isEmpty() || raw.names().size() > MOST_WEIGHTS) {
            return;
        }
        Table table = new Table().text("weight");
        boolean units = !plan.dataset().units().isEmpty();
        if (units) {
            table.text("unit").repeatThese();
        }
        raw.byGroup().keySet().forEach(table::numberOf);
        for (String name : raw.names()) {
            List<String> cells = new ArrayList<>(List.of(name));
            if (units) {
                cells.add(Weights.unit(plan.dataset(), name));
            }
            raw.byGroup()
                    .values()
                    .forEach(numbers -> cells.add(Numbers.rounded(numbers.getOrDefault(name, Double.NaN))));
            table.row(cells);
        }
        page.table("Weights in raw units" + means(), table);
    }
}
