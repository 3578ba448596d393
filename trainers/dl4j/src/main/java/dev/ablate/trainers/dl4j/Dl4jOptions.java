package dev.ablate.trainers.dl4j;

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
 * Options of Deeplearning4j; those that the perceptron or mlp has too mean the same.
 *
 * <p>The record holds what is used: {@code hiddenActivation} is empty where there is no hidden layer, {@code initialWeights}
 * where there are {@code initialLayers}, and {@code initialBias} where biases are drawn, given by layers, or not there.
 */
public record Dl4jOptions(
        DescentOptions descent,

        @Option(help = "in which order rows are learned from: as-given or shuffled", fallback = "as-given")
        Order order,

        LayerOptions layers)
        implements DependsOnData, LimitedAnswers {

    /**
     * Fills in what was not given.
     *
     * @throws Refused if options do not fit together
     */
    public Dl4jOptions {
        Refused.Reasons reasons = Refused.reasons();
        descent.addMisfits(reasons);
        reasons.addIf(
                order == Order.WITH_REPLACEMENT,
                "order",
                "an epoch has every row once here: choose as-given or shuffled, or trainer mlp");
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
