package dev.ablate.core.dense;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a spec would say of a trainer of dense layers, for tests; not given at first: everything but a learning rate of 0.05.
 *
 * <pre>{@code
 * new DenseOptions().hidden(3).epochs(100).make(MlpOptions::new)
 * }</pre>
 */
public final class DenseOptions {

    /**
     * A constructor of an options record that has these components.
     *
     * @param <O> the options record
     */
    public interface Constructor<O extends Record> {
        /** The record of what was given. */
        O make(DescentOptions descent, Order order, LayerOptions layers);
    }

    private Activation activation = Activation.SIGMOID;
    private Loss loss = Loss.MSE;
    private double learningRate = 0.05;
    private Optional<Long> epochs = Optional.empty();
    private Optional<Long> updates = Optional.empty();
    private Batch batch = new Batch.All();
    private Order order = Order.AS_GIVEN;
    private boolean bias = true;
    private Optional<Initial> initialWeights = Optional.empty();
    private Optional<Double> initialBias = Optional.empty();
    private List<Integer> hidden = List.of();
    private Optional<Activation> hiddenActivation = Optional.empty();
    private double l2;
    private Optional<List<InitialLayer>> initialLayers = Optional.empty();

    /** Of the last layer. */
    public DenseOptions activation(Activation value) {
        activation = value;
        return this;
    }

    public DenseOptions loss(Loss value) {
        loss = value;
        return this;
    }

    public DenseOptions learningRate(double value) {
        learningRate = value;
        return this;
    }

    public DenseOptions epochs(long value) {
        epochs = Optional.of(value);
        return this;
    }

    public DenseOptions updates(long value) {
        updates = Optional.of(value);
        return this;
    }

    /** So many rows. */
    public DenseOptions batch(int rows) {
        batch = new Batch.Rows(rows);
        return this;
    }

    public DenseOptions order(Order value) {
        order = value;
        return this;
    }

    /** From a normal distribution; the biases are drawn too. */
    public DenseOptions drawnWeights(double sd) {
        initialWeights = Optional.of(new Initial.Normal(sd));
        return this;
    }

    /** The weights of one neuron; its bias starts at 0. */
    public DenseOptions weights(double... values) {
        return weights(DoubleStream.of(values).boxed().toList());
    }

    /** The weights of one neuron; its bias starts at 0. */
    public DenseOptions weights(List<Double> values) {
        initialWeights = Optional.of(new Initial.Given(values));
        return this;
    }

    /** Where every bias starts. */
    public DenseOptions bias(double value) {
        initialBias = Optional.of(value);
        return this;
    }

    /** No unit has a bias. */
    public DenseOptions noBias() {
        bias = false;
        return this;
    }

    /** Units of each hidden layer. */
    public DenseOptions hidden(int... units) {
        hidden = IntStream.of(units).boxed().toList();
        return this;
    }

    public DenseOptions hiddenActivation(Activation value) {
        hiddenActivation = Optional.of(value);
        return this;
    }

    public DenseOptions l2(double value) {
        l2 = value;
        return this;
    }

    /** Where each layer starts. */
    public DenseOptions layers(InitialLayer... layers) {
        initialLayers = Optional.of(List.of(layers));
        return this;
    }

    /** The options record. */
    public <O extends Record> O make(Constructor<O> constructor) {
        return constructor.make(
                new DescentOptions(activation, loss, learningRate, epochs, updates, batch),
                order,
                new LayerOptions(bias, initialWeights, initialBias, hidden, hiddenActivation, l2, initialLayers));
    }
}
