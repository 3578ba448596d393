package dev.ablate.core.dense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Schemas;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class LayerOptionsTest {

    private static final Initial GIVEN = new Initial.Given(List.of(1.0, 2.0));

    /** From two inputs to three units. */
    private static final InitialLayer WIDE = new InitialLayer(
            List.of(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6)), Optional.of(List.of(0.7, 0.8, 0.9)));

    /** From three inputs to one unit. */
    private static final InitialLayer NARROW =
            new InitialLayer(List.of(List.of(1.0), List.of(2.0), List.of(3.0)), Optional.empty());

    @Test
    void drawsTheWeightsAndSoTheBiasesWhereNothingIsGiven() {
        LayerOptions filledIn = layers(List.of(), true).filledIn();
        assertEquals(Optional.of(new Initial.Normal(1)), filledIn.initialWeights());
        assertEquals(Optional.empty(), filledIn.initialBias());
        assertEquals(Optional.empty(), filledIn.hiddenActivation());
        assertEquals(
                Optional.of(Activation.TANH),
                layers(List.of(3), true).filledIn().hiddenActivation());
    }

    @Test
    void startsTheBiasAtZeroBesideGivenWeights() {
        assertEquals(
                Optional.of(0.0),
                LayerOptions.ofOneLayer(true, GIVEN, Optional.empty())
                        .filledIn()
                        .initialBias());
        assertEquals(
                Optional.of(0.5),
                LayerOptions.ofOneLayer(true, GIVEN, Optional.of(0.5))
                        .filledIn()
                        .initialBias());
        assertEquals(
                Optional.empty(),
                LayerOptions.ofOneLayer(false, GIVEN, Optional.empty())
                        .filledIn()
                        .initialBias());
    }

    @Test
    void leavesNothingToDrawBesideGivenLayers() {
        LayerOptions filledIn = given(List.of(3), true, WIDE, NARROW).filledIn();
        assertEquals(Optional.empty(), filledIn.initialWeights());
        assertEquals(Optional.empty(), filledIn.initialBias());
    }

    @Test
    void isTheSameWhenFilledInTwice() {
        for (LayerOptions options : List.of(
                layers(List.of(), true),
                layers(List.of(3, 2), false),
                given(List.of(3), true, WIDE, NARROW),
                LayerOptions.ofOneLayer(true, GIVEN, Optional.empty()))) {
            assertEquals(options.filledIn(), options.filledIn().filledIn());
        }
    }

    @Test
    void hasTheUnitsOfItsHiddenLayersAndOneMore() {
        assertEquals(
                new Shape(
                        List.of("a", "b"),
                        List.of(3, 2, 1),
                        List.of(Activation.TANH, Activation.TANH, Activation.SIGMOID),
                        true),
                layers(List.of(3, 2), true)
                        .filledIn()
                        .shape(Schemas.regression(List.of("a", "b")), Activation.SIGMOID));
        assertEquals(
                new Shape(List.of("a"), List.of(1), List.of(Activation.SIGMOID), false),
                layers(List.of(), false).filledIn().shape(Schemas.regression(List.of("a")), Activation.SIGMOID));
    }

    @Test
    void refusesAStartForWhatIsNotThere() {
        LayerOptions options = new LayerOptions(
                false,
                Optional.empty(),
                Optional.of(0.0),
                List.of(),
                Optional.of(Activation.RELU),
                0,
                Optional.empty());
        assertEquals(
                List.of(
                        new Refused.Reason("initial_bias", "there is no bias to start from, as bias is false"),
                        new Refused.Reason("hidden_activation", "there is no hidden layer, as hidden is empty")),
                reasons(options::addMisfits));
    }

    @Test
    void refusesToStepInHiddenLayersAndToGiveThemTheWeightsOfOneNeuron() {
        LayerOptions options = new LayerOptions(
                true,
                Optional.of(GIVEN),
                Optional.empty(),
                List.of(2),
                Optional.of(Activation.STEP),
                0,
                Optional.empty());
        assertEquals(
                List.of(
                        new Refused.Reason(
                                "hidden_activation",
                                "a step has no slope to descend: choose identity, sigmoid, tanh or relu"),
                        new Refused.Reason(
                                "initial_weights",
                                "these are the weights of one layer: with hidden layers, draw them or give"
                                        + " initial_layers")),
                reasons(options::addMisfits));
    }

    @Test
    void refusesTwoStarts() {
        LayerOptions options = new LayerOptions(
                true,
                Optional.of(new Initial.Normal(1)),
                Optional.of(0.0),
                List.of(3),
                Optional.empty(),
                0,
                Optional.of(List.of(WIDE, NARROW)));
        String text = "initial_layers says where they start: leave this out";
        assertEquals(
                List.of(new Refused.Reason("initial_weights", text), new Refused.Reason("initial_bias", text)),
                reasons(options::addMisfits));
    }

    @Test
    void refusesLayersOfAnotherShape() {
        assertEquals(
                List.of("1 layer where there are 2: those of hidden, and the last"),
                misfits(given(List.of(3), true, WIDE)));
        assertEquals(
                List.of("layer 1 has weights to 3 units, not to 2", "layer 2 has weights from 3 inputs, not from 2"),
                misfits(given(List.of(2), true, WIDE, NARROW)));
        assertEquals(
                List.of("layer 2 has weights from 2 inputs, not from 3"), misfits(given(List.of(3), true, WIDE, WIDE)));
        assertEquals(List.of("layer 1 has a bias, and bias is false"), misfits(given(List.of(3), false, WIDE, NARROW)));
        assertEquals(List.of(), misfits(given(List.of(3), true, WIDE, NARROW)));
    }

    @Test
    void refusesAnotherNumberOfWeightsThanFeatures() {
        LayerOptions neuron = LayerOptions.ofOneLayer(true, GIVEN, Optional.empty());
        LayerOptions layers = given(List.of(3), true, WIDE, NARROW);
        assertEquals(
                List.of(new Refused.Reason("initial_weights", "2 weights for 1 feature: a")),
                reasons(found -> neuron.addMisfits(found, Schemas.regression(List.of("a")))));
        assertEquals(
                List.of(new Refused.Reason(
                        "initial_layers", "layer 1 has weights from 2 inputs for 3 features: a, b, c")),
                reasons(found -> layers.addMisfits(found, Schemas.regression(List.of("a", "b", "c")))));
        for (LayerOptions fitting :
                List.of(neuron, layers, layers(List.of(7), true).filledIn())) {
            assertEquals(List.of(), reasons(found -> fitting.addMisfits(found, Schemas.regression(List.of("a", "b")))));
        }
    }

    @Test
    void hasAUnitOfTheLastLayerForEachOfThreeClasses() {
        Shape shape = layers(List.of(2), true)
                .filledIn()
                .shape(Schemas.classes(List.of("a", "b"), "red", "green", "blue"), Activation.SOFTMAX);
        assertEquals(List.of(2, 3), shape.units());
        assertEquals(List.of("red", "green", "blue"), shape.classes());
        Shape two = layers(List.of(), true)
                .filledIn()
                .shape(Schemas.classes(List.of("a"), "no", "yes"), Activation.SIGMOID);
        assertEquals(List.of(1), two.units());
        assertEquals(List.of(), two.classes());
    }

    @Test
    void refusesStartsForAnotherNumberOfClasses() {
        Schema three = Schemas.classes(List.of("a", "b"), "red", "green", "blue");
        LayerOptions one = LayerOptions.ofOneLayer(true, GIVEN, Optional.empty());
        assertEquals(
                List.of(new Refused.Reason(
                        "initial_weights", "2 weights for 2 features and 3 classes, which need 6: a, b")),
                reasons(found -> one.addMisfits(found, three)));
        Initial six = new Initial.Given(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0));
        assertEquals(
                List.of(),
                reasons(found ->
                        LayerOptions.ofOneLayer(true, six, Optional.empty()).addMisfits(found, three)));
        assertEquals(List.of(), reasons(found -> given(List.of(), true, WIDE).addMisfits(found, three)));
        assertEquals(
                List.of(new Refused.Reason("initial_layers", "layer 1 has weights to 3 units, not to 1")),
                reasons(found ->
                        given(List.of(), true, WIDE).addMisfits(found, Schemas.regression(List.of("a", "b")))));
        assertEquals(
                List.of(new Refused.Reason("initial_layers", "layer 2 has weights to 1 unit, not to 3")),
                reasons(found -> given(List.of(3), true, WIDE, NARROW).addMisfits(found, three)));
    }

    @Test
    void refusesSoftmaxInHiddenLayers() {
        LayerOptions options = new LayerOptions(
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(2),
                Optional.of(Activation.SOFTMAX),
                0,
                Optional.empty());
        assertEquals(
                List.of(new Refused.Reason(
                        "hidden_activation",
                        "softmax gives the last layer's shares: choose identity, sigmoid, tanh or relu")),
                reasons(options::addMisfits));
    }

    private static LayerOptions layers(List<Integer> hidden, boolean bias) {
        return new LayerOptions(
                bias, Optional.empty(), Optional.empty(), hidden, Optional.empty(), 0, Optional.empty());
    }

    private static LayerOptions given(List<Integer> hidden, boolean bias, InitialLayer... layers) {
        return new LayerOptions(
                bias, Optional.empty(), Optional.empty(), hidden, Optional.empty(), 0, Optional.of(List.of(layers)));
    }

    private static List<String> misfits(LayerOptions options) {
        List<Refused.Reason> reasons = reasons(options::addMisfits);
        List<String> texts = new ArrayList<>();
        for (Refused.Reason reason : reasons) {
            assertEquals("initial_layers", reason.option());
            texts.add(reason.text());
        }
        return texts;
    }

    private static List<Refused.Reason> reasons(Consumer<Refused.Reasons> adding) {
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(true, "first", "so that something is thrown");
        adding.accept(reasons);
        List<Refused.Reason> all =
                assertThrows(Refused.class, reasons::throwIfAny).all();
        return all.subList(1, all.size());
    }
}
