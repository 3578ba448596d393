package dev.ablate.engine.report.text;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.ExecutionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs of a plan, and what would become of each. */
public final class PlanTable {

    private static final int WIDTH = 80;

    /** More rows than this nobody reads; of more runs, the first ones are shown and the others counted. */
    private static final int MOST = 60;

    private PlanTable() {}

    public static String render(Plan plan, ExecutionOptions orders, RunStore store, Style style) {
        List<PlannedRun> runs = orders.wanted(plan);
        List<Fate> fates =
                runs.stream().map(run -> fate(store.find(run.key()), orders)).toList();
        int shown = runs.size() > MOST ? Math.max(1, MOST / 2) : runs.size();
        List<String> paths = List.copyOf(plan.cells().get(0).keySet());

        Table table = new Table().text("variant");
        PlannedRun.leafNames(paths).forEach(table::text);
        table.repeatThese();
        boolean folds = plan.folds() > 0;
        table.text("seed");
        if (folds) {
            table.text("fold");
        }
        table.text("key").text("would");
        for (int i = 0; i < shown; i++) {
            PlannedRun run = runs.get(i);
            List<String> cells = new ArrayList<>(List.of(run.variant()));
            paths.forEach(path -> cells.add(run.cell().getOrDefault(path, "")));
            cells.add(Long.toString(run.seed()));
            if (folds) {
                cells.add(Integer.toString(run.pair().fold().orElseThrow()));
            }
            cells.addAll(List.of(run.key().brief(), fates.get(i).words()));
            table.row(cells);
        }
        StringBuilder text = new StringBuilder(String.join("\n", table.lines(WIDTH, style))).append('\n');
        if (shown < runs.size()) {
            text.append("and ")
                    .append(Numbers.count((long) runs.size() - shown, "more run"))
                    .append(": ")
                    .append(counted(fates.subList(shown, fates.size())))
                    .append('\n');
        }
        return text.append('\n')
                .append(size(plan))
                .append(Numbers.count(runs.size(), "run"))
                .append(": ")
                .append(counted(fates))
                .append('\n')
                .toString();
    }

    /**
     * What becomes of a run.
     *
     * @param trains whether it trains
     */
    private record Fate(boolean trains, String words) {}

    private static String counted(List<Fate> fates) {
        long toTrain = fates.stream().filter(Fate::trains).count();
        return Numbers.count(toTrain) + " to train, " + Numbers.count(fates.size() - toTrain) + " there";
    }

    /** {@code 4 cells, 5 folds a seed, }, where there is a sweep, and where there are folds. */
    private static String size(Plan plan) {
        return (plan.cells().get(0).isEmpty() ? "" : Numbers.count(plan.cells().size(), "cell") + ", ")
                + (plan.folds() == 0 ? "" : Numbers.count(plan.folds(), "fold") + " a seed, ");
    }

    private static Fate fate(Optional<RunRecord> found, ExecutionOptions orders) {
        if (found.isEmpty()) {
            return new Fate(true, "train");
        }
        RunRecord record = found.get();
        return switch (record.status()) {
            case FINISHED -> orders.force() ? new Fate(true, "train again (--force)") : new Fate(false, "be reused");
            case FAILED ->
                orders.force() || orders.retryFailed()
                        ? new Fate(true, "train again")
                        : new Fate(false, "not train: it has failed (--retry-failed)");
            case QUEUED -> new Fate(true, "begin: it is queued");
            case RUNNING, KILLED -> new Fate(true, "go on at " + Numbers.count(record.updates(), "update"));
        };
    }
}
