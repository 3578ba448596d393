package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.util.List;
import java.util.Map;

/** Trains one neuron. */
final class Perceptron implements Trainer<PerceptronOptions> {

    private static final Batch ONE_ROW = new Batch.Rows(1);

    @Override
    public Model train(PerceptronOptions options, Training training) {
        Examples examples = training.examples();
        double[] weights = options.initialWeights().numbers(examples.width(), () -> training.random("init.weights"));
        double bias = initialBias(options, training);
        Neuron neuron = new Neuron(options, training.decision(), examples.features(), weights, bias);
        boolean steps = options.activation() == Activation.STEP;
        Rule rule = steps ? new Rosenblatt(options, examples, neuron) : new Descent(options, examples, neuron);
        Batches batches = new Batches(options.batch().orElse(ONE_ROW), options.order(), training);
        long total = options.updates()
                .orElseGet(() -> batches.updatesIn(options.epochs().orElseThrow()));

        boolean goesOn = training.after(0, total, neuron);
        for (long update = 1; goesOn && update <= total; update++) {
            batches.next();
            rule.learnFrom(batches);
            goesOn = training.after(update, total, neuron);
        }
        return neuron;
    }

    @Override
    public Model restore(
            PerceptronOptions options, List<String> features, Map<String, Double> parameters, Decision decision) {
        return Neuron.restored(options, decision, List.copyOf(features), parameters);
    }

    private static double initialBias(PerceptronOptions options, Training training) {
        if (!options.bias()) {
            return 0;
        }
        return options.initialBias()
                .orElseGet(() -> options.initialWeights().numbers(1, () -> training.random("init.bias"))[0]);
    }
}
