package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.data.Examples;
import dev.ablate.core.option.Refused;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LengthTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 21", "9223372036854775807, 9223372036854775807"})
    void countsTheUpdatesOfItsEpochs(long epochs, long updates) {
        assertEquals(updates, new Length(Optional.of(epochs), Optional.empty()).updatesOf(threeAnEpoch()));
    }

    @Test
    void takesItsUpdatesAsTheyAre() {
        assertEquals(5, new Length(Optional.empty(), Optional.of(5L)).updatesOf(threeAnEpoch()));
    }

    @Test
    void isGivenOnce() {
        assertEquals(
                List.of(new Refused.Reason("epochs", "how long to train is missing: give epochs or updates")),
                refused(new Length(Optional.empty(), Optional.empty())));
        assertEquals(
                List.of(new Refused.Reason("updates", "give epochs or updates, not both")),
                refused(new Length(Optional.of(0L), Optional.of(0L))));
        Refused.Reasons none = Refused.reasons();
        new Length(Optional.of(1L), Optional.empty()).addMisfits(none);
        new Length(Optional.empty(), Optional.of(1L)).addMisfits(none);
        none.throwIfAny();
    }

    private static List<Refused.Reason> refused(Length length) {
        Refused.Reasons reasons = Refused.reasons();
        length.addMisfits(reasons);
        return assertThrows(Refused.class, reasons::throwIfAny).all();
    }

    private static Batches threeAnEpoch() {
        Examples five = Examples.of(List.of("x"), new double[5], new double[5]);
        return new Batches(new Batch.Rows(2), Order.AS_GIVEN, new RecordedTraining(five, 1));
    }
}
