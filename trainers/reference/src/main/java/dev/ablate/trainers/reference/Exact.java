package dev.ablate.trainers.reference;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.io.InputStream;

/**
 * The best weights of one neuron, in one go: of a number those with the least sum of squared errors, of two classes the most likely.
 */
final class Exact implements Trainer<ExactOptions> {

    @Override
    public Model train(ExactOptions options, Training training) {
        Examples examples = training.examples();
        Design design = new Design(examples, options.bias(), options.l2());
        double[] numbers = training.schema().task().orElseThrow() == Task.REGRESSION
                ? LeastSquares.of(design, examples.targets())
                : MaximumLikelihood.of(design, examples.targets());
        Model model =
                Weighted.of(training.schema(), new double[][] {numbers}, options.bias(), activation(training.schema()));
        training.after(1, 1, model);
        return model;
    }

    @Override
    public Model restore(ExactOptions options, Schema schema, InputStream in) throws IOException {
        return Weighted.restored(schema, options.bias(), activation(schema), in);
    }

    private static Activation activation(Schema schema) {
        return schema.task().orElseThrow() == Task.REGRESSION ? Activation.IDENTITY : Activation.SIGMOID;
    }
}
