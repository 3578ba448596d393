package dev.ablate.cli.command;

import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.catalog.OptionDescription;
import dev.ablate.engine.catalog.PluginDescription;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundDataset;
import dev.ablate.worker.prepare.OpenedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what there is to know of one dataset, trainer, metric, launcher or experiment. */
@Command(name = "describe", description = "Describe one dataset, trainer, metric, launcher or experiment.")
public final class DescribeCommand implements Callable<Integer> {

    private static final int WIDTH = 80;

    /** Enough to see what the data are like. */
    private static final int FIRST_ROWS = 10;

    public enum What {
        DATASET,
        TRAINER,
        METRIC,
        LAUNCHER,
        EXPERIMENT;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Parameters(index = "0", paramLabel = "WHAT", description = "dataset, trainer, metric, launcher or experiment")
    private What what = What.DATASET;

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description =
                    "its name (${ROOT-COMMAND-NAME} list ...); for a dataset also a spec, whose data are described")
    private String name = "";

    public DescribeCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() throws IOException {
        List<String> lines = switch (what) {
            case DATASET -> isSpec() ? profiles() : plugin(Kind.DATASET);
            case TRAINER -> plugin(Kind.TRAINER);
            case METRIC -> plugin(Kind.METRIC);
            case LAUNCHER -> name.equals(Launcher.LOCAL) ? local() : plugin(Kind.LAUNCHER);
            case EXPERIMENT -> experiment();
        };
        console.result(Printable.lines(String.join("\n", lines)) + "\n");
        return ExitCode.DONE;
    }

    /** Whether the data of a spec are meant, and not a dataset by its name. */
    private boolean isSpec() {
        return ablate.get().catalog().describe(Kind.DATASET, name).isEmpty()
                && (name.endsWith(".yaml") || name.endsWith(".yml") || Files.exists(Path.of(name)));
    }

    private List<String> profiles() {
        List<String> lines = new ArrayList<>();
        for (Dataset data : ablate.get().experiment(name).datasets()) {
            lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
            lines.addAll(ProfileText.lines(data));
        }
        return lines;
    }

    private static List<String> local() {
        return List.of(Launcher.LOCAL + ": " + Catalog.LOCAL_SUMMARY, "", "no options");
    }

    private List<String> experiment() throws IOException {
        return Files.readAllLines(ablate.get().shipped().file(name), StandardCharsets.UTF_8);
    }

    private List<String> plugin(Kind kind) {
        PluginDescription found = ablate.get()
                .catalog()
                .describe(kind, name)
                .orElseThrow(() -> new UsageException(
                        ablate.get().catalog().unknown(kind, name).render().replaceFirst("^error: ", "")));
        PluginEntry entry = found.entry();
        List<String> lines = new ArrayList<>();
        lines.add(entry.name() + (entry.summary().isEmpty() ? "" : ": " + entry.summary()));
        if (!entry.source().isEmpty()) {
            lines.add("source: " + entry.source());
        }
        if (entry.oneAtATime()) {
            lines.add("its runs do not overlap, whatever --jobs says");
        }
        lines.add("");
        if (kind == Kind.METRIC) {
            found.facts().forEach((about, words) -> lines.add(about + ": " + words));
            return lines;
        }
        lines.addAll(options(found));
        if (kind == Kind.DATASET && found.options().stream().noneMatch(OptionDescription::required)) {
            Optional<Dataset> dataset = byDefault().map(Bound::component).map(BoundDataset::open);
            dataset.ifPresent(data -> lines.addAll(data(data)));
        }
        return lines;
    }

    private Optional<Bound<BoundDataset>> byDefault() {
        Position here = Position.ofOption(name);
        Node.Scalar plugin = new Node.Scalar(here, Node.Kind.TEXT, name, name);
        Setting setting = new Setting("dataset.plugin", here, plugin, Optional.empty());
        return ablate.get().catalog().dataset(new Block(here, Optional.of(setting), Map.of()), new Problems());
    }

