package dev.ablate.engine.train;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import dev.ablate.engine.data.RunData;
import dev.ablate.engine.data.Scaling;
import dev.ablate.engine.plan.ColumnScale;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.ScaleSettings;
import dev.ablate.engine.plan.ScaleSettings.Method;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
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
     * The weights of a finished run in raw units: dollars a square foot.
     *
     * <p>With {@code z = sum of w (x - shift) / divisor + b} the raw weight is {@code w / divisor} and the raw bias
     * {@code b - sum of w shift / divisor}, so that the weighted sum is the same; a scaled target is then undone too.
     *
     * @param run what was planned
     * @param record what came of it
     * @return by the feature's name, then {@code bias}, which is there even if the trainer had none, where a scaling shifts;
     *     empty if the run has not finished, nothing is scaled, the model is not one dense layer of one unit, or the target is
     *     scaled and the activation bends the sum
     */
    public static Optional<Map<String, Double>> of(PlannedRun run, RunRecord record) {
        if (record.status() != RunStatus.FINISHED || run.scale().equals(ScaleSettings.NONE)) {
            return Optional.empty();
        }
        List<Layer> layers =
                run.trainer().restore(run.features(), record.parameters()).layers();
        if (layers.size() != 1 || layers.get(0).bias().size() != 1) {
            return Optional.empty();
        }
        Layer neuron = layers.get(0);
        if (run.scale().target() != Method.NONE && neuron.activation() != Activation.IDENTITY) {
            return Optional.empty();
        }
        return Optional.of(
                raw(neuron, run, RunData.of(run).scaling(), record.parameters().containsKey(BIAS)));
    }

    private static Map<String, Double> raw(Layer neuron, PlannedRun run, Scaling scaling, boolean biased) {
        ColumnScale target = scaling.target();
        Map<String, Double> raw = new LinkedHashMap<>();
        double bias = neuron.bias().get(0);
        boolean shifted = target.shift() != 0;
        for (int k = 0; k < run.features().size(); k++) {
            ColumnScale feature = scaling.features().get(k);
            double weight = neuron.weights().get(k).get(0) / feature.divisor();
            bias -= weight * feature.shift();
            shifted |= feature.shift() != 0;
            raw.put(run.features().get(k), weight * target.divisor());
        }
        if (biased || shifted) {
            raw.put(BIAS, target.raw(bias));
        }
        return Collections.unmodifiableMap(raw);
    }
}
