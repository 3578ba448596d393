package dev.ablate.core.dense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Schemas;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LastLayerTest {

    private static final Schema NUMBER = Schemas.regression(List.of("x"));
    private static final Schema TWO = Schemas.classes(List.of("x"), "no", "yes");
    private static final Schema THREE = Schemas.classes(List.of("x"), "red", "green", "blue");

    @Test
    void takesWhatFits() {
        for (Loss loss : Loss.values()) {
            for (Activation activation : Activation.values()) {
                boolean fits = activation == Activation.STEP ? loss != Loss.CROSS_ENTROPY : loss.fits(activation);
                boolean shares = activation == Activation.SOFTMAX;
                LastLayer last = new LastLayer(activation, loss);
                assertEquals(
                        fits && !shares && loss != Loss.CROSS_ENTROPY,
                        reasons(last, NUMBER).isEmpty(),
                        last::toString);
                assertEquals(fits && shares, reasons(last, THREE).isEmpty(), last::toString);
                boolean steps = activation == Activation.STEP;
                assertEquals((fits || steps) && !shares, reasons(last, TWO).isEmpty(), last::toString);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIGMOID | CROSS_ENTROPY | activation: sigmoid answers one number, and the target has 3 classes: choose softmax",
                "STEP | MSE | activation: step answers one number, and the target has 3 classes: choose softmax"
                        + " with loss: cross-entropy",
                "SOFTMAX | HALF_SSE | loss: half-sse is of one answer a row, and the target has 3 classes: choose cross-entropy"
            })
    void refusesWhatDoesNotAnswerClasses(Activation activation, Loss loss, String reason) {
        assertEquals(List.of(reason), reasons(new LastLayer(activation, loss), THREE));
    }

    @Test
    void refusesSharesAndProbabilitiesOfWhatHasNone() {
        String softmax = "activation: softmax answers a share for each of three classes or more, and the target ";
        LastLayer shares = new LastLayer(Activation.SOFTMAX, Loss.CROSS_ENTROPY);
        assertEquals(List.of(softmax + "has two: choose sigmoid"), reasons(shares, TWO));
        assertEquals(List.of(softmax + "is any number: choose identity"), reasons(shares, NUMBER));
        assertEquals(
                List.of("loss: cross-entropy is of probabilities, and tanh answers other numbers too:"
                        + " choose activation: sigmoid, or loss: mse"),
                reasons(new LastLayer(Activation.TANH, Loss.CROSS_ENTROPY), TWO));
        assertEquals(
                List.of("loss: cross-entropy is of classes, and the target is any number: choose mse"),
                reasons(new LastLayer(Activation.SIGMOID, Loss.CROSS_ENTROPY), NUMBER));
    }

    private static List<String> reasons(LastLayer last, Schema schema) {
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(true, "first", "so that something is thrown");
        last.addMisfits(reasons, schema);
        return assertThrows(Refused.class, reasons::throwIfAny).all().stream()
                .skip(1)
                .map(reason -> reason.option() + ": " + reason.text())
                .toList();
    }
}
