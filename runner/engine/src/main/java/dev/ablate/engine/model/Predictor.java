package dev.ablate.engine.model;

import dev.ablate.core.data.Matrix;
import dev.ablate.worker.prepare.RowEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Answers of a stored model to rows of anybody, in raw units: a category is its index, and what is missing is NaN. */
public final class Predictor {

    private final int width;
    private final int[] columns;
    private final RunModel model;

    /** How a row becomes the columns that the model sees. */
    private final Optional<RowEncoding> encoding;

    private Predictor(int width, int[] columns, RunModel model, Optional<RowEncoding> encoding) {
        this.width = width;
        this.columns = columns;
        this.model = model;
        this.encoding = encoding;
    }

    /**
     * Answers of a model to rows of these features.
     *
     * @param features the names of a row's values, such as {@link dev.ablate.engine.plan.Plan#features}; the model takes its own
     * @throws IllegalArgumentException if the model was trained on a feature that a row does not have
     */
    public static Predictor of(List<String> features, RunModel model) {
        List<String> own = model.description().inputs().stream()
                .map(RowEncoding.Input::name)
                .toList();
        return of(features, own, model, Optional.ofNullable(model.description().encoding()));
    }

    /**
     * Answers of a model to rows of the columns that it sees.
     *
     * @param columns the names of a row's values; the model takes its own
     * @throws IllegalArgumentException if the model was trained on a column that a row does not have
     */
    public static Predictor ofColumns(List<String> columns, RunModel model) {
        return of(columns, model.description().features(), model, Optional.empty());
    }

    private static Predictor of(
            List<String> features, List<String> own, RunModel model, Optional<RowEncoding> encoding) {
        int[] columns = own.stream().mapToInt(features::indexOf).toArray();
        for (int k = 0; k < columns.length; k++) {
            if (columns[k] < 0) {
                throw new IllegalArgumentException(
                        "run " + model.run() + " needs " + own.get(k) + "; a row has " + features);
            }
        }
        return new Predictor(features.size(), columns, model, encoding);
    }

    /**
     * What answers each row, in the target's raw unit: one number, or one for each of three classes and more.
     *
     * @param rows raw, each of the width of the features
     * @throws IllegalArgumentException if a row has another width
     */
    public List<List<Double>> answers(List<List<Double>> rows) {
        int seen = model.description().features().size();
        double[] block = new double[rows.size() * seen];
        int at = 0;
        for (List<Double> row : rows) {
            if (row.size() != width) {
                throw new IllegalArgumentException("a row has " + row.size() + " values, not " + width);
            }
            List<Double> own = Arrays.stream(columns).mapToObj(row::get).toList();
            for (double number : encoding.map(how -> how.of(own)).orElseGet(() -> unboxed(own))) {
                block[at++] = number;
            }
        }
        double[] answers = model.answers(Matrix.wrap(seen, block));
        int outputs = model.description().outputs();
        List<List<Double>> found = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            found.add(Arrays.stream(answers, row * outputs, (row + 1) * outputs)
                    .boxed()
                    .toList());
        }
        return found;
    }

    private static double[] unboxed(List<Double> row) {
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