    private static List<String> options(PluginDescription found) {
        if (found.options().isEmpty()) {
            return List.of("no options");
        }
        List<String> lines = new ArrayList<>();
        lines.add("options:");
        for (OptionDescription option : found.options()) {
            String facts = Stream.of(
                            option.type(),
                            option.range(),
                            option.required() ? "required" : "",
                            option.fallback().isEmpty() ? "" : "default " + option.fallback())
                    .filter(fact -> !fact.isEmpty())
                    .reduce((left, right) -> left + ", " + right)
                    .orElse("");
            lines.add("  " + option.name() + ": " + facts);
            lines.add("      " + option.help());
        }
        return lines;
    }

    /** Of columns that are not all numbers, or miss values: what they are. */
    private static List<String> typed(Dataset dataset) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(Numbers.count(OpenedData.rows(dataset), "row") + " of "
                + Numbers.count(dataset.schema().features().size(), "feature") + ", target " + dataset.target());
        lines.add("");
        Table table = new Table().text("column").text("holds").number("missing");
        for (Column column : dataset.schema().columns()) {
            table.row(List.of(
                    withUnit(dataset, column.name()),
                    column.categories().isEmpty() ? "numbers" : categories(column.categories()),
                    Numbers.count(OpenedData.missing(dataset, column.name()))));
        }
        lines.addAll(table.lines(WIDTH, Style.PLAIN));
        return lines;
    }

    private static String categories(List<String> names) {
        return names.size() <= FIRST_ROWS
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, FIRST_ROWS)) + " and "
                        + Numbers.count((long) names.size() - FIRST_ROWS) + " more";
    }

    private static List<String> data(Dataset dataset) {
        if (dataset.isNone()) {
            return List.of("", "no rows");
        }
        if (dataset.known().isEmpty()) {
            return typed(dataset);
        }
        Examples examples = dataset.examples();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(Numbers.count(examples.size(), "row") + " of " + Numbers.count(examples.width(), "feature")
                + ", target " + dataset.target()
                + (!dataset.classes().isEmpty() ? " (" + String.join(" or ", dataset.classes()) + ")" : " (a number)"));
        lines.add("");
        Table table = new Table();
        examples.features().forEach(feature -> table.number(withUnit(dataset, feature)));
        table.values(withUnit(dataset, dataset.target()), dataset.classes());
        for (int row = 0; row < Math.min(FIRST_ROWS, examples.size()); row++) {
            List<String> cells = new ArrayList<>();
            for (double value : examples.row(row)) {
                cells.add(Numbers.rounded(value));
            }
            cells.add(
                    !dataset.classes().isEmpty()
                            ? dataset.label(examples.target(row))
                            : Numbers.rounded(examples.target(row)));
            table.row(cells);
        }
        lines.addAll(table.lines(WIDTH, Style.PLAIN));
        if (examples.size() > FIRST_ROWS) {
            lines.add("and " + Numbers.count((long) examples.size() - FIRST_ROWS) + " more");
        }
        dataset.schema().task().ifPresent(task -> lines.addAll(contradictions(examples, task)));
        return lines;
    }

    private static List<String> contradictions(Examples examples, Task task) {
        Contradictions contradictions = Contradictions.in(examples, task);
        List<String> lines = new ArrayList<>();
        if (!contradictions.rows().isEmpty()) {
            lines.add("");
            String rows = contradictions.rows().stream()
                    .limit(FIRST_ROWS)
                    .map(row -> Integer.toString(row + 1))
                    .reduce((left, right) -> left + ", " + right)
                    .orElse("");
            lines.add("contradictory rows (same features, different targets): " + rows
                    + (contradictions.rows().size() > FIRST_ROWS ? ", ..." : ""));
            if (contradictions.mostRight().isPresent()) {
                lines.add("no model gets more than "
                        + contradictions.mostRight().getAsInt() + " of " + examples.size() + " right: accuracy "
                        + Numbers.rounded(contradictions.bestAccuracy().orElseThrow()));
            }
        }
        return lines;
    }

    private static String withUnit(Dataset dataset, String name) {
        String unit = dataset.units().getOrDefault(name, "");
        return unit.isEmpty() ? name : name + " [" + unit + "]";
    }
}
