package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ablate.cli.Shell;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.catalog.OptionDescription;
import dev.ablate.engine.catalog.PluginDescription;
import dev.ablate.engine.experiment.SpecKeys;
import dev.ablate.engine.runs.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference in {@code docs} is what the program says of itself. */
class ReferencePagesTest {

    private static final Path PAGES = Ablate.SPECS.resolve("../docs/reference").normalize();

    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) ");

    /** The first cell of a row. */
    private static final Pattern NAME = Pattern.compile("^\\| `(\\w+)` \\|");

    /** A default in a rendered spec: its indentation, key, value. */
    private static final Pattern LINE = Pattern.compile("( *)([^ :]+):(?: (.*?))? *(# default)?");

    @TempDir
    private Path folder;

    @Test
    void ofTheSpec() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Keys of a spec

                A spec is one YAML file, read strictly: what is not here is an error. A path with dots is a map in a map; in `variants`, in
                `sweep.params` and behind `--set` it is typed with its dots. Only `version`, `name`, `dataset.plugin` and `trainer.plugin` must
                be there. Keys that begin with `x-` at the top of a file are free for notes and anchors. Where `plugin` names another
                one than the layer below, that layer's options do not hold for it; `run.launcher.folder` does. Options of datasets and trainers
                are in [another page](plugins.md).

                `${env:NAME}` and `${env:NAME:-default}` take a value from the environment. Inside `{ }` and `[ ]` they need quotes:
                `trainer: { learning_rate: "${env:RATE:-0.1}" }`. `ablate render` shows what was used, but for variables whose names say that they
                hold a secret (TOKEN, PASSWORD, KEY, ...). Descriptions, the stored spec, MLflow's parameters and error messages keep the variable's name
                instead of its value; `name`, `track.mlflow.experiment` and `track.mlflow.register` are stored as they are used, so put no secret in them.

                | key | default | |
                |---|---|---|
                """);
        for (SpecKeys.Key key : SpecKeys.all()) {
            assertThat(key.help()).as(key.path()).isNotBlank();
            row(
                    page,
                    code(key.path()),
                    key.fallback().contains(" ") ? key.fallback() : code(key.fallback()),
                    key.help());
        }
        check("spec.md", page);
    }

    @Test
    void ofDatasetsTrainersMetricsAndLaunchers() throws IOException {
        Catalog catalog = Catalog.find(ReferencePagesTest.class.getClassLoader(), folder.resolve("plugins"));
        StringBuilder page = new StringBuilder("""
                # Datasets, trainers, metrics and launchers

                What comes with the program, with all options. A spec names a dataset and a trainer: `dataset: { plugin: or-gate }`; it is
                measured by all [metrics](../metrics.md) that fit, and `run.launcher` says who trains it. On the command line: `ablate list`,
                `ablate describe trainer perceptron`.
                """);
        for (Kind kind : Kind.values()) {
            String word = kind.name().toLowerCase(Locale.ROOT);
            page.append("\n## ")
                    .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1))
                    .append("s\n");
            if (kind == Kind.LAUNCHER) {
                page.append("\n### ")
                        .append(Launcher.LOCAL)
                        .append("\n\n")
                        .append(Catalog.LOCAL_SUMMARY)
                        .append(".\n");
            }
            for (PluginEntry entry : catalog.entries(kind)) {
                PluginDescription plugin = catalog.describe(kind, entry.name()).orElseThrow();
                page.append("\n### ")
                        .append(entry.name())
                        .append("\n\n")
                        .append(entry.summary())
                        .append(".");
                page.append(entry.source().isEmpty() ? "" : " Source: " + entry.source() + ".")
                        .append("\n");
                if (!plugin.facts().isEmpty()) {
                    page.append("\n| | |\n|---|---|\n");
                }
                plugin.facts().forEach((about, words) -> row(page, about, words));
                if (!plugin.options().isEmpty()) {
                    page.append("\n| option | type | default | |\n|---|---|---|---|\n");
                }
                for (OptionDescription option : plugin.options()) {
                    row(
                            page,
                            code(option.name()),
                            Stream.of(option.type(), option.range())
                                    .filter(words -> !words.isEmpty())
                                    .collect(Collectors.joining(", ")),
                            option.required() ? "required" : code(option.fallback()),
                            option.help());
                }
            }
        }
        check("plugins.md", page);
    }

    /** Formulas are written by hand; what metrics say of themselves is the program's. */
    @Test
    void ofMetrics() throws IOException {
        Catalog catalog = Catalog.find(ReferencePagesTest.class.getClassLoader(), folder.resolve("plugins"));
        List<String> rows = Files.readAllLines(PAGES.resolve("../metrics.md")).stream()
                .filter(line -> NAME.matcher(line).find())
                .toList();
        assertThat(rows).hasSize(catalog.entries(Kind.METRIC).size());
        for (PluginEntry entry : catalog.entries(Kind.METRIC)) {
            String facts = String.join(
                    " | ",
                    catalog.describe(Kind.METRIC, entry.name())
                            .orElseThrow()
                            .facts()
                            .values());
            assertThat(rows)
                    .filteredOn(row -> row.startsWith("| `" + entry.name() + "` |"))
                    .singleElement()
                    .asString()
                    .contains("| " + facts + " |");
        }
    }

    /** Its prose is written by hand; the names are the program's. */
    @Test
    void ofProvenance() throws IOException {
        assertThat(Files.readAllLines(PAGES.resolve("provenance.md")).stream()
                        .takeWhile(line -> !line.startsWith("## "))
                        .map(NAME::matcher)
                        .filter(Matcher::find)
                        .map(found -> found.group(1)))
                .containsExactlyElementsOf(Provenance.NAMES);
    }

    @Test
    void ofCommands() throws IOException {
        Shell shell = new Shell(folder, folder.resolve("home"));
        String all = shell.run("help").out();
        StringBuilder page = new StringBuilder("""
                # Commands

                What `ablate help` and `ablate help COMMAND` print.

                Exit codes: 0 done; 1 a run failed, or a result could not be written; 2 a mistake in what was typed or in the spec, and
                nothing ran; 3 a `--gate` is not met; 4 not delivered, with `--require-tracking`; 5 a bug; 6 left with
                another launcher than `local`, and not all done; 129, 130 or 143 ended by a signal (SIGHUP, SIGINT, SIGTERM), with everything
                stored.
                """);
        List<String> helps = new ArrayList<>(List.of(all));
        for (String name : commands(all)) {
            String help = shell.run("help", name).out();
            helps.add(help);
            commands(help)
                    .forEach(part -> helps.add(shell.run("help", name, part).out()));
        }
        assertThat(helps).hasSizeGreaterThan(10);
        helps.forEach(help -> page.append("\n## ")
                .append(help.lines().findFirst().orElseThrow().replaceFirst("^Usage: (ablate(?: [a-z]+)*).*", "$1"))
                .append("\n\n```\n")
                .append(help.strip())
                .append("\n```\n"));
        check("commands.md", page);
    }

    private static List<String> commands(String help) {
        Matcher command = COMMAND.matcher(help.substring(Math.max(0, help.indexOf("Commands:"))));
        return help.contains("Commands:")
                ? command.results().map(found -> found.group(1)).toList()
                : List.of();
    }

    @Test
    void defaultsOfTheSpecAreThoseThatHold() {
        Map<String, String> documented = SpecKeys.all().stream()
                .collect(Collectors.toMap(SpecKeys.Key::path, SpecKeys.Key::fallback, (first, second) -> first));
        Map<String, String> held = new TreeMap<>();
        for (String stop : List.of("below: 0.1", "no_better_for: 10")) {
            held.putAll(defaults(stop));
        }
        assertThat(held).containsKeys("stop.min_delta", "stop.for", "data.split.take", "sweep.method", "run.jobs");
        held.forEach((path, value) -> {
            assertThat(documented).containsKey(path);
            String fallback = documented.getOrDefault(path, "");
            // others are said in words
            if (!fallback.contains(" ")) {
                assertThat(value).as(path).isEqualTo(fallback);
            }
        });
    }

    /** By path: what a spec that says nearly nothing is taken to say. */
    private Map<String, String> defaults(String stop) {
        Shell shell = new Shell(folder, folder.resolve("home"));
        String spec = shell.write("little.yaml", """
                version: 1
                name: little
                dataset: { plugin: or-gate }
                trainer: { plugin: perceptron, learning_rate: 0.1, epochs: 10 }
                data: { split: { test: 0.25 }, scale: { features: max } }
                sweep: { params: { trainer.batch: [1, 2] } }
                stop: { when: train/mse, %s }
                """.replace("%s", stop));
        Map<String, String> defaults = new LinkedHashMap<>();
        List<String> above = new ArrayList<>();
        for (String line : shell.run("render", spec, "--origins").out().split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                while (above.size() > matcher.group(1).length() / 2) {
                    above.remove(above.size() - 1);
                }
                above.add(matcher.group(2).contains("/") ? "METRIC" : matcher.group(2));
                String path = String.join(".", above);
                boolean option = path.startsWith("trainer.") || path.startsWith("dataset.");
                if (matcher.group(4) != null && !option) {
                    defaults.put(path, matcher.group(3));
                }
            }
        }
        return defaults;
    }

    private static void check(String name, CharSequence page) throws IOException {
        Path file = PAGES.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(PAGES);
            Files.writeString(file, page);
            fail("wrote " + file + ": read it, then run again without -Dgolden.write=true");
        }
        assertThat(file).as("write it with -Dgolden.write=true, then read it").exists();
        assertThat(Files.readString(file))
                .as("if %s is to change: run with -Dgolden.write=true, then read it", file)
                .isEqualTo(page.toString());
    }

    private static void row(StringBuilder page, String... cells) {
        Function<String, String> escaped = cell -> cell.replace("|", "\\|");
        page.append(Stream.of(cells).map(escaped).collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
