package dev.ablate.engine.runs.home;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether several hosts see a home. */
public enum HomeKind {
    /** As the file system of its folder says. */
    AUTO,
    /** It is this host's alone, whatever the file system is. */
    LOCAL,
    /** Other hosts see it, too, whatever the file system is. */
    NETWORK;

    /** The variable of the environment by which a person names one. */
    public static final String VARIABLE = "ABLATE_HOME_KIND";

    /** The kind that a person names: {@code auto}, {@code local} or {@code network}, in any case. */
    public static Optional<HomeKind> named(String word) {
        return Stream.of(values())
                .filter(kind -> kind.name().equals(word.strip().toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
