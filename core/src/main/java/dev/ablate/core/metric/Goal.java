package dev.ablate.core.metric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which way is better. */
public enum Goal {
    /** Lower is better. */
    MINIMIZE,
    /** Higher is better. */
    MAXIMIZE;

    /** All words for goals, in specs, options and arguments: the whole ones, and their beginnings that other programs take. */
    public static final List<String> WORDS = List.of("minimize", "maximize", "min", "max");

    /** The goal of one of the {@link #WORDS}, in letters of any case; empty of another word. */
    public static Optional<Goal> of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "minimize", "min" -> Optional.of(MINIMIZE);
            case "maximize", "max" -> Optional.of(MAXIMIZE);
            default -> Optional.empty();
        };
    }

    /** The word that is written: {@code minimize}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
