package dev.ablate.engine.report.html;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.Sheet.Tone;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.worker.prepare.OpenedData;
import dev.ablate.worker.spec.RunKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What stands behind the answer: data, runs, spec, environment, and how to get it all again. */
final class Background {

    /** More rows than this are not shown. */
    private static final int MOST_ROWS = 16;

    /** More rows than this are only counted. */
    private static final int MOST_NAMED = 12;

    private final Report report;
    private final Html html;
    private final HtmlSheet sheet;

    Background(Report report, Html html, HtmlSheet sheet) {
        this.report = report;
        this.html = html;
        this.sheet = sheet;
    }

    /**
     * Writes all of it.
     *
     * @param section begins a section of a title
     */
    void write(Reproduction reproduction, Consumer<String> section) {
        section.accept("Data");
        datasets();
        section.accept("Runs");
        runs();
        section.accept("Spec");
        html.element(
                "p", "With all layers applied and every default written out; behind each value where it comes from.");
        code(reproduction.spec(), "the resolved spec");
        section.accept("Environment");
        if (reproduction.environment().isEmpty()) {
            html.element("p", "It is not known: the runs were stored by an older version of Ablate.");
        }
        facts(reproduction.environment());
        section.accept("How to reproduce");
        html.element("p", "As it was asked for:");
        code(reproduction.command(), "the command");
        html.element(
                "p",
                "Or save the spec above as a file, beside the data files that it names, and run that. With the same Ablate,"
                        + " plugins and data each run has the key that stands above, and the same results to the last bit.");
    }

    private void datasets() {
        Map<Dataset, String> datasets = new LinkedHashMap<>();
        report.comparison()
                .ifPresent(comparison -> comparison.plan().runs().stream()
                        .forEach(run ->
                                datasets.putIfAbsent(run.opened(), run.params().getOrDefault("dataset.plugin", ""))));
        datasets.forEach(this::dataset);
    }

