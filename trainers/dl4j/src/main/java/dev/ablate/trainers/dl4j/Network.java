package dev.ablate.trainers.dl4j;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.CrashReportingUtil;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A network of Deeplearning4j in double precision; it changes while it learns, and no more afterwards.
 *
 * <p>A model that nobody looks at costs nothing: numbers are read out of the network when they are asked for.
 */
final class Network implements Model {

    /** A network is not made for several threads, and all of them share one arithmetic: so one works at a time. */
    private static final Object ONE_AT_A_TIME = new Object();

    /**
     * Deeplearning4j divides by {@code p (1 - p)} of a sigmoid, and multiplies by it again: nearer to 0 and 1 it takes this, so that it
     * never divides by 0. By default that would be 1e-5, where it learns a hundredth of what the row says.
     */
    private static final double NEAREST_TO_CERTAIN = 1e-15;

    private final Shape shape;
    private final MultiLayerNetwork network;

    Network(Dl4jOptions options, Shape shape, List<Layer> start) {
        this.shape = shape;
        // out of memory, it would write a file into the working directory, with a library that is left out here
        CrashReportingUtil.crashDumpsEnabled(false);
        synchronized (ONE_AT_A_TIME) {
            useOneThread();
            this.network = new MultiLayerNetwork(configuration(options, shape));
            network.init();
            for (int layer = 0; layer < start.size(); layer++) {
                set(layer, start.get(layer));
            }
        }
    }

    /** Else the machine's cores decide how many there are, and results must not depend on the machine. */
    private static void useOneThread() {
        // wakes ND4J, without which there are no native operations
        Nd4j.factory().blas().setMaxThreads(1);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }

    /** Makes one update. */
    void learnFrom(DataSet batch) {
        synchronized (ONE_AT_A_TIME) {
            network.fit(batch.getFeatures(), batch.getLabels());
        }
    }

    @Override
    public void predict(Matrix rows, double[] answers) {
        shape.requireRows(rows, answers);
        if (answers.length == 0) {
            return;
        }
        synchronized (ONE_AT_A_TIME) {
            INDArray output = network.output(Rows.matrix(rows.toArray(), rows.size(), shape.inputs(0)));
            System.arraycopy(output.dup('c').data().asDouble(), 0, answers, 0, answers.length);
        }
    }

    @Override
    public Map<String, Double> parameters() {
        return shape.parameters(layers());
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Parameters.write(parameters(), out);
    }

    @Override
    public List<Layer> layers() {
        synchronized (ONE_AT_A_TIME) {
            List<Layer> layers = new ArrayList<>();
            for (int layer = 0; layer < shape.layers(); layer++) {
                double[] weights = weights(layer).dup('c').data().asDouble();
                double[] bias = shape.biased() ? bias(layer).dup('c').data().asDouble() : new double[0];
                layers.add(shape.layer(layer, weights, bias));
            }
            return List.copyOf(layers);
        }
    }

    private void set(int layer, Layer numbers) {
        int units = numbers.bias().size();
        double[] weights = numbers.weights().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray();
        weights(layer).assign(Rows.matrix(weights, numbers.weights().size(), units));
        if (shape.biased()) {
            double[] bias =
                    numbers.bias().stream().mapToDouble(Double::doubleValue).toArray();
            bias(layer).assign(Rows.matrix(bias, 1, units));
        }
    }

    /** The weights of a layer, {@code [inputs, units]}: the network's own, not a copy. */
    private INDArray weights(int layer) {
        return network.getLayer(layer).getParam(DefaultParamInitializer.WEIGHT_KEY);
    }

    /** The biases of a layer, {@code [1, units]}: the network's own, not a copy. */
    private INDArray bias(int layer) {
        return network.getLayer(layer).getParam(DefaultParamInitializer.BIAS_KEY);
    }

    private static MultiLayerConfiguration configuration(Dl4jOptions options, Shape shape) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(options.descent().learningRate()))
                // divides the sum of the rows' gradients by their number
                .miniBatch(isMean(options.descent().loss()))
                .l2(options.layers().l2())
                // no chance: every number is set after this
                .seed(0)
                .weightInit(WeightInit.ZERO)
                .list();
        int last = shape.layers() - 1;
        for (int layer = 0; layer < last; layer++) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(shape.inputs(layer))
                    .nOut(shape.units().get(layer))
                    .activation(activation(shape.activations().get(layer)))
                    .hasBias(shape.biased())
                    .build());
        }
        return layers.layer(new OutputLayer.Builder(loss(options.descent().loss(), shape.outputs()))
                        .nIn(shape.inputs(last))
                        .nOut(shape.outputs())
                        .activation(activation(options.descent().activation()))
                        .hasBias(shape.biased())
                        .build())
                .build();
    }

    private static boolean isMean(Loss loss) {
        return loss == Loss.MSE || loss == Loss.CROSS_ENTROPY;
    }

    // Deeplearning4j's losses are of one row: miniBatch says whether their gradients are averaged over the rows or
    // summed.
    private static ILossFunction loss(Loss loss, int outputs) {
        return switch (loss) {
            case CROSS_ENTROPY -> outputs == 1 ? new LossBinaryXENT(NEAREST_TO_CERTAIN) : new LossMCXENT();
            case HALF_SSE -> new LossL2(Rows.matrix(new double[] {0.5}, 1, 1));
            case SSE -> new LossL2();
            case MSE -> new LossMSE();
        };
    }

    private static IActivation activation(Activation activation) {
        return switch (activation) {
            case IDENTITY -> new ActivationIdentity();
            case SIGMOID -> new ActivationSigmoid();
            case TANH -> new ActivationTanH();
            case RELU -> new ActivationReLU();
            case SOFTMAX -> new ActivationSoftmax();
            case STEP -> throw new IllegalArgumentException("a step has no slope");
        };
    }
}
