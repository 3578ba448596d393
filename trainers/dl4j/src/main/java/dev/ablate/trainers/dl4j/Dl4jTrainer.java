package dev.ablate.trainers.dl4j;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;

/** Trains dense layers by Deeplearning4j's stochastic gradient descent. */
final class Dl4jTrainer implements Trainer<Dl4jOptions> {

    /** With less, the native code of ND4J meets the end of Java's memory and aborts the process: seen at 22 MB, never from 40 on. */
    private static final long LEAST_HEAP = 48L << 20;

    /**
     * A trainer; nothing is started yet.
     *
     * @throws NoClassDefFoundError if Deeplearning4j is not there: now, rather than in the middle of a run
     * @throws IllegalStateException if Java's heap is too small for it
     */
    Dl4jTrainer() {
        this(Runtime.getRuntime().maxMemory());
    }

    /** @param heap how large Java's heap can become, in bytes */
    Dl4jTrainer(long heap) {
        if (heap < LEAST_HEAP) {
            throw new IllegalStateException(
                    "Deeplearning4j needs a Java heap of " + (LEAST_HEAP >> 20) + " MB or more, and it is limited to "
                            + (heap >> 20) + " MB: raise -Xmx, in JAVA_TOOL_OPTIONS for one");
        }
        // one class of each library that training cannot do without
        Objects.requireNonNull(MultiLayerNetwork.class);
        Objects.requireNonNull(INDArray.class);
        Objects.requireNonNull(CpuBackend.class);
    }

    @Override
    public boolean fits(Task task) {
        return true;
    }

    @Override
    public Model train(Dl4jOptions options, Training training) {
        Shape shape = shape(options, training.schema());
        Network network = new Network(options, shape, options.layers().start(training, shape));
        Rows rows = new Rows(training.examples(), shape.outputs());
        Batches batches = new Batches(options.descent().batch(), options.order(), training);
        long total = options.descent().length().updatesOf(batches);

        boolean goesOn = training.after(0, total, network);
        for (long update = 1; goesOn && update <= total; update++) {
            batches.next();
            network.learnFrom(rows.of(batches));
            goesOn = training.after(update, total, network);
        }
        return network;
    }

    @Override
    public Model restore(Dl4jOptions options, Schema schema, InputStream in) throws IOException {
        Shape shape = shape(options, schema);
        return new Network(options, shape, shape.restored(Parameters.read(in)));
    }

    private static Shape shape(Dl4jOptions options, Schema schema) {
        return options.layers().shape(schema, options.descent().activation());
    }
}
