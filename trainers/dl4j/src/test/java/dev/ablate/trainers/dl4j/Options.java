package dev.ablate.trainers.dl4j;

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

/** What a spec would say of Deeplearning4j; not given at first: everything but a learning rate of 0.05. */
final class Options {

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

    Options activation(Activation value) {
        activation = value;
        return this;
    }

    Options loss(Loss value) {
        loss = value;
        return this;
    }

    Options learningRate(double value) {
        learningRate = value;
        return this;
    }

    Options epochs(long value) {
        epochs = Optional.of(value);
        return this;
    }

    Options updates(long value) {
        updates = Optional.of(value);
        return this;
    }

    Options batch(int rows) {
        batch = new Batch.Rows(rows);
        return this;
    }

    Options order(Order value) {
        order = value;
        return this;
    }

    /** The biases are drawn too. */
    Options drawnWeights(double sd) {
        initialWeights = Optional.of(new Initial.Normal(sd));
        return this;
    }

    Options weights(double... values) {
        return weights(DoubleStream.of(values).boxed().toList());
    }

    Options weights(List<Double> values) {
        initialWeights = Optional.of(new Initial.Given(values));
        return this;
    }

    Options bias(double value) {
        initialBias = Optional.of(value);
        return this;
    }

    Options noBias() {
        bias = false;
        return this;
    }

    Options hidden(int... units) {
        hidden = IntStream.of(units).boxed().toList();
        return this;
    }

    Options hiddenActivation(Activation value) {
        hiddenActivation = Optional.of(value);
        return this;
    }

    Options l2(double value) {
        l2 = value;
        return this;
    }

    Options layers(InitialLayer... layers) {
        initialLayers = Optional.of(List.of(layers));
        return this;
    }

    Dl4jOptions make() {
        return new Dl4jOptions(
                activation,
                loss,
                learningRate,
                epochs,
                updates,
                batch,
                order,
                bias,
                initialWeights,
                initialBias,
                hidden,
                hiddenActivation,
                l2,
                initialLayers);
    }
}
