package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.dense.LayerOptions;
import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Explains;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import dev.ablate.core.training.Training;
import dev.ablate.trainers.kernel.FusedMultiplyAdd;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Trains one neuron, or of three classes or more one for each. */
final class Perceptron implements Explains<PerceptronOptions> {

    private static final Batch ONE_ROW = new Batch.Rows(1);

    @Override
    public boolean fits(Task task) {
        return true;
    }

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

    private static Model train(PerceptronOptions options, Training training, Watcher watcher) {
        FusedMultiplyAdd.require();
        return training.schema().outputs() == 1
                ? oneNeuron(options, training, watcher)
                : classNeurons(options, training, watcher);
    }

    private static Model classNeurons(PerceptronOptions options, Training training, Watcher watcher) {
        Shape shape = shape(options, training.schema());
        LayerOptions layers = options.layers().filledIn();
        ClassNeurons neurons =
                new ClassNeurons(shape, layers.start(training, shape).get(0));
        try (Rule rule = new ClassDescent(options, training.examples(), neurons, watcher)) {
            learn(options, training, neurons, rule, watcher);
        }
        return neurons;
    }

    private static Shape shape(PerceptronOptions options, Schema schema) {
        return options.layers().shape(schema, options.activation());
    }

    private static Model oneNeuron(PerceptronOptions options, Training training, Watcher watcher) {
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

    private static void learn(PerceptronOptions options, Training training, Model model, Rule rule, Watcher watcher) {
        Batches batches = new Batches(options.batch().orElse(ONE_ROW), options.order(), training);
        long total = options.updates()
                .orElseGet(() -> batches.updatesIn(options.epochs().orElseThrow()));

        boolean goesOn = training.after(0, total, model);
        for (long update = 1; goesOn && update <= total; update++) {
            batches.next();
            boolean watched = watcher.begins(update, batches, model);
            rule.learnFrom(batches, watched);
            watcher.ends(model);
            goesOn = training.after(update, total, model);
        }
    }

    @Override
    public Model restore(PerceptronOptions options, Schema schema, InputStream in) throws IOException {
        if (schema.outputs() == 1) {
            return Neuron.restored(options, schema.featureNames(), in);
        }
        Shape shape = shape(options, schema);
        return new ClassNeurons(shape, shape.restored(Parameters.read(in)).get(0));
    }

    private static double initialBias(PerceptronOptions options, Training training) {
        if (!options.bias()) {
            return 0;
        }
        return options.initialBias()
                .orElseGet(() -> options.initialWeights().numbers(1, () -> training.random("init.bias"))[0]);
    }
}
