package dev.ablate.engine.report.picture;

import java.util.List;

/**
 * Rows of the data, by the part that they are in.
 *
 * @param trained rows trained on
 * @param heldBack rows held back; empty without a split
 */
public record Dots(List<Dot> trained, List<Dot> heldBack) {

    /** None. */
    static final Dots NONE = new Dots(List.of(), List.of());

    /** Copies the lists. */
    public Dots {
        trained = List.copyOf(trained);
        heldBack = List.copyOf(heldBack);
    }
}
