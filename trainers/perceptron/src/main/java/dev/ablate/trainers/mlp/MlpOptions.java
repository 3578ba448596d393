package dev.ablate.trainers.mlp;

import dev.ablate.core.data.Schema;
import dev.ablate.core.dense.DescentOptions;
import dev.ablate.core.dense.LayerOptions;
import dev.ablate.core.option.DependsOnData;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.AnswerRange;
import dev.ablate.core.training.LimitedAnswers;
import dev.ablate.core.training.Order;
import java.util.Optional;

/**
 * Options of several layers; those that the perceptron or Deeplearning4j has too mean the same.
 *
 * <p>The record holds what is used: {@code hiddenActivation} is empty where there is no hidden layer, {@code initialWeights}
 * where there are {@code initialLayers}, and {@code initialBias} where biases are drawn, given by layers, or not there.
 */
public record MlpOptions(
        DescentOptions descent,

        @Option(help = "in which order rows are learned from", fallback = "as-given")
        Order order,

        LayerOptions layers)
        implements DependsOnData, LimitedAnswers {

    /**
     * Fills in what was not given.
     *
     * @throws Refused if options do not fit together
     */
    public MlpOptions {
        Refused.Reasons reasons = Refused.reasons();
        descent.addMisfits(reasons);
        layers.addMisfits(reasons);
        reasons.throwIfAny();
        layers = layers.filledIn();
    }

    @Override
    public void check(Schema schema) {
        Refused.Reasons reasons = Refused.reasons();
        descent.addMisfits(reasons, schema);
        layers.addMisfits(reasons, schema);
        reasons.throwIfAny();
    }

    @Override
    public Optional<AnswerRange> answerRange() {
        return descent.answerRange();
    }
}
