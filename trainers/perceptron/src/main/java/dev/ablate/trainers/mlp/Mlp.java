package dev.ablate.trainers.mlp;

import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.util.List;
import java.util.Map;

/** Trains neurons in layers. */
final class Mlp implements Trainer<MlpOptions> {

    @Override
    public Model train(MlpOptions options, Training training) {
        Shape shape = options.layers().shape(training.examples().features());
        Network network = new Network(shape, options.layers().start(training));
        Backpropagation backpropagation = new Backpropagation(options, training.examples(), network);
        Batches batches = new Batches(options.batch(), options.order(), training);
        long total = options.length().updatesOf(batches);

        boolean goesOn = training.after(0, total, network);
        for (long update = 1; goesOn && update <= total; update++) {
            batches.next();
            backpropagation.learnFrom(batches);
            goesOn = training.after(update, total, network);
        }
        return network;
    }

    @Override
    public Model restore(MlpOptions options, List<String> features, Map<String, Double> parameters, Decision decision) {
        Shape shape = options.layers().shape(features);
        return new Network(shape, shape.restored(parameters));
    }
}
