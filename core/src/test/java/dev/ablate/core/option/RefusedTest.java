package dev.ablate.core.option;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusedTest {

    @Test
    void letsPassWhatIsNotWrong() {
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(false, "bias", "never");
        assertDoesNotThrow(reasons::throwIfAny);
    }

    @Test
    void reportsEveryReasonInTheOrderFound() {
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(true, "updates", "give epochs or updates, not both");
        reasons.addIf(false, "bias", "never");
        reasons.addIf(true, "initial_bias", "there is no bias");
        Refused refused = assertThrows(Refused.class, reasons::throwIfAny);
        assertEquals(
                List.of(
                        new Refused.Reason("updates", "give epochs or updates, not both"),
                        new Refused.Reason("initial_bias", "there is no bias")),
                refused.all());
        assertEquals("updates: give epochs or updates, not both; initial_bias: there is no bias", refused.getMessage());
    }
}
