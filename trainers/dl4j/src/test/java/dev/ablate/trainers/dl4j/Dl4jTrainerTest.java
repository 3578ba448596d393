package dev.ablate.trainers.dl4j;

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

/** The contract, for each kind of network and each way to go through the rows. */
final class Dl4jTrainerTest {

    @Nested
    final class ByShuffledBatches extends Dl4jContract {
        @Override
        Options options() {
            return new Options().batch(2).order(Order.SHUFFLED).loss(Loss.HALF_SSE);
        }
    }

    @Nested
    final class RowByRowFromAFixedStart extends Dl4jContract {
        @Override
        Options options() {
            return new Options().batch(1).noBias().weights(0.5, -0.25).activation(Activation.TANH);
        }
    }

    @Nested
    final class WithHiddenLayers extends Dl4jContract {
        @Override
        Options options() {
            return new Options().hidden(3, 2).batch(2).order(Order.SHUFFLED).l2(0.01);
        }
    }

    @Nested
    final class WithAHiddenLayerWithoutABias extends Dl4jContract {
        @Override
        Options options() {
            return new Options().hidden(4).hiddenActivation(Activation.RELU).noBias();
        }
    }

    private abstract static class Dl4jContract extends TrainerContract<Dl4jOptions> {

        abstract Options options();

        @Override
        protected Trainer<Dl4jOptions> trainer() {
            return new Dl4jTrainer();
        }

        @Override
        protected Dl4jOptions options(long updates) {
            return options().updates(updates).make();
        }

        @Override
        protected Map<String, Supplier<Dl4jOptions>> refused() {
            return Map.of(
                    "activation",
                            () -> options()
                                    .updates(1)
                                    .activation(Activation.STEP)
                                    .make(),
                    "order",
                            () -> options()
                                    .updates(1)
                                    .order(Order.WITH_REPLACEMENT)
                                    .make(),
                    "epochs", () -> options().make(),
                    "updates", () -> options().updates(1).epochs(1).make(),
                    "initial_bias", () -> options().updates(1).noBias().bias(1).make());
        }

        @Override
        protected Optional<Dl4jOptions> oneUpdate(
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
