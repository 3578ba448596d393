package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Task;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.TrainerContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;

/** The contract, for each way in which a neuron learns. */
final class PerceptronTest {

    @Nested
    final class ByTheWholeBatch extends PerceptronContract {
        @Override
        Options options() {
            return new Options().activation(Activation.TANH);
        }
    }

    @Nested
    final class ByShuffledBatches extends PerceptronContract {
        @Override
        Options options() {
            return new Options().batch(2).order(Order.SHUFFLED).loss(Loss.HALF_SSE);
        }
    }

    @Nested
    final class ByRowsDrawnAgain extends PerceptronContract {
        @Override
        Options options() {
            return new Options().batch(1).order(Order.WITH_REPLACEMENT).gradient(Gradient.AS_PUBLISHED);
        }
    }

    @Nested
    final class ByCrossEntropy extends PerceptronContract {
        @Override
        Options options() {
            return new Options().loss(Loss.CROSS_ENTROPY).batch(3);
        }
    }

    @Nested
    final class OfClassesByTheWholeBatch extends OfClasses {
        @Override
        Options options() {
            return new Options().activation(Activation.SOFTMAX);
        }
    }

    @Nested
    final class OfClassesByShuffledBatchesWithoutABias extends OfClasses {
        @Override
        Options options() {
            return new Options()
                    .activation(Activation.SOFTMAX)
                    .batch(2)
                    .order(Order.SHUFFLED)
                    .noBias();
        }
    }

    @Nested
    final class OfClassesRowByRowFromAFixedStart extends OfClasses {
        @Override
        Options options() {
            return new Options().activation(Activation.SOFTMAX).batch(1).weights(0.5, -0.25, 0, 0.125, 0.25, -0.5);
        }
    }

    private abstract static class OfClasses extends PerceptronContract {
        @Override
        protected Task task() {
            return Task.CLASSES;
        }
    }

    @Nested
    final class WithoutABias extends PerceptronContract {
        @Override
        Options options() {
            return new Options().noBias().activation(Activation.RELU).loss(Loss.SSE);
        }
    }

    @Nested
    final class FromAFixedStart extends PerceptronContract {
        @Override
        Options options() {
            return new Options().weights(0.5, -0.25).activation(Activation.IDENTITY);
        }
    }

    @Nested
    final class ByRosenblattsRule extends PerceptronContract {
        @Override
        Options options() {
            return new Options().activation(Activation.STEP).order(Order.SHUFFLED);
        }
    }

    @Nested
    final class ByRosenblattsRuleFromNothing extends PerceptronContract {
        // every weighted sum is 0 at first, so that the tie decides
        @Override
        Options options() {
            return new Options().activation(Activation.STEP).weights(0, 0);
        }
    }

    private abstract static class PerceptronContract extends TrainerContract<PerceptronOptions> {

        abstract Options options();

        @Override
        protected Trainer<PerceptronOptions> trainer() {
            return new Perceptron();
        }

        @Override
        protected PerceptronOptions options(long updates) {
            return options().updates(updates).make();
        }

        @Override
        protected Map<String, Supplier<PerceptronOptions>> refused() {
            return Map.of(
                    "epochs", () -> options().make(),
                    "updates", () -> options().updates(1).epochs(1).make(),
                    "initial_bias", () -> options().updates(1).noBias().bias(1).make());
        }

        @Override
        protected Optional<PerceptronOptions> oneUpdate(
                Activation activation, Loss loss, double learningRate, List<Double> weights, Optional<Double> bias) {
            Options options = new Options()
                    .activation(activation)
                    .loss(loss)
                    .learningRate(learningRate)
                    .weights(weights)
                    .updates(1);
            return Optional.of(
                    bias.map(options::bias).orElseGet(options::noBias).make());
        }
    }
}
