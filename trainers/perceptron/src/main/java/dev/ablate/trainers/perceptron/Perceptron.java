package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Explains;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.trainers.kernel.FusedMultiplyAdd;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Trains one neuron. */
final class Perceptron implements Explains<PerceptronOptions> {

    private static final Batch ONE_ROW = new Batch.Rows(1);

    @Override
    public Model train(PerceptronOptions options, Training training) {
        return train(options, training, Watcher.NOBODY);
    }

    @Override
    public Optional<Explanation> explain(PerceptronOptions options, Training training, long update, int row) {
        Witness witness = new Witness(options, training, update, row);
        train(options, training, witness);
        return witness.explanation();
    }

    private static Neuron train(PerceptronOptions options, Training training, Watcher watcher) {
        FusedMultiplyAdd.require();
        Examples examples = training.examples();
        double[] weights = options.initialWeights().numbers(examples.width(), () -> training.random("init.weights"));
        double bias = initialBias(options, training);
        Neuron neuron = new Neuron(options, training.decision(), examples.features(), weights, bias);
        boolean steps = options.activation() == Activation.STEP;
        try (Rule rule = steps
                ? new Rosenblatt(options, examples, neuron, watcher)
                : new Descent(options, examples, neuron, watcher, training.threads())) {
            learn(options, training, neuron, rule, watcher);
        }
        return neuron;
    }

    private static void learn(PerceptronOptions options, Training training, Neuron neuron, Rule rule, Watcher watcher) {
        Batches batches = new Batches(options.batch().orElse(ONE_ROW), options.order(), training);
        long total = options.updates()
                .orElseGet(() -> batches.updatesIn(options.epochs().orElseThrow()));

        boolean goesOn = training.after(0, total, neuron);
        for (long update = 1; goesOn && update <= total; update++) {
            batches.next();
            boolean watched = watcher.begins(update, batches, neuron);
            rule.learnFrom(batches, watched);
            watcher.ends(neuron);
            goesOn = training.after(update, total, neuron);
        }
    }

    @Override
    public Model restore(PerceptronOptions options, Schema schema, InputStream in) throws IOException {
        return Neuron.restored(options, schema.featureNames(), in);
    }

    private static double initialBias(PerceptronOptions options, Training training) {
        if (!options.bias()) {
            return 0;
        }
        return options.initialBias()
                .orElseGet(() -> options.initialWeights().numbers(1, () -> training.random("init.bias"))[0]);
    }
}
