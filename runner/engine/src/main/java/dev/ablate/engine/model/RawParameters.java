package dev.ablate.engine.model;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.model.TrainedModel.Scale;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a neuron that learned from scaled data would have learned from raw ones. */
public final class RawParameters {

    private static final String BIAS = "bias";

    private RawParameters() {}

    /**
     * The weights of a model in raw units: dollars a square foot.
     *
     * <p>With {@code z = sum of w (x - shift) / divisor + b} the raw weight is {@code w / divisor} and the raw bias
     * {@code b - sum of w shift / divisor}, so that the weighted sum is the same; a scaled target is then undone too.
     *
     * @param model a stored model
     * @param biased whether its neuron has a bias
     * @return by the feature's name, then {@code bias}, which is there even if the trainer had none, where a scaling shifts;
     *     empty if nothing is scaled, the model is not one dense layer of one unit, or the target is scaled and the activation bends
     *     the sum
     */
    public static Optional<Map<String, Double>> of(TrainedModel model, boolean biased) {
        boolean answersScaled = !model.answerScale().equals(Scale.NONE);
        List<Layer> layers = model.layers();
        if ((model.scales().isEmpty() && !answersScaled)
                || layers.size() != 1
                || layers.get(0).bias().size() != 1) {
            return Optional.empty();
        }
        Layer neuron = layers.get(0);
        return answersScaled && neuron.activation() != Activation.IDENTITY
                ? Optional.empty()
                : Optional.of(raw(neuron, model, biased));
    }

    private static Map<String, Double> raw(Layer neuron, TrainedModel model, boolean biased) {
        Scale target = model.answerScale();
        Map<String, Double> raw = new LinkedHashMap<>();
        double bias = neuron.bias().get(0);
        boolean shifted = target.shift() != 0;
        for (int k = 0; k < model.features().size(); k++) {
            Scale feature =
                    model.scales().isEmpty() ? Scale.NONE : model.scales().get(k);
            double weight = neuron.weights().get(k).get(0) / feature.divisor();
            bias -= weight * feature.shift();
            shifted |= feature.shift() != 0;
            raw.put(model.features().get(k), weight * target.divisor());
        }
        if (biased || shifted) {
            raw.put(BIAS, target.raw(bias));
        }
        return Collections.unmodifiableMap(raw);
    }

    /** Whether a model with these learned numbers has a bias of its own. */
    public static boolean isBiased(Map<String, Double> parameters) {
        return parameters.containsKey(BIAS);
    }
}
