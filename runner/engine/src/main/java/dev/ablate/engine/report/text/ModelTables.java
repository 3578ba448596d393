package dev.ablate.engine.report.text;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.report.Answers;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.Shares;
import dev.ablate.engine.report.Weights;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Page;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.train.Outcome;
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

    /** Groups whose weights are so much smaller than those of others have learned none: what is left is rounding. */
    private static final double ROUNDING = 1e-9;

    private final Comparison comparison;
    private final Plan plan;
    private final List<String> groups;
    private final boolean several;
    private final Detail detail;
    private final Sheet page;

    private ModelTables(Comparison comparison, Detail detail, Sheet page) {
        this.comparison = comparison;
        this.detail = detail;
        this.plan = comparison.plan();
        List<Group> all = Group.of(comparison.findings().question());
        this.groups = all.stream().map(Group::label).toList();
        this.several = all.stream().anyMatch(group -> group.finished(comparison).size() > 1);
        this.page = page;
    }

    static void write(Comparison comparison, Detail detail, Sheet page) {
        ModelTables tables = new ModelTables(comparison, detail, page);
        if (detail != Detail.ALL && comparison.findings().question().hasCells() && tables.groups.size() > MOST_GROUPS) {
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
            table.values(plan.dataset().target(), plan.dataset().classes());
        }
        table.repeatThese();
        boolean classes = plan.dataset().task() == Task.CLASSES;
        groups.forEach(classes ? table::textOf : table::numberOf);
        for (Answers answers : all) {
            List<String> cells = new ArrayList<>();
            if (byName) {
                cells.addAll(plan.inputs().shown(answers.row(), Numbers::rounded));
            } else {
                cells.add(Answers.tuple(plan, answers.row()));
            }
            if (targets) {
                cells.add(answers.target().isPresent() ? shown(answers.target().getAsDouble()) : NONE);
            }
            for (String group : groups) {
                List<List<Double>> given = answers.byGroup().getOrDefault(group, List.of());
                cells.add(given.isEmpty() ? Numbers.rounded(Double.NaN) : shown(given));
            }
            table.row(cells);
        }
        page.table("Predictions" + means() + units(), table);
    }

    private String shown(double target) {
        Dataset dataset = plan.dataset();
        return dataset.task() == Task.REGRESSION ? Numbers.rounded(target) : dataset.label(target);
    }

    /** The mean of a number, or of several classes which is answered. */
    private String shown(List<List<Double>> answers) {
        return plan.dataset().task() == Task.CLASSES
                ? Shares.of(plan.dataset().classes(), answers).shown()
                : Numbers.rounded(Comparison.mean(
                        answers.stream().mapToDouble(answer -> answer.get(0)).toArray()));
    }

    private String means() {
        return several ? " (means over " + overWhat() + ")" : "";
    }

    private String overWhat() {
        return plan.folds() == 0 ? "seeds" : "seeds and folds";
    }

    private String units() {
        Dataset dataset = plan.dataset();
        String unit = dataset.units().get(dataset.target());
        return dataset.task() == Task.REGRESSION && unit != null ? " in " + unit : "";
    }

    private void weights() {
        Weights weights = Weights.of(comparison);
        if (!weights.names().isEmpty()) {
            neurons(weights);
        }
        if (!weights.layered().isEmpty()) {
            layers(weights.layered());
        }
    }

    private void neurons(Weights weights) {
        List<String> shown = weights.names();
        if (shown.size() > MOST_WEIGHTS && detail != Detail.ALL) {
            shown = shown.stream()
                    .sorted(Comparator.comparing(name -> -weights.largest(name)))
                    .limit(MOST_WEIGHTS)
                    .toList();
        }
        double largest =
                weights.names().stream().mapToDouble(weights::largest).max().orElse(0);
        Table table = new Table().text("weight");
        for (String group : weights.byGroup().keySet()) {
            table.numberOf(group);
            if (weights.comparable()) {
                table.bar();
            }
        }
        for (String name : shown) {
            List<String> cells = new ArrayList<>(List.of(name));
            for (Map<String, Double> numbers : weights.byGroup().values()) {
                double value = numbers.getOrDefault(name, Double.NaN);
                cells.add(Numbers.rounded(value));
                if (weights.comparable()) {
                    boolean rounding = Math.abs(value) <= ROUNDING * Math.max(1, largest);
                    cells.add(rounding ? "" : bar(value, largest));
                }
            }
            table.row(cells);
        }
        page.table("Weights" + means(), table);
        int more = weights.names().size() - shown.size();
        if (more > 0) {
            page.line("and " + Numbers.count(more) + " smaller ones: " + allOfThem(), Sheet.Tone.FAINT);
        }
        weights.caution().ifPresent(caution -> page.line(caution, Sheet.Tone.PLAIN));
    }

    /** Equal units of two seeds may stand in another order, so that weights have no mean: they are left to those who ask for them. */
    private void layers(Map<String, Outcome> first) {
        if (detail != Detail.ALL) {
            List<String> counts = new ArrayList<>();
            first.forEach((group, outcome) -> counts.add(
                    group + " " + Numbers.count(outcome.record().parameters().size())));
            page.paragraph(
                    "Weights of hidden layers (" + String.join(", ", counts) + ")"
                            + (several ? " have no mean over " + overWhat() : "") + ": "
                            + (detail == Detail.BRIEF ? "-v shows those of one, -f csv has all" : "-f csv has them"),
                    Sheet.Tone.FAINT);
            return;
        }
        first.forEach((group, outcome) -> {
            Table table = new Table().text("weight").number(group);
            outcome.record().parameters().forEach((name, value) -> table.row(name, Numbers.rounded(value)));
            page.table("Weights of " + outcome.run().pair().inWords(), table);
        });
    }

    private String allOfThem() {
        return detail == Detail.BRIEF ? "-v shows more, -f csv has all" : "-f csv has them all";
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
        if (raw.names().isEmpty() || (raw.names().size() > MOST_WEIGHTS && detail != Detail.ALL)) {
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
        Weights learned = Weights.of(comparison);
        List<String> shifted = raw.byGroup().keySet().stream()
                .filter(group -> raw.hasBias(group) && !learned.hasBias(group))
                .toList();
        if (!shifted.isEmpty()) {
            page.line(
                    String.join(", ", shifted)
                            + " learned no bias: scaling shifts columns, and for data in raw units that"
                            + " shift is the bias in this table.",
                    Sheet.Tone.PLAIN);
        }
    }
}
