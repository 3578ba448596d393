package dev.ablate.engine.report.worked;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Explanation.Neuron;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.core.training.Explanation.Weight;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Page;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.train.Explained;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.ScaleSettings.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One update of a run worked by hand, in formulas and in numbers, for a terminal, as Markdown or as a piece of HTML.
 *
 * <p>Numbers are rounded to seven significant digits; those inside a formula too, so that its last digit may differ when it is
 * calculated again from what is printed.
 */
public final class WorkedExample {

    /** More rows than this are counted. */
    private static final int MOST_ROWS = 12;

    static final String FORWARD = "Forward, to the answer";

    final String title;
    final List<String> introduction = new ArrayList<>();
    final List<Equation> forward = new ArrayList<>();
    final List<Equation> backward = new ArrayList<>();
    final List<Equation> step = new ArrayList<>();
    final List<String> headers;
    final List<List<String>> rows = new ArrayList<>();
    final Optional<NeuronTable> neurons;

    /** Which rows of the weights a terminal shows. */
    private final List<Integer> shown;

    final String rule;
    private final String gradient;

    private WorkedExample(String experiment, Explained explained) {
        Explanation explanation = explained.explanation();
        Explanation.Row row = explained.row();
        PlannedRun run = explained.run();
        this.title = experiment + ", " + run.label() + ": update " + Numbers.count(explanation.update()) + " of "
                + Numbers.count(explained.total()) + " from row " + Numbers.count(row.index() + 1L) + " of "
                + Numbers.count(explained.data().train().size());
        boolean chained = !row.factors().isEmpty();
        this.gradient = chained ? "dE/dw" : "g";
        this.rule = chained
                ? "The chain rule: how the error E of this row rises with a weight w"
                : "Rosenblatt's rule: a row moves the weights towards its target, if it is answered wrong";
        String all = rowsOf(explained);
        boolean alone = explanation.rows().size() == 1;
        this.headers = Stream.of("weight", "before", chained ? "dz/dw" : "x", "this row", all, "after")
                .filter(header -> !(alone && header.equals(all)))
                .toList();
        this.neurons = row.neurons().isEmpty() ? Optional.empty() : Optional.of(new NeuronTable(row.neurons()));
        introduce(explained);
        equations(explanation, row, all);
        for (int i = 0; i < explanation.weights().size(); i++) {
            Weight weight = explanation.weights().get(i);
            List<String> cells = new ArrayList<>(List.of(
                    weight.name(),
                    Equation.number(weight.before()),
                    Equation.number(row.inputs().get(i)),
                    Equation.number(row.shares().get(i))));
            if (!alone) {
                cells.add(Equation.number(weight.gradient()));
            }
            cells.add(Equation.number(weight.after()));
            rows.add(List.copyOf(cells));
        }
        this.shown = neurons.map(table -> table.of(main(row)).weights())
                .orElseGet(() -> IntStream.range(0, rows.size()).boxed().toList());
    }

    /**
     * The example of an update.
     *
     * @param experiment the name of what the run belongs to
     */
    public static WorkedExample of(String experiment, Explained explained) {
        return new WorkedExample(experiment, explained);
    }

    private static String rowsOf(Explained explained) {
        int count = explained.explanation().rows().size();
        return count == explained.data().train().size()
                ? "all " + Numbers.count(count) + " rows"
                : "batch of " + Numbers.count(count);
    }

    private void introduce(Explained explained) {
        PlannedRun run = explained.run();
        Explanation.Row row = explained.row();
        Dataset dataset = run.dataset();
        ScaleSettings scale = run.scale();
        List<Double> inputs = neurons
                .map(NeuronTable::firstInputs)
                .orElseGet(() -> IntStream.range(0, row.inputs().size()).boxed().toList())
                .stream()
                .limit(run.features().size())
                .map(row.inputs()::get)
                .toList();
        boolean ofClasses = dataset.task() == Task.CLASSES;
        introduction.add(values(run.features(), inputs) + "; target " + dataset.target() + ": "
                + (ofClasses
                        ? dataset.label(row.target()) + ", for which t = 1, and 0 for the others"
                        : "t = " + Equation.number(row.target())
                                + (dataset.isCoded() ? ", the label " + dataset.label(row.target()) : "")));
        if (!scale.equals(ScaleSettings.NONE)) {
            List<Double> raw = Arrays.stream(explained.data().train().row(row.index()))
                    .boxed()
                    .toList();
            introduction.add("These are scaled (" + scaled(scale) + "), as the trainer sees them.");
            introduction.add("Raw: " + values(run.features(), raw)
                    + (ofClasses
                            ? ""
                            : "; " + dataset.target() + " = "
                                    + Equation.number(explained.data().train().target(row.index()))));
        }
        if (run.split().isPresent() || run.context().preparation().kept().isPresent()) {
            introduction.add("Rows are counted in the part that is trained on; in the data it is row "
                    + Numbers.count(explained.data().openedRow(row.index()) + 1L) + ".");
        }
        introduceBatch(explained);
    }

    /** Which rows it is, where it is neither one nor all of them in order. */
    private void introduceBatch(Explained explained) {
        List<Integer> learned = explained.explanation().rows();
        long times =
                learned.stream().filter(row -> row == explained.row().index()).count();
        if (learned.size() > 1 && learned.size() < explained.data().train().size()) {
            introduction.add("The update learns from rows "
                    + learned.stream()
                            .limit(MOST_ROWS)
                            .map(row -> Numbers.count(row + 1L))
                            .collect(Collectors.joining(", "))
                    + (learned.size() > MOST_ROWS
                            ? " and " + Numbers.count((long) learned.size() - MOST_ROWS) + " more"
                            : "")
                    + ".");
        }
        if (times > 1) {
            introduction.add("The update was dealt this row " + Numbers.count(times) + " times.");
        }
    }