    private void dataset(Dataset dataset, String plugin) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (!plugin.isEmpty()) {
            facts.put("dataset", plugin);
        }
        if (dataset.isNone()) {
            facts.put("rows", "none: the trainer brings its own data");
            facts(facts);
            return;
        }
        facts.put("rows", Numbers.count(OpenedData.rows(dataset)));
        facts.put(
                "features",
                String.join(
                        ", ",
                        dataset.schema().featureNames().stream()
                                .map(name -> withUnit(dataset, name))
                                .toList()));
        facts.put("target", withUnit(dataset, dataset.target()));
        if (dataset.isCoded()) {
            facts.put(
                    "classes",
                    IntStream.range(0, dataset.classes().size())
                            .mapToObj(code -> dataset.label(code) + ", coded as " + code)
                            .collect(Collectors.joining("; ")));
        }
        facts.put("source", dataset.source().isEmpty() ? "the spec itself" : dataset.source());
        facts.put("checksum", "SHA-256 " + dataset.contentHash());
        if (dataset.known().isPresent()) {
            facts.put("contradictory rows", contradictions(dataset));
        }
        facts(facts);
        if (OpenedData.rows(dataset) <= MOST_ROWS) {
            if (dataset.known().isPresent()) {
                rows(dataset);
            } else {
                typedRows(dataset);
            }
        }
    }

    private static String withUnit(Dataset dataset, String name) {
        String unit = dataset.units().get(name);
        return unit == null ? name : name + " (" + unit + ")";
    }

    private static String contradictions(Dataset dataset) {
        Contradictions found = Contradictions.in(dataset.examples(), dataset.task());
        if (found.rows().isEmpty()) {
            return "none";
        }
        String rows = Numbers.count(found.rows().size())
                + (found.rows().size() > MOST_NAMED
                        ? ""
                        : " ("
                                + String.join(
                                        ", ",
                                        found.rows().stream()
                                                .map(row -> Integer.toString(row + 1))
                                                .toList())
                                + ")");
        return found.mostRight().isPresent()
                ? rows + ": no model gets more than "
                        + Numbers.count(found.mostRight().getAsInt()) + " of " + Numbers.count(found.size()) + " right"
                : rows;
    }

    private void rows(Dataset dataset) {
        Examples examples = dataset.examples();
        Table table = new Table().number("row").repeatThese();
        examples.features().forEach(table::number);
        table.values(dataset.target(), dataset.classes());
        for (int row = 0; row < examples.size(); row++) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(row + 1)));
            double[] values = examples.row(row);
            IntStream.range(0, values.length).forEach(k -> cells.add(Numbers.exact(values[k])));
            cells.add(
                    dataset.task() == Task.REGRESSION
                            ? Numbers.exact(examples.target(row))
                            : dataset.label(examples.target(row)));
            table.row(cells);
        }
        sheet.table("All rows", table);
    }

    /** Rows of numbers and categories as the data have them, with gaps. */
    private void typedRows(Dataset dataset) {
        List<Column> columns = dataset.schema().columns();
        Table table = new Table().number("row").repeatThese();
        for (Column column : columns) {
            if (column.categories().isEmpty()) {
                table.number(column.name());
            } else {
                table.values(column.name(), column.categories());
            }
        }
        boolean gaps = false;
        int number = 0;
        for (Block block : dataset.blocks()) {
            for (int row = 0; row < block.rows(); row++) {
                List<String> cells = new ArrayList<>(List.of(Integer.toString(++number)));
                for (int column = 0; column < columns.size(); column++) {
                    String value = value(block, column, row, columns.get(column).categories());
                    gaps |= value.isEmpty();
                    cells.add(value);
                }
                table.row(cells);
            }
        }
        sheet.table("All rows", table);
        if (gaps) {
            sheet.paragraph("Where nothing stands a value is missing.", Tone.FAINT);
        }
    }

    private static String value(Block block, int column, int row, List<String> categories) {
        if (categories.isEmpty()) {
            double value = block.number(column, row);
            return Double.isNaN(value) ? "" : Numbers.exact(value);
        }
        int code = block.category(column, row);
        return code < 0 ? "" : categories.get(code);
    }

    private void runs() {
        String primary = report.findings().question().primary().name();
        List<String> leaves =
                List.copyOf(report.findings().question().cells().get(0).keySet());
        Table table = new Table().groups("variant");
        List<String> names = PlannedRun.leafNames(leaves);
        for (int i = 0; i < leaves.size(); i++) {
            String leaf = leaves.get(i);
            table.values(
                    names.get(i),
                    report.findings().observations().stream()
                            .map(run -> run.cell().getOrDefault(leaf, "-"))
                            .toList());
        }
        table.number("seed").text("state").number("updates").number(primary).text("key");
        for (Observation run : report.findings().observations()) {
            List<String> cells = new ArrayList<>(List.of(run.variant()));
            leaves.forEach(leaf -> cells.add(run.cell().getOrDefault(leaf, "-")));
            cells.add(run.pair().text());
            cells.add(
                    run.status().name().toLowerCase(Locale.ROOT) + (run.deterministic() ? ", whatever the seed" : ""));
            cells.add(run.updates().isPresent() ? Numbers.count(run.updates().getAsLong()) : "-");
            cells.add(Numbers.rounded(run.metrics().getOrDefault(primary, Double.NaN)));
            cells.add(run.key().map(RunKey::brief).orElse("-"));
            table.row(cells);
        }
        sheet.table("Every run", table);
        report.findings().observations().stream()
                .flatMap(run -> run.error().stream())
                .distinct()
                .limit(MOST_NAMED)
                .forEach(error -> sheet.paragraph("failed: " + Printable.reason(error), Tone.ALARMING));
    }

    private void facts(Map<String, String> facts) {
        html.open("dl");
        facts.forEach((name, value) -> html.element("dt", name).element("dd", value));
        html.close("dl");
    }

    private void code(String text, String name) {
        html.open("pre", "tabindex", "0", "role", "region", "aria-label", name)
                .text(text)
                .close("pre");
    }
}
