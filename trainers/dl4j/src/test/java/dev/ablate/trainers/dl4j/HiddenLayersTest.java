package dev.ablate.trainers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HiddenLayersTest {

    private static final Examples XOR =
            Examples.of(List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, new double[] {0, 1, 1, 0});

    private static final InitialLayer FIRST =
            new InitialLayer(List.of(List.of(0.5, -0.75), List.of(-0.25, 1.0)), Optional.of(List.of(0.125, -0.5)));

    private static final InitialLayer LAST = new InitialLayer(List.of(List.of(1.5), List.of(-2.0)), Optional.empty());

    @Test
    void solveXor() {
        assertThat(largestError(Activation.TANH)).isLessThan(0.1);
    }

    @Test
    void doNotSolveXorWithoutAnActivation() {
        assertThat(largestError(Activation.IDENTITY)).isGreaterThan(0.4);
    }

    @Test
    void nameTheirParametersByLayerInputAndUnit() {
        Model model = train(new Options().hidden(2).layers(FIRST, LAST).updates(0));
        assertThat(new ArrayList<>(model.parameters().entrySet()))
                .containsExactly(
                        Map.entry("layer1/x1/1", 0.5),
                        Map.entry("layer1/x1/2", -0.75),
                        Map.entry("layer1/x2/1", -0.25),
                        Map.entry("layer1/x2/2", 1.0),
                        Map.entry("layer1/bias/1", 0.125),
                        Map.entry("layer1/bias/2", -0.5),
                        Map.entry("layer2/1/1", 1.5),
                        Map.entry("layer2/2/1", -2.0),
                        Map.entry("layer2/bias/1", 0.0));
        assertThat(model.layers())
                .containsExactly(
                        new Layer(FIRST.weights(), List.of(0.125, -0.5), Activation.TANH),
                        new Layer(LAST.weights(), List.of(0.0), Activation.SIGMOID));
    }

    @Test
    void drawTheirStartLayerByLayerInputByInputUnitByUnit() {
        RecordedTraining same = new RecordedTraining(XOR, 5);
        RandomGenerator weights = same.random("init.weights");
        RandomGenerator bias = same.random("init.bias");
        Map<String, Double> parameters =
                train(new Options().hidden(2).drawnWeights(2).updates(0)).parameters();
        for (String name :
                List.of("layer1/x1/1", "layer1/x1/2", "layer1/x2/1", "layer1/x2/2", "layer2/1/1", "layer2/2/1")) {
            assertThat(parameters).containsEntry(name, 2 * weights.nextGaussian());
        }
        for (String name : List.of("layer1/bias/1", "layer1/bias/2", "layer2/bias/1")) {
            assertThat(parameters).containsEntry(name, 2 * bias.nextGaussian());
        }
    }

    @Test
    void startEveryBiasAtTheNumberGiven() {
        Map<String, Double> parameters =
                train(new Options().hidden(2).bias(0.25).updates(0)).parameters();
        for (String name : List.of("layer1/bias/1", "layer1/bias/2", "layer2/bias/1")) {
            assertThat(parameters).containsEntry(name, 0.25);
        }
    }

    /** Each weight must go down the slope of the loss, measured from the predictions alone. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void goDownTheSlopeOfTheLossAndOfTheSquaredWeights(Loss loss) {
        double rate = 0.5;
        double l2 = 0.25;
        Options options = new Options()
                .hidden(2)
                .loss(loss)
                .learningRate(rate)
                .l2(l2)
                .layers(FIRST, LAST)
                .updates(1);
        RecordedTraining training = new RecordedTraining(XOR, 5);
        Map<String, Double> after =
                new Dl4jTrainer().train(options.make(), training).parameters();
        Map<String, Double> before = training.parametersAfter(0);
        for (String name : before.keySet()) {
            double slope =
                    (regularized(loss, l2, before, name, 1e-5) - regularized(loss, l2, before, name, -1e-5)) / 2e-5;
            assertThat(after.get(name)).as(name).isCloseTo(before.get(name) - rate * slope, within(1e-8));
        }
    }

    @Test
    void areNotPulledTowardsNothingAtTheirBiases() {
        Options flat = new Options()
                .hidden(1)
                .activation(Activation.IDENTITY)
                .l2(0.5)
                .layers(
                        new InitialLayer(List.of(List.of(0.0), List.of(0.0)), Optional.of(List.of(3.0))),
                        new InitialLayer(List.of(List.of(0.0)), Optional.of(List.of(0.5))))
                .updates(1);
        assertThat(train(flat).parameters()).containsEntry("layer1/bias/1", 3.0).containsEntry("layer2/bias/1", 0.5);
    }

    private static double regularized(Loss loss, double l2, Map<String, Double> parameters, String moved, double by) {
        Map<String, Double> there = new HashMap<>(parameters);
        there.merge(moved, by, Double::sum);
        List<Double> predictions = RecordedTraining.predictions(
                new Dl4jTrainer()
                        .restore(new Options().hidden(2).updates(0).make(), XOR.features(), there, Decision.DEFAULT),
                XOR);
        double sum = 0;
        for (int row = 0; row < XOR.size(); row++) {
            sum += Math.pow(predictions.get(row) - XOR.target(row), 2);
        }
        double squares = there.entrySet().stream()
                .filter(entry -> !entry.getKey().contains("bias"))
                .mapToDouble(entry -> entry.getValue() * entry.getValue())
                .sum();
        double error = switch (loss) {
            case HALF_SSE -> sum / 2;
            case SSE -> sum;
            case MSE -> sum / XOR.size();
        };
        return error + l2 / 2 * squares;
    }

    private static double largestError(Activation hidden) {
        Model model = train(new Options()
                .hidden(4)
                .hiddenActivation(hidden)
                .loss(Loss.SSE)
                .learningRate(0.5)
                .epochs(600));
        List<Double> predictions = RecordedTraining.predictions(model, XOR);
        double largest = 0;
        for (int row = 0; row < XOR.size(); row++) {
            largest = Math.max(largest, Math.abs(predictions.get(row) - XOR.target(row)));
        }
        return largest;
    }

    private static Model train(Options options) {
        return new Dl4jTrainer().train(options.make(), new Glances(XOR, 5));
    }
}
