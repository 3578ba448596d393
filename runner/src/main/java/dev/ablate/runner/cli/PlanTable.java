package dev.ablate.runner.cli;

import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.plan.PlannedRun;
import dev.ablate.runner.report.Numbers;
import dev.ablate.runner.report.Style;
import dev.ablate.runner.report.Table;
import dev.ablate.runner.runs.RunRecord;
import dev.ablate.runner.runs.RunStore;
import dev.ablate.runner.train.Orders;
import java.util.List;
import java.util.Optional;

/** The runs of a plan, and what would become of each. */
final class PlanTable {

    private static final int WIDTH = 80;

    private PlanTable() {}

    static String render(Plan plan, Orders orders, RunStore store, Style style) {
        Table table = new Table()
                .text("run")
                .text("key")
                .text("dataset")
                .text("trainer")
                .text("would");
        int anew = 0;
        List<PlannedRun> runs = plan.runs().stream()
                .filter(run -> orders.only().isEmpty() || orders.only().contains(run.variant()))
                .toList();
        for (PlannedRun run : runs) {
            String fate = fate(store.find(run.key()), orders);
            anew += fate.startsWith("be reused") || fate.startsWith("not") ? 0 : 1;
            table.row(
                    run.label(),
                    run.key().brief(),
                    run.params().getOrDefault("dataset.plugin", ""),
                    run.trainer().plugin(),
                    fate);
        }
        return String.join("\n", table.lines(WIDTH, style)) + "\n\n" + Numbers.count(runs.size(), "run") + ": "
                + Numbers.count(anew) + " to train, " + Numbers.count(runs.size() - anew) + " there\n";
    }

    private static String fate(Optional<RunRecord> found, Orders orders) {
        if (found.isEmpty()) {
            return "train";
        }
        RunRecord record = found.get();
        return switch (record.status()) {
            case FINISHED -> orders.force() ? "train again (--force)" : "be reused";
            case FAILED ->
                orders.force() || orders.retryFailed() ? "train again" : "not train: it has failed (--retry-failed)";
            case RUNNING, KILLED -> "go on at " + Numbers.count(record.updates(), "update");
        };
    }
}
