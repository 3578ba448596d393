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
