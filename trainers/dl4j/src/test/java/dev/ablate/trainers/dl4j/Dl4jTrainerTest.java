package dev.ablate.trainers.dl4j;

import dev.ablate.core.dense.DenseOptions;
import dev.ablate.core.dense.DenseTrainerContract;
import dev.ablate.core.training.Trainer;

final class Dl4jTrainerTest extends DenseTrainerContract<Dl4jOptions> {

    @Override
    protected Trainer<Dl4jOptions> trainer() {
        return new Dl4jTrainer();
    }

    @Override
    protected Dl4jOptions options(DenseOptions given) {
        return given.make(Dl4jOptions::new);
    }
}
