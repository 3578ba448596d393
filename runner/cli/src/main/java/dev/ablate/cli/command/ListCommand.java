package dev.ablate.cli.command;

import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.ShippedExperiments;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.runs.RunStore;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists what there is, or what there is of one kind. */
@Command(
        name = "list",
        description = "List what there is: datasets, trainers, metrics, launchers and experiments, or the newest runs.",
        footer = {"", "More about one of them: ${ROOT-COMMAND-NAME} describe dataset or-gate"})
public final class ListCommand implements Callable<Integer> {

    /** Of what a plugin says of itself. */
    private static final int LONGEST = 200;

    private static final int WIDTH = 80;

    /** More runs than anybody reads. */
    private static final int NEWEST = 50;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public enum What {
        DATASETS,
        TRAINERS,
        METRICS,
        LAUNCHERS,
        EXPERIMENTS,
        RUNS;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Parameters(
            arity = "0..1",
            paramLabel = "WHAT",
            description = "datasets, trainers, metrics, launchers, experiments or runs; all but runs if it is left out")
    private Optional<What> what = Optional.empty();

    public ListCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() {
        String text = what.map(asked -> String.join("\n", lines(asked)))
                .orElseGet(() -> Stream.of(What.DATASETS, What.TRAINERS, What.METRICS, What.LAUNCHERS, What.EXPERIMENTS)
                        .map(kind -> kind + "\n  " + String.join("\n  ", lines(kind)))
                        .collect(Collectors.joining("\n\n")));
        console.result(text + "\n");
        return ExitCode.DONE;
    }

    private List<String> lines(What kind) {
        return switch (kind) {
            case DATASETS -> plugins(Kind.DATASET);
            case TRAINERS -> plugins(Kind.TRAINER);
            case METRICS -> plugins(Kind.METRIC);
            case LAUNCHERS -> plugins(Kind.LAUNCHER);
            case EXPERIMENTS -> experiments();
            case RUNS -> runs();
        };
    }

    private List<String> plugins(Kind kind) {
        Table table = new Table().text("").text("");
        if (kind == Kind.LAUNCHER) {
            table.row(Launcher.LOCAL, Catalog.LOCAL_SUMMARY);
        }
        ablate.get()
                .catalog()
                .entries(kind)
                .forEach(entry -> table.row(
                        entry.name(),
                        Printable.brief(Printable.line(entry.summary()), LONGEST, "ablate describe shows them")));
        return table.lines(WIDTH, console.style());
    }

    private List<String> experiments() {
        Table table = new Table().text("").text("");
        ablate.get().shipped().all().forEach((name, file) -> table.row(name, ShippedExperiments.headline(file)));
        return table.lines(WIDTH, console.style());
    }

    private List<String> runs() {
        Table table = new Table()
                .text("key")
                .text("status")
                .text("dataset")
                .text("trainer")
                .text("seed")
                .number("updates")
                .text("started");
        RunStore store = ablate.get().store();
        store.newest(NEWEST)
                .forEach(run -> table.row(
                        run.key().brief(),
                        store.state(run).name().toLowerCase(Locale.ROOT),
                        run.params().getOrDefault("dataset.plugin", ""),
                        run.params().getOrDefault("trainer.plugin", ""),
                        run.params().getOrDefault("seed", ""),
                        Numbers.count(run.updates()),
                        TIME.format(run.start())));
        return table.lines(WIDTH, console.style());
    }
}
