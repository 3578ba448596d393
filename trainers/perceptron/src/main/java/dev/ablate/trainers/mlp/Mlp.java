package dev.ablate.trainers.mlp;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.dense.Shape;
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

/** Trains neurons in layers. */
final class Mlp implements Explains<MlpOptions> {

    @Override
    public boolean fits(Task task) {
        return true;
    }

    @Override
    public Model train(MlpOptions options, Training training) {
        MlpNetwork network = network(options, training);
        train(options, training, network, MlpWatcher.NOBODY);
        return network;
    }

    @Override
    public Optional<Explanation> explain(MlpOptions options, Training training, long update, int row) {
        MlpNetwork network = network(options, training);
        MlpWitness witness = new MlpWitness(options, training, network, update, row);
        train(options, training, network, witness);
        return witness.explanation();
    }

    private static MlpNetwork network(MlpOptions options, Training training) {
        Shape shape = shape(options, training.schema());
        return new MlpNetwork(shape, options.layers().start(training, shape));
    }

    private static void train(MlpOptions options, Training training, MlpNetwork network, MlpWatcher watcher) {
        FusedMultiplyAdd.require();
        int most = options.descent().batch().of(training.examples().size());
        Backpropagation backpropagation = new Backpropagation(options, training.examples(), network, most, watcher);
        Batches batches = new Batches(options.descent().batch(), options.order(), training);
        long total = options.descent().length().updatesOf(batches);

        boolean goesOn = training.after(0, total, network);
        for (long update = 1; goesOn && update <= total; update++) {
            batches.next();
            boolean watched = watcher.begins(update, batches, network);
            backpropagation.learnFrom(batches, watched);
            watcher.ends(network);
            goesOn = training.after(update, total, network);
        }
    }

    @Override
    public Model restore(MlpOptions options, Schema schema, InputStream in) throws IOException {
        Shape shape = shape(options, schema);
        return new MlpNetwork(shape, shape.restored(Parameters.read(in)));
    }

    private static Shape shape(MlpOptions options, Schema schema) {
        return options.layers().shape(schema, options.descent().activation());
    }
}
