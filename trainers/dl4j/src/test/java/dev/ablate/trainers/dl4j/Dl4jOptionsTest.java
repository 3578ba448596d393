package dev.ablate.trainers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.data.Task;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Order;
import dev.ablate.trainers.perceptron.PerceptronOptions;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class Dl4jOptionsTest {

    private static final List<String> TWO = List.of("x1", "x2");

    /** From two inputs to three units. */
    private static final InitialLayer WIDE = new InitialLayer(
            List.of(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6)), Optional.of(List.of(0.7, 0.8, 0.9)));

    /** From three inputs to one unit. */
    private static final InitialLayer NARROW =
            new InitialLayer(List.of(List.of(1.0), List.of(2.0), List.of(3.0)), Optional.empty());

    @Test
    void fillsInWhatWasNotGiven() {
        assertThat(new Options().epochs(1).make())
                .isEqualTo(new Options().epochs(1).drawnWeights(1).make())
                .returns(Optional.empty(), Dl4jOptions::hiddenActivation)
                .returns(Optional.empty(), Dl4jOptions::initialBias);
        assertThat(new Options().epochs(1).hidden(3).make())
                .isEqualTo(new Options()
                        .epochs(1)
                        .hidden(3)
                        .hiddenActivation(Activation.TANH)
                        .make());
        assertThat(new Options().epochs(1).weights(1, 2).make())
                .isEqualTo(new Options().epochs(1).weights(1, 2).bias(0).make());
        assertThat(new Options().epochs(1).hidden(3).layers(WIDE, NARROW).make().initialWeights())
                .isEmpty();
    }

    @Test
    void saysTheDefaultsThatItFillsIn() {
        assertThat(fallbacks(Dl4jOptions.class))
                .containsEntry("hiddenActivation", "tanh")
                .containsEntry("initialWeights", "{ normal: { sd: 1.0 } }");
        assertThat(new Options().epochs(1).make().initialWeights()).contains(new Initial.Normal(1.0));
    }

    @Test
    void hasThePerceptronsDefaults() {
        Map<String, String> perceptron = fallbacks(PerceptronOptions.class);
        perceptron.remove("gradient");
        assertThat(fallbacks(Dl4jOptions.class)).containsAllEntriesOf(perceptron);
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThat(reasons(() -> new Options()
                        .epochs(1)
                        .activation(Activation.STEP)
                        .hidden(2)
                        .hiddenActivation(Activation.STEP)
                        .order(Order.WITH_REPLACEMENT)
                        .make()))
                .containsExactly(
                        new Refused.Reason(
                                "activation",
                                "a step has no slope to descend: choose identity, sigmoid, tanh or relu,"
                                        + " or trainer perceptron"),
                        new Refused.Reason(
                                "order",
                                "an epoch has every row once here: choose as-given or shuffled, or trainer perceptron"),
                        new Refused.Reason(
                                "hidden_activation",
                                "a step has no slope to descend: choose identity, sigmoid, tanh or relu"));
    }

    @Test
    void refusesALengthThatIsMissingOrGivenTwice() {
        assertThat(reasons(() -> new Options().make()))
                .containsExactly(new Refused.Reason("epochs", "how long to train is missing: give epochs or updates"));
        assertThat(reasons(() -> new Options().epochs(0).updates(0).make()))
                .containsExactly(new Refused.Reason("updates", "give epochs or updates, not both"));
    }

    @Test
    void refusesAStartForWhatIsNotThere() {
        assertThat(reasons(() -> new Options()
                        .epochs(1)
                        .noBias()
                        .bias(0)
                        .hiddenActivation(Activation.RELU)
                        .make()))
                .containsExactly(
                        new Refused.Reason("initial_bias", "there is no bias to start from, as bias is false"),
                        new Refused.Reason("hidden_activation", "there is no hidden layer, as hidden is empty"));
    }

    @Test
    void refusesTheWeightsOfOneNeuronForSeveralLayers() {
        assertThat(reasons(() -> new Options().epochs(1).hidden(2).weights(1, 2).make()))
                .containsExactly(new Refused.Reason(
                        "initial_weights",
                        "these are the weights of one neuron: with hidden layers, draw them or give initial_layers"));
    }

    @Test
    void refusesTwoStarts() {
        String text = "initial_layers says where they start: leave this out";
        assertThat(reasons(() -> new Options()
                        .epochs(1)
                        .hidden(3)
                        .layers(WIDE, NARROW)
                        .drawnWeights(1)
                        .bias(0)
                        .make()))
                .containsExactly(new Refused.Reason("initial_weights", text), new Refused.Reason("initial_bias", text));
    }

    @Test
    void refusesLayersOfAnotherShape() {
        assertThat(reasons(() -> new Options().epochs(1).hidden(3).layers(WIDE).make()))
                .containsExactly(new Refused.Reason(
                        "initial_layers", "1 layer where there are 2: those of hidden, and the last"));
        assertThat(reasons(() ->
                        new Options().epochs(1).hidden(2).layers(WIDE, NARROW).make()))
                .containsExactly(
                        new Refused.Reason("initial_layers", "layer 1 has weights to 3 units, not to 2"),
                        new Refused.Reason("initial_layers", "layer 2 has weights from 3 inputs, not from 2"));
        assertThat(reasons(() ->
                        new Options().epochs(1).hidden(3).layers(WIDE, WIDE).make()))
                .containsExactly(
                        new Refused.Reason("initial_layers", "layer 2 has weights to 3 units, not to 1"),
                        new Refused.Reason("initial_layers", "layer 2 has weights from 2 inputs, not from 3"));
        assertThat(reasons(() -> new Options()
                        .epochs(1)
                        .noBias()
                        .hidden(3)
                        .layers(WIDE, NARROW)
                        .make()))
                .containsExactly(new Refused.Reason("initial_layers", "layer 1 has a bias, and bias is false"));
    }

    @Test
    void refusesAnotherNumberOfWeightsThanFeatures() {
        Dl4jOptions one = new Options().epochs(1).weights(0.5).make();
        assertThat(reasons(() -> one.check(Task.BINARY_CLASSIFICATION, TWO)))
                .containsExactly(new Refused.Reason("initial_weights", "1 weight for 2 features: x1, x2"));
        assertThatCode(() -> one.check(Task.REGRESSION, List.of("x"))).doesNotThrowAnyException();

        Dl4jOptions layers =
                new Options().epochs(1).hidden(3).layers(WIDE, NARROW).make();
        assertThat(reasons(() -> layers.check(Task.REGRESSION, List.of("x"))))
                .containsExactly(
                        new Refused.Reason("initial_layers", "layer 1 has weights from 2 inputs for 1 feature: x"));
        assertThatCode(() -> layers.check(Task.BINARY_CLASSIFICATION, TWO)).doesNotThrowAnyException();
        assertThatCode(() -> new Options().epochs(1).make().check(Task.REGRESSION, TWO))
                .doesNotThrowAnyException();
    }

    private static Map<String, String> fallbacks(Class<? extends Record> options) {
        return Arrays.stream(options.getRecordComponents())
                .collect(Collectors.toMap(
                        RecordComponent::getName,
                        component -> component.getAnnotation(Option.class).fallback()));
    }

    private static List<Refused.Reason> reasons(ThrowingCallable construction) {
        return catchThrowableOfType(Refused.class, construction).all();
    }
}
