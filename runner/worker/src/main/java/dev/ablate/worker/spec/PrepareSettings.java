package dev.ablate.worker.spec;

import java.util.Objects;

/**
 * How features become the numbers that a model sees, before they are scaled.
 *
 * @param missing what becomes of missing values
 * @param encode how categories become numbers
 */
public record PrepareSettings(MissingSettings missing, EncodeSettings encode) {

    /** What holds where nothing is said. */
    public static final PrepareSettings DEFAULT = new PrepareSettings(MissingSettings.REFUSE, EncodeSettings.REFERENCE);

    @Override
    public boolean equals(Object other) {
        return other instanceof PrepareSettings that && missing.equals(that.missing) && encode.equals(that.encode);
    }

    @Override
    public int hashCode() {
        return Objects.hash(missing, encode);
    }
}
