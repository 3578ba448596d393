package dev.ablate.trainers.mlp;

import dev.ablate.core.dense.DenseOptions;
import dev.ablate.core.dense.DenseTrainerContract;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.TrainerContract;
import org.junit.jupiter.api.Nested;

/** The contract of dense layers, and what an order of rows drawn again adds to it. */
final class MlpTest extends DenseTrainerContract<MlpOptions> {

    @Nested
    final class ByRowsDrawnAgain extends TrainerContract<MlpOptions> {

        @Override
        protected Trainer<MlpOptions> trainer() {
            return new Mlp();
        }

        @Override
        protected MlpOptions options(long updates) {
            return new DenseOptions()
                    .hidden(3)
                    .batch(1)
                    .order(Order.WITH_REPLACEMENT)
                    .updates(updates)
                    .make(MlpOptions::new);
        }
    }

    @Override
    protected Trainer<MlpOptions> trainer() {
        return new Mlp();
    }

    @Override
    protected MlpOptions options(DenseOptions given) {
        return given.make(MlpOptions::new);
    }
}
