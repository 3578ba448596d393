package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InitialLayerTest {

    @Test
    void countsItsInputsAndUnits() {
        InitialLayer layer = new InitialLayer(
                List.of(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0)), Optional.of(List.of(0.1, 0.2, 0.3)));
        assertEquals(2, layer.inputs());
        assertEquals(3, layer.units());
    }

    @Test
    void copiesItsNumbers() {
        List<Double> input = new ArrayList<>(List.of(1.0));
        List<Double> bias = new ArrayList<>(List.of(2.0));
        InitialLayer layer = new InitialLayer(List.of(input), Optional.of(bias));
        input.set(0, 7.0);
        bias.set(0, 7.0);
        assertEquals(new InitialLayer(List.of(List.of(1.0)), Optional.of(List.of(2.0))), layer);
    }

    @Test
    void refusesNothing() {
        assertEquals("must have an input and a unit", refusal(List.of(), Optional.empty()));
        assertEquals("must have an input and a unit", refusal(List.of(List.of()), Optional.empty()));
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertEquals(
                "must have one weight to each unit from every input; 2 stand for one input, 1 for another",
                refusal(List.of(List.of(1.0, 2.0), List.of(3.0)), Optional.empty()));
    }

    @Test
    void refusesAnotherNumberOfBiasesThanUnits() {
        assertEquals(
                "must have one bias for each unit: 2, not 1",
                refusal(List.of(List.of(1.0, 2.0)), Optional.of(List.of(0.5))));
    }

    private static String refusal(List<List<Double>> weights, Optional<List<Double>> bias) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> new InitialLayer(weights, bias))
                .getMessage());
    }
}
