package dev.ablate.engine.model;

import dev.ablate.core.data.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Answers of a stored model to rows of anybody, in raw units. */
public final class Predictor {

    private final int width;
    private final int[] columns;
    private final RunModel model;

    private Predictor(int width, int[] columns, RunModel model) {
        this.width = width;
        this.columns = columns;
        this.model = model;
    }

    /**
     * Answers of a model to rows of these features.
     *
     * @param features the names of a row's values, such as {@link dev.ablate.engine.plan.Plan#features}; the model takes its own
     * @throws IllegalArgumentException if the model was trained on a feature that a row does not have
     */
    public static Predictor of(List<String> features, RunModel model) {
        List<String> own = model.description().features();
        int[] columns = own.stream().mapToInt(features::indexOf).toArray();
        for (int k = 0; k < columns.length; k++) {
            if (columns[k] < 0) {
                throw new IllegalArgumentException(
                        "run " + model.run() + " needs " + own.get(k) + "; a row has " + features);
            }
        }
        return new Predictor(features.size(), columns, model);
    }

    /**
     * One answer a row, in the target's raw unit.
     *
     * @param rows raw, each of the width of the features
     * @throws IllegalArgumentException if a row has another width
     */
    public List<Double> answers(List<List<Double>> rows) {
        double[] block = new double[rows.size() * columns.length];
        int at = 0;
        for (List<Double> row : rows) {
            if (row.size() != width) {
                throw new IllegalArgumentException("a row has " + row.size() + " values, not " + width);
            }
            for (int column : columns) {
                block[at++] = row.get(column);
            }
        }
        List<Double> found = new ArrayList<>(rows.size());
        for (double answer : model.answers(Matrix.wrap(columns.length, block))) {
            found.add(answer);
        }
        return found;
    }
}
