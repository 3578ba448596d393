package dev.ablate.engine.onnx;

import dev.ablate.core.training.Layer;
import java.util.List;

/**
 * Dense layers between the raw units of what goes in and what comes out.
 *
 * @param features names, in the order of a row's values; at least one
 * @param target the name of the answer
 * @param scales how each feature is scaled before the first layer, one a feature; empty: not at all
 * @param layers from input to output, at least one; the last has one unit
 * @param answerScale how the answer is scaled, which is undone after the last layer: {@link Scale#NONE} where it is not
 * @param firesAtZero what a step answers to a weighted sum of exactly 0: true for 1
 * @param example a row in raw units, one value a feature
 */
public record TrainedModel(
        List<String> features,
        String target,
        List<Scale> scales,
        List<Layer> layers,
        Scale answerScale,
        boolean firesAtZero,
        List<Double> example) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if {@link #isDescribedBy} does not hold, or there are not as many scales or values
     */
    public TrainedModel {
        features = List.copyOf(features);
        scales = List.copyOf(scales);
        layers = List.copyOf(layers);
        example = List.copyOf(example);
        if (!isDescribedBy(layers, features.size())) {
            throw new IllegalArgumentException(
                    "the layers do not lead from " + features.size() + " features to one answer");
        }
        if ((!scales.isEmpty() && scales.size() != features.size()) || example.size() != features.size()) {
            throw new IllegalArgumentException("not one scale and one value for each of " + features);
        }
    }

    /** Whether layers say all of a model: each takes what the one before gives, the first so many features, the last gives one number. */
    public static boolean isDescribedBy(List<Layer> layers, int features) {
        int width = features;
        for (Layer layer : layers) {
            if (layer.weights().size() != width) {
                return false;
            }
            width = layer.bias().size();
        }
        return !layers.isEmpty() && width == 1;
    }

    /**
     * How numbers of a column are scaled: {@code (x - shift) / divisor}.
     *
     * @param shift in the column's raw unit
     * @param divisor in the column's raw unit, not 0
     */
    public record Scale(double shift, double divisor) {

        /** Leaves a number as it is. */
        public static final Scale NONE = new Scale(0, 1);
    }
}
