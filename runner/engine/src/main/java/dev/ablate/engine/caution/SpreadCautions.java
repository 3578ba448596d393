package dev.ablate.engine.caution;

import dev.ablate.core.data.Matrix;
import dev.ablate.engine.caution.PartCautions.Caution;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Columns of which one spreads much farther than another, so that no learning rate fits both. */
final class SpreadCautions {

    /** So many times as far. */
    private static final int BLOCK = 512;

    private static final double LIMIT = 100;

    private SpreadCautions() {}

    /** A caution for each set of columns that descent learns from and nothing scales. */
    static List<Caution> of(List<PlannedRun> planned) {
        Map<Object, String> known = new HashMap<>();
        Map<String, Set<String>> variants = new LinkedHashMap<>();
        for (PlannedRun run : planned) {
            if (run.scale().features() == Method.NONE && run.params().containsKey("trainer.learning_rate")) {
                String what = known.computeIfAbsent(
                        List.of(System.identityHashCode(run.dataset()), run.features()), none -> spread(run));
                if (!what.isEmpty()) {
                    variants.computeIfAbsent(what, none -> new LinkedHashSet<>())
                            .add(run.variant());
                }
            }
        }
        long all = planned.stream().map(PlannedRun::variant).distinct().count();
        List<Caution> cautions = new ArrayList<>();
        variants.forEach((what, having) -> cautions.add(new Caution(
                what
                        + (having.size() == all
                                ? ""
                                : ", in variant" + (having.size() == 1 ? " " : "s ") + String.join(", ", having)),
                "write data: { scale: { features: standard } }")));
        return cautions;
    }

    /** {@code 'fare' spreads 170 times as far as 'sex=male', and nothing scales them}; empty if none does. */
    private static String spread(PlannedRun run) {
        Matrix rows = run.dataset().examples().select(run.features()).rows();
        int widest = -1;
        int narrowest = -1;
        double[] spreads = spreads(rows);
        for (int column = 0; column < spreads.length; column++) {
            if (spreads[column] > 0) {
                widest = widest < 0 || spreads[column] > spreads[widest] ? column : widest;
                narrowest = narrowest < 0 || spreads[column] < spreads[narrowest] ? column : narrowest;
            }
        }
        if (widest < 0 || spreads[widest] <= LIMIT * spreads[narrowest]) {
            return "";
        }
        return "'" + run.features().get(widest) + "' spreads " + Phrases.brief(spreads[widest] / spreads[narrowest])
                + " times as far as '" + run.features().get(narrowest)
                + "', and nothing scales them: a learning rate that fits the one is too large or too small for the other";
    }

    /** The standard deviation of each column. */
    private static double[] spreads(Matrix rows) {
        double[] means = new double[rows.width()];
        blockwise(rows, (column, values) -> {
            double sum = means[column];
            for (double value : values) {
                sum += value;
            }
            means[column] = sum;
        });
        for (int column = 0; column < means.length; column++) {
            means[column] /= rows.size();
        }
        double[] spreads = new double[means.length];
        blockwise(rows, (column, values) -> {
            double mean = means[column];
            double sum = spreads[column];
            for (double value : values) {
                sum += (value - mean) * (value - mean);
            }
            spreads[column] = sum;
        });
        for (int column = 0; column < spreads.length; column++) {
            spreads[column] = Math.sqrt(spreads[column] / rows.size());
        }
        return spreads;
    }

    /** What is done with some values of a column, which follow those of the call before. */
    private interface Values {
        void add(int column, double[] values);
    }

    /** All values, by columns of rows that fit a processor's cache: each is read from memory once. */
    private static void blockwise(Matrix rows, Values each) {
        double[] values = {};
        for (int from = 0; from < rows.size(); from += values.length) {
            int count = Math.min(BLOCK, rows.size() - from);
            values = values.length == count ? values : new double[count];
            for (int column = 0; column < rows.width(); column++) {
                rows.copyColumn(column, from, values);
                each.add(column, values);
            }
        }
    }
}
