package dev.ablate.core.training;

import dev.ablate.core.option.Refused;
import java.util.Optional;

/**
 * How long to train: in passes over the rows or in updates, exactly one of the two.
 *
 * @param epochs passes over the rows, 0 or greater
 * @param updates updates of the weights, 0 or greater
 */
public record Length(Optional<Long> epochs, Optional<Long> updates) {

    /** Adds a reason if neither is given, or both. */
    public void addMisfits(Refused.Reasons reasons) {
        reasons.addIf(
                epochs.isEmpty() && updates.isEmpty(),
                "epochs",
                "how long to train is missing: give epochs or updates");
        reasons.addIf(epochs.isPresent() && updates.isPresent(), "updates", "give epochs or updates, not both");
    }

    /** Whether nothing is trained. */
    public boolean isZero() {
        return epochs.or(() -> updates).equals(Optional.of(0L));
    }

    /** Updates in all, 0 or greater; {@link Long#MAX_VALUE} if a {@code long} cannot hold them. */
    public long updatesOf(Batches batches) {
        return updates.orElseGet(() -> batches.updatesIn(epochs.orElseThrow()));
    }
}
