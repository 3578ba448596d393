package dev.ablate.trainers.perceptron;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** What a spec would say of a perceptron; not given at first: everything but a learning rate of 0.05. */
final class Options {

    private Activation activation = Activation.SIGMOID;
    private Optional<Loss> loss = Optional.empty();
    private Optional<Gradient> gradient = Optional.empty();
    private double learningRate = 0.05;
    private Optional<Long> epochs = Optional.empty();
    private Optional<Long> updates = Optional.empty();
    private Optional<Batch> batch = Optional.empty();
    private Order order = Order.AS_GIVEN;
    private boolean bias = true;
    private Initial initialWeights = new Initial.Normal(1);
    private Optional<Double> initialBias = Optional.empty();

    Options activation(Activation value) {
        activation = value;
        return this;
    }

    Options loss(Loss value) {
        loss = Optional.of(value);
        return this;
    }

    Options gradient(Gradient value) {
        gradient = Optional.of(value);
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
        batch = Optional.of(new Batch.Rows(rows));
        return this;
    }

    Options order(Order value) {
        order = value;
        return this;
    }

    /** The bias is drawn, or starts at 0 where the weights are given. */
    Options drawnWeights(double sd) {
        initialWeights = new Initial.Normal(sd);
        return this;
    }

    Options weights(double... values) {
        return weights(DoubleStream.of(values).boxed().toList());
    }

    Options weights(List<Double> values) {
        initialWeights = new Initial.Given(values);
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

    PerceptronOptions make() {
        return new PerceptronOptions(
                activation,
                loss,
                gradient,
                learningRate,
                epochs,
                updates,
                batch,
                order,
                bias,
                initialWeights,
                initialBias);
    }
}
