package dev.ablate.core.dense;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShapeTest {

    private static final Layer HIDDEN =
            new Layer(List.of(List.of(1.0, 2.0), List.of(3.0, 4.0)), List.of(5.0, 6.0), Activation.RELU);

    private static final Layer LAST = new Layer(List.of(List.of(7.0), List.of(8.0)), List.of(9.0), Activation.IDENTITY);

    @Test
    void namesEveryNumberFromInputToOutput() {
        assertEquals(
                List.of(
                        Map.entry("layer1/age/1", 1.0),
                        Map.entry("layer1/age/2", 2.0),
                        Map.entry("layer1/area/1", 3.0),
                        Map.entry("layer1/area/2", 4.0),
                        Map.entry("layer1/bias/1", 5.0),
                        Map.entry("layer1/bias/2", 6.0),
                        Map.entry("layer2/1/1", 7.0),
                        Map.entry("layer2/2/1", 8.0),
                        Map.entry("layer2/bias/1", 9.0)),
                new ArrayList<>(
                        twoLayers(true).parameters(List.of(HIDDEN, LAST)).entrySet()));
    }

    @Test
    void namesTheWeightsOfOneNeuronAfterItsFeatures() {
        Shape neuron = new Shape(List.of("age", "area"), List.of(1), List.of(Activation.IDENTITY), true);
        assertEquals(
                List.of(Map.entry("age", 7.0), Map.entry("area", 8.0), Map.entry("bias", 9.0)),
                new ArrayList<>(neuron.parameters(List.of(LAST)).entrySet()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restoresTheLayersThatHaveTheParameters(boolean biased) {
        Shape shape = twoLayers(biased);
        List<Layer> layers = List.of(
                shape.layer(0, new double[] {1, 2, 3, 4}, new double[] {5, 6}),
                shape.layer(1, new double[] {7, 8}, new double[] {9}));
        assertEquals(layers, shape.restored(shape.parameters(layers)));
        if (biased) {
            assertEquals(List.of(HIDDEN, LAST), layers);
        } else {
            assertEquals(List.of(0.0, 0.0), layers.get(0).bias());
        }
    }

    @Test
    void refusesParametersThatAreMissingOrUnknown() {
        Shape shape = twoLayers(true);
        Map<String, Double> parameters = new HashMap<>(shape.parameters(List.of(HIDDEN, LAST)));
        parameters.put("layer3/1/1", 1.0);
        assertThrows(IllegalArgumentException.class, () -> shape.restored(parameters));
        parameters.remove("layer2/2/1");
        assertEquals(
                "the parameter 'layer2/2/1' is missing in " + parameters.keySet(),
                assertThrows(IllegalArgumentException.class, () -> shape.restored(parameters))
                        .getMessage());
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        Shape shape = twoLayers(true);
        assertDoesNotThrow(() -> shape.requireRows(Matrix.of(2, 1, 2, 3, 4), new double[2]));
        assertThrows(
                IllegalArgumentException.class, () -> shape.requireRows(Matrix.of(2, 1, 2, 3, 4, 5, 6), new double[2]));
        assertThrows(
                IllegalArgumentException.class, () -> shape.requireRows(Matrix.of(3, 1, 2, 3, 4, 5, 6), new double[2]));
    }

    private static final Layer TO_TWO =
            new Layer(List.of(List.of(1.0, 2.0), List.of(3.0, 4.0)), List.of(5.0, 6.0), Activation.SOFTMAX);

    @Test
    void namesTheWeightsOfOneLayerAfterFeaturesAndClasses() {
        assertEquals(
                List.of("age/red", "age/green", "area/red", "area/green", "bias/red", "bias/green"),
                names(List.of("age", "area"), List.of("red", "green")));
        assertEquals(
                List.of(
                        "layer1/age/1",
                        "layer1/bias/1",
                        "layer2/1/red",
                        "layer2/1/green",
                        "layer2/bias/red",
                        "layer2/bias/green"),
                List.copyOf(new Shape(
                                List.of("age"),
                                List.of(1, 2),
                                List.of(Activation.TANH, Activation.SOFTMAX),
                                true,
                                List.of("red", "green"))
                        .parameters(List.of(
                                new Layer(List.of(List.of(1.0)), List.of(2.0), Activation.TANH),
                                new Layer(List.of(List.of(3.0, 4.0)), List.of(5.0, 6.0), Activation.SOFTMAX)))
                        .keySet()));
    }

    @Test
    void givesNumbersWithSlashesInTheirNamesDifferentNames() {
        assertEquals(
                List.of("a/b/c", "a/b/d", "a/c", "a/d", "bias/c", "bias/d"),
                names(List.of("a/b", "a"), List.of("c", "d")));
        assertEquals(
                List.of("a/b/c", "a/b/d/e", "x/c", "x/d/e", "bias/c", "bias/d/e"),
                names(List.of("a/b", "x"), List.of("c", "d/e")));
        // a/b of c would be a of b/c
        assertEquals(
                List.of("a/b/1", "a/b/2", "a/1", "a/2", "bias/1", "bias/2"),
                names(List.of("a/b", "a"), List.of("c", "b/c")));
        // bias/a of b would be the bias of a/b
        assertEquals(
                List.of("bias/a/1", "bias/a/2", "x/1", "x/2", "bias/1", "bias/2"),
                names(List.of("bias/a", "x"), List.of("b", "a/b")));
    }

    /** Of the parameters of one layer, from which it is restored. */
    private static List<String> names(List<String> features, List<String> classes) {
        Shape shape = new Shape(features, List.of(2), List.of(Activation.SOFTMAX), true, classes);
        Map<String, Double> parameters = shape.parameters(List.of(TO_TWO));
        assertEquals(List.of(TO_TWO), shape.restored(parameters));
        return List.copyOf(parameters.keySet());
    }

    @Test
    void wantsAnAnswerForEachClass() {
        Shape shape = new Shape(List.of("age"), List.of(2), List.of(Activation.SOFTMAX), true);
        assertDoesNotThrow(() -> shape.requireRows(Matrix.of(1, 1, 2, 3), new double[6]));
        assertThrows(IllegalArgumentException.class, () -> shape.requireRows(Matrix.of(1, 1, 2, 3), new double[3]));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Shape(List.of("age"), List.of(2), List.of(Activation.SOFTMAX), true, List.of("one")));
    }

    @Test
    void refusesLayersWithoutAnActivation() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Shape(List.of("age"), List.of(2, 1), List.of(Activation.TANH), true));
        assertThrows(IllegalArgumentException.class, () -> new Shape(List.of("age"), List.of(), List.of(), true));
    }

    private static Shape twoLayers(boolean biased) {
        return new Shape(List.of("age", "area"), List.of(2, 1), List.of(Activation.RELU, Activation.IDENTITY), biased);
    }
}
