package dev.ablate.trainers.dl4j;

import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;

/** Trains dense layers by Deeplearning4j's stochastic gradient descent. */
final class Dl4jTrainer implements Trainer<Dl4jOptions> {

    /**
     * A trainer; nothing is started yet.
     *
     * @throws NoClassDefFoundError if Deeplearning4j is not there: now, rather than in the middle of a run
     */
    Dl4jTrainer() {
        // one class of each library that training cannot do without
        Objects.requireNonNull(MultiLayerNetwork.class);
        Objects.requireNonNull(INDArray.class);
        Objects.requireNonNull(CpuBackend.class);
    }

    @Override
    public Model train(Dl4jOptions options, Training training) {
        Shape shape = options.layers().shape(training.examples().features());
        Network network = new Network(options, shape, options.layers().start(training));
        Rows rows = new Rows(training.examples());
        Batches batches = new Batches(options.batch(), options.order(), training);
        long total = options.length().updatesOf(batches);

        boolean goesOn = training.after(0, total, network);
        for (long update = 1; goesOn && update <= total; update++) {
            batches.next();
            network.learnFrom(rows.of(batches));
            goesOn = training.after(update, total, network);
        }
        return network;
    }

    @Override
    public Model restore(
            Dl4jOptions options, List<String> features, Map<String, Double> parameters, Decision decision) {
        Shape shape = options.layers().shape(features);
        return new Network(options, shape, shape.restored(parameters));
    }
}
