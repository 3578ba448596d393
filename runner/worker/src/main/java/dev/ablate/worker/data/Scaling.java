package dev.ablate.worker.data;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.ScaleSettings.Method;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the columns of a run are scaled, and how that is undone.
 *
 * @param settings what was asked for
 * @param features one a feature, in order
 * @param target the target's
 */
public record Scaling(ScaleSettings settings, List<ColumnScale> features, ColumnScale target) {

    /** Fitted on these examples alone. */
    static Scaling fit(ScaleSettings settings, Examples train) {
        Matrix rows = train.rows();
        int width = train.width();
        List<ColumnScale> features = IntStream.range(0, width)
                .mapToObj(k -> settings.features() == Method.NONE
                        ? ColumnScale.NONE
                        : ColumnScale.fit(settings.features(), column(rows, k)))
                .toList();
        return new Scaling(
                settings,
                features,
                settings.target() == Method.NONE
                        ? ColumnScale.NONE
                        : ColumnScale.fit(settings.target(), train.targets()));
    }

    private static double[] column(Matrix rows, int column) {
        double[] values = new double[rows.size()];
        rows.copyColumn(column, 0, values);
        return values;
    }

    /** Whether it leaves all columns as they are. */
    boolean leavesAll() {
        return settings.features() == Method.NONE && settings.target() == Method.NONE;
    }

    /** Scaled rows of raw ones; the matrix itself where features are left as they are. */
    public Matrix rows(Matrix raw) {
        if (settings.features() == Method.NONE) {
            return raw;
        }
        int width = raw.width();
        double[] scaled = new double[Math.multiplyExact(raw.size(), width)];
        for (int column = 0; column < width; column++) {
            ColumnScale scale = features.get(column);
            for (int row = 0; row < raw.size(); row++) {
                scaled[row * width + column] = scale.scaled(raw.value(row, column));
            }
        }
        return Matrix.wrap(width, scaled);
    }

    /** Scaled targets of raw ones; the array itself where the target is left as it is. */
    double[] targets(double[] raw) {
        if (settings.target() == Method.NONE) {
            return raw;
        }
        double[] scaled = new double[raw.length];
        for (int k = 0; k < raw.length; k++) {
            scaled[k] = target.scaled(raw[k]);
        }
        return scaled;
    }

    /** Turns a model's answers into the target's raw unit, in place. */
    public void undo(double[] answers) {
        if (settings.target() != Method.NONE) {
            for (int k = 0; k < answers.length; k++) {
                answers[k] = target.raw(answers[k]);
            }
        }
    }
}
