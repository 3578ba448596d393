package dev.ablate.trainers.reference;

import dev.ablate.core.data.DataException;
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
 * The best weights of one neuron, in one go: of a number those with the least sum of squared errors, of two classes the most likely. Of
 * more classes the most likely of a neuron for each.
 */
final class Exact implements Trainer<ExactOptions> {

    @Override
    public boolean fits(Task task) {
        return true;
    }

    @Override
    public Model train(ExactOptions options, Training training) {
        Examples examples = training.examples();
        Design design = new Design(examples, options.bias(), options.l2());
        Schema schema = training.schema();
        Model model =
                Weighted.of(schema, numbers(design, examples.targets(), schema), options.bias(), activation(schema));
        training.after(1, 1, model);
        return model;
    }

    private static double[][] numbers(Design design, double[] targets, Schema schema) {
        try {
            return switch (task(schema)) {
                case REGRESSION -> new double[][] {LeastSquares.of(design, targets)};
                case BINARY_CLASSIFICATION -> new double[][] {MaximumLikelihood.of(design, targets)};
                case CLASSES -> SeveralClasses.of(design, targets, schema.classes());
            };
        } catch (IllegalArgumentException e) {
            throw new DataException("these rows", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Model restore(ExactOptions options, Schema schema, InputStream in) throws IOException {
        return Weighted.restored(schema, options.bias(), activation(schema), in);
    }

    private static Activation activation(Schema schema) {
        return switch (task(schema)) {
            case REGRESSION -> Activation.IDENTITY;
            case BINARY_CLASSIFICATION -> Activation.SIGMOID;
            case CLASSES -> Activation.SOFTMAX;
        };
    }

    private static Task task(Schema schema) {
        return schema.task().orElseThrow();
    }
}
