package dev.ablate.cli.command;

import dev.ablate.cli.argument.ServerArgument;
import dev.ablate.cli.launch.CollectedRuns;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.cli.tracking.Deliveries;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.Sync;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What there is, and where. */
@Command(name = "status", description = "Show where runs are stored, how they ended, and what MLflow lacks.")
public final class StatusCommand implements Callable<Integer> {

    private static final int WIDTH = 80;

    /** How many of those that need nobody are listed one by one. */
    private static final int MOST_COMPARISONS = 10;

    private final Console console;
    private final Supplier<Inventory> inventory;

    @Mixin
    private final ServerArgument server = new ServerArgument();

    public StatusCommand(Console console, Supplier<Inventory> inventory) {
        this.console = console;
        this.inventory = inventory;
    }

    @Override
    public Integer call() {
        Table table = inventory.get().table(server.trackingUri());
        table.lines(WIDTH, console.style())
                .forEach(line -> console.result(console.program().in(line) + "\n"));
        return ExitCode.DONE;
    }

    /** Counts what there is. */
    public static final class Inventory {

        private final Home home;
        private final RunStore store;
        private final Deliveries deliveries;

        private final CollectedRuns collected;

        public Inventory(Home home, RunStore store, Deliveries deliveries, CollectedRuns collected) {
            this.home = home;
            this.collected = collected;
            this.store = store;
            this.deliveries = deliveries;
        }

        private Table table(Optional<String> trackingUri) {
            Table table = new Table().text("").text("");
            table.row("home", home.folder().toString());
            table.row("store", home.store() + (Files.exists(home.store()) ? "" : " (not there yet)"));
            List<String> submitted = collected.collect();
            List<RunRecord> runs = store.newest(Integer.MAX_VALUE);
            table.row("runs", Numbers.count(runs.size()) + byStatus(runs));
            table.row("comparisons", Numbers.count(store.comparisons().size()));
            for (int k = 0; k < submitted.size(); k++) {
                table.row(k == 0 ? "submitted" : "", submitted.get(k));
            }
            Optional<Destination> managed = deliveries.managed();
            table.row(
                    "MLflow here",
                    managed.map(found -> "runs at " + found.address()).orElse("does not run (ablate ui starts it)"));
            Optional<Destination> destination = deliveries.destination(trackingUri);
            destination.ifPresentOrElse(
                    found -> delivered(table, found, found.address().toString(), "ablate sync"),
                    () -> deliveries.asleep().ifPresent(found -> delivered(table, found, "MLflow here", "ablate ui")));
            return table;
        }

        /**
         * How far deliveries came.
         *
         * @param place what the destination is called
         * @param wayOut the command that delivers what is lacking
         */
        private void delivered(Table table, Destination destination, String place, String wayOut) {
            Sync sync = deliveries.syncWith(destination);
            int lacking = sync.pending().size();
            table.row(
                    "delivered to",
                    place + ": "
                            + (lacking == 0
                                    ? "everything"
                                    : "all but " + Numbers.count(lacking, "comparison") + " (" + wayOut + ")"));
            Map<Boolean, List<Sync.Standing>> all = sync.chosen(Optional.empty()).stream()
                    .map(sync::standing)
                    .collect(Collectors.partitioningBy(Sync.Standing::complete));
            List<Sync.Standing> complete = all.getOrDefault(true, List.of());
            Stream.concat(
                            all.getOrDefault(false, List.of()).stream(),
                            complete.stream().limit(MOST_COMPARISONS))
                    .flatMap(standing -> Deliveries.standing(standing).stream())
                    .forEach(line -> table.row("", line));
            if (complete.size() > MOST_COMPARISONS) {
                table.row(
                        "",
                        "and " + Numbers.count(complete.size() - MOST_COMPARISONS, "older comparison")
                                + ", delivered and verified");
            }
        }

        private String byStatus(List<RunRecord> runs) {
            List<RunStatus> states = runs.stream().map(store::state).toList();
            String counts = Stream.of(RunStatus.values())
                    .map(status -> {
                        long count = states.stream().filter(status::equals).count();
                        return count == 0
                                ? ""
                                : Numbers.count(count) + " " + status.name().toLowerCase(Locale.ROOT);
                    })
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(", "));
            return counts.isEmpty() ? "" : ": " + counts;
        }
    }
}