    /** {@code features: standard, target: max}. */
    private static String scaled(ScaleSettings scale) {
        Map<String, Method> methods = new LinkedHashMap<>();
        methods.put("features", scale.features());
        methods.put("target", scale.target());
        return methods.entrySet().stream()
                .filter(method -> method.getValue() != Method.NONE)
                .map(method -> method.getKey() + ": "
                        + method.getValue().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    private static String values(List<String> names, List<Double> values) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + " = " + Equation.number(values.get(i)))
                .collect(Collectors.joining(", "));
    }

    private void equations(Explanation explanation, Explanation.Row row, String all) {
        List<Weight> weights = explanation.weights();
        WeightedSum sum = new WeightedSum(weights, neurons);
        forward.add(sum.equation(row));
        Map<String, Double> symbols = new LinkedHashMap<>();
        symbols.put("z", row.sum());
        symbols.put("t", neurons.isPresent() && neurons.get().isOfClasses() ? 1 : row.target());
        symbols.put("n", (double) explanation.rows().size());
        String last = neurons.map(NeuronTable::answering).map(Neuron::name).orElse("");
        for (Term term : row.answer()) {
            forward.add(Equation.of(term.symbol().equals("o") ? last : "", term, symbols));
            symbols.put(term.symbol(), term.value());
        }
        for (Term term : row.factors()) {
            backward.add(Equation.of(last, term, symbols));
            symbols.put(term.symbol(), term.value());
        }
        int main = main(row);
        neurons.ifPresent(table -> backward.addAll(table.chain(table.of(main), symbols)));
        if (!row.factors().isEmpty()) {
            backward.add(new Equation("", "dz/dw", List.of("x" + (sum.isBiased() ? ", and 1 for the bias" : "")), ""));
        }
        double input = row.inputs().get(main);
        symbols.putAll(Map.of("dz/dw", input, "x", input));
        change(explanation, weights.get(main), row.shares().get(main), all, symbols);
    }

    /** What becomes of a weight. */
    private void change(Explanation explanation, Weight weight, double share, String all, Map<String, Double> symbols) {
        Explanation.Rule rules = explanation.rule();
        symbols.put("w", weight.before());
        symbols.put("learning_rate", rules.learningRate());
        step.add(Equation.of(weight.name(), gradient, rules.share(), symbols, share));
        boolean alone = explanation.rows().size() == 1;
        boolean penalized = weight.penalty() != 0;
        double g = weight.gradient() + weight.penalty();
        if (!alone || penalized) {
            String sum = alone ? gradient : "sum of " + gradient + " over " + all;
            List<String> sides = new ArrayList<>(List.of(sum + (penalized ? " + l2 * w" : "")));
            if (penalized) {
                sides.add(Equation.number(weight.gradient()) + " + " + Equation.number(rules.l2()) + " * "
                        + Equation.factor(weight.before()));
            }
            step.add(Equation.of(weight.name(), "g", sides, g, ""));
        }
        String symbol = alone && !penalized ? gradient : "g";
        symbols.put(symbol, g);
        String formula = rules.step().replaceAll("\\bg\\b", symbol);
        step.add(Equation.of(weight.name(), "after", formula, symbols, weight.after()));
    }

    /** The first weight that the row moves, of one layer of the neuron that is worked through; the first if it moves none. */
    private int main(Explanation.Row row) {
        List<Integer> weights = neurons.filter(NeuronTable::isOneLayer)
                .map(table -> table.answering().weights())
                .orElseGet(() -> IntStream.range(0, row.shares().size()).boxed().toList());
        return weights.stream()
                .filter(i -> row.shares().get(i) != 0)
                .findFirst()
                .orElse(weights.get(0));
    }

    /** For a terminal, 80 columns where the names allow; with a line break at the end. */
    public String text(Style style) {
        Page page = new Page(style);
        page.paragraph(title, style::strong);
        introduction.forEach(line -> page.line(line, "", text -> text));
        page.paragraph(FORWARD, style::faint);
        forward.forEach(equation -> write(equation, page));
        neurons.ifPresent(table -> page.table("", table.text()));
        page.paragraph(rule, style::faint);
        backward.forEach(equation -> write(equation, page));
        Table table = new Table().text(headers.get(0));
        headers.stream().skip(1).forEach(table::number);
        shown.forEach(index -> table.row(rows.get(index)));
        page.table("", table);
        if (shown.size() < rows.size()) {
            page.line(
                    "and " + Numbers.count(rows.size() - shown.size(), "other weight") + " (-f md, html, json)",
                    "",
                    style::faint);
        }
        step.forEach(equation -> write(equation, page));
        return page.text();
    }

    /** Broken at the signs of equality alone. */
    private static void write(Equation equation, Page page) {
        String begun = equation.subject();
        String indent = " ".repeat(Printable.width(Printable.line(begun)));
        StringBuilder line = new StringBuilder(begun);
        boolean begins = true;
        for (String side : equation.sides()) {
            String more = " = " + side;
            if (!begins && line.length() + more.length() > Page.WIDTH) {
                page.exactly(line.toString());
                line = new StringBuilder(indent);
            }
            line.append(more);
            begins = false;
        }
        page.exactly(line.toString());
        if (!equation.note().isEmpty()) {
            page.exactly(indent + "   (" + equation.note() + ")");
        }
    }

    /** As Markdown, with a line break at the end. */
    public String markdown() {
        return WorkedMarkdown.render(this);
    }

    /** As a piece of HTML, with a line break at the end. */
    public String html() {
        return WorkedHtml.render(this);
    }
}
