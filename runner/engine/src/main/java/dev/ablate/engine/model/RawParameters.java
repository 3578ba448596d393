package dev.ablate.engine.model;

import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.model.TrainedModel.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a neuron that learned from scaled data would have learned from raw ones. */
public final class RawParameters {

    private RawParameters() {}

    /**
     * The weights of a model in raw units: dollars a square foot.
     *
     * <p>With {@code z = sum of w (x - shift) / divisor + b} the raw weight is {@code w / divisor} and the raw bias
     * {@code b - sum of w shift / divisor}, so that the weighted sum is the same; a scaled target is then undone too.
     *
     * @param model a stored model
     * @param biased whether its neuron, or each of its neurons, has a bias
     * @return by the names that a model's parameters have, with each {@code bias} even if the trainer had none, where a scaling shifts;
     *     empty if nothing is scaled, the model is not one dense layer, or the target is scaled and the activation bends the sum
     */
    public static Optional<Map<String, Double>> of(TrainedModel model, boolean biased) {
        boolean answersScaled = !model.answerScale().equals(Scale.NONE);
        List<Layer> layers = model.layers();
        if ((model.scales().isEmpty() && !answersScaled) || layers.size() != 1) {
            return Optional.empty();
        }
        Layer neuron = layers.get(0);
        return answersScaled && neuron.activation() != Activation.IDENTITY
                ? Optional.empty()
                : Optional.of(raw(neuron, model, biased));
    }

    private static Map<String, Double> raw(Layer layer, TrainedModel model, boolean biased) {
        Scale target = model.answerScale();
        int units = layer.bias().size();
        int width = model.features().size();
        double[] weights = new double[width * units];
        double[] bias = layer.bias().stream().mapToDouble(Double::doubleValue).toArray();
        boolean shifted = target.shift() != 0;
        for (int k = 0; k < width; k++) {
            Scale feature =
                    model.scales().isEmpty() ? Scale.NONE : model.scales().get(k);
            shifted |= feature.shift() != 0;
            for (int unit = 0; unit < units; unit++) {
                double weight = layer.weights().get(k).get(unit) / feature.divisor();
                bias[unit] -= weight * feature.shift();
                weights[k * units + unit] = weight * target.divisor();
            }
        }
        Arrays.setAll(bias, unit -> target.raw(bias[unit]));
        Shape shape = new Shape(
                model.features(),
                List.of(units),
                List.of(layer.activation()),
                biased || shifted,
                units == 1 ? List.of() : model.classes());
        return shape.parameters(List.of(shape.layer(0, weights, bias)));
    }

    /** Whether a model with these learned numbers has biases of its own: of one neuron {@code bias}, of several {@code bias/CLASS}. */
    public static boolean isBiased(Map<String, Double> parameters) {
        return parameters.keySet().stream().anyMatch(name -> name.equals("bias") || name.startsWith("bias/"));
    }
}
