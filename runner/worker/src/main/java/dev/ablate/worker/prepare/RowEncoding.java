package dev.ablate.worker.prepare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a row of raw values becomes the numbers that a model sees, before they are scaled: what is stored with the model.
 *
 * @param inputs what a row has, in order
 * @param outputs what a model sees, in order
 */
public record RowEncoding(List<Input> inputs, List<Output> outputs) {

    /** Copies the lists. */
    public RowEncoding {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * A value of a row.
     *
     * @param name of the feature
     * @param categories those that the data had; empty for a number
     */
    public record Input(String name, List<String> categories) {
        /** Copies the list. */
        public Input {
            categories = List.copyOf(categories);
        }
    }

    /**
     * A number that a model sees.
     *
     * @param input the index of the value that it is made of
     * @param indicator whether it says that the value is missing: 1, else 0
     * @param byCategory the number for each category; empty where the value is a number
     * @param missing the number for a missing value; null where none may be missing
     */
    public record Output(
            int input,
            boolean indicator,
            List<Double> byCategory,
            @Nullable Double missing) {
        /** Copies the list. */
        public Output {
            byCategory = List.copyOf(byCategory);
        }

        /**
         * The number for a value.
         *
         * @param value the number itself, or the index of the category; NaN where it is missing
         * @throws IllegalArgumentException if it is missing and nothing is filled in
         */
        public double of(double value) {
            if (Double.isNaN(value)) {
                if (missing == null) {
                    throw new IllegalArgumentException("a value is missing, and the model fills in none");
                }
                return missing;
            }
            if (indicator) {
                return 0;
            }
            return byCategory.isEmpty() ? value : byCategory.get((int) value);
        }
    }

    /**
     * What a model sees of a row.
     *
     * @param row one value an input: a number, or the index of a category; NaN where it is missing
     * @throws IllegalArgumentException if a value is missing and nothing is filled in
     */
    public double[] of(List<Double> row) {
        double[] numbers = new double[outputs.size()];
        for (int k = 0; k < numbers.length; k++) {
            Output output = outputs.get(k);
            try {
                numbers[k] = output.of(row.get(output.input()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + inputs.get(output.input()).name() + "': " + e.getMessage(), e);
            }
        }
        return numbers;
    }
}
