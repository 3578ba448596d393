package dev.ablate.engine.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What the command line says on top of a spec, each as typed; the reader checks it, as all of it is reported with the spec's problems.
 *
 * @param sets the values of {@code --set}: {@code path=value}
 * @param seeds the value of {@code --seeds}: {@code 4,5}
 * @param repeats the value of {@code --repeats}: {@code 10}; the first seed stays the spec's
 */
public record Overrides(List<String> sets, Optional<String> seeds, Optional<String> repeats) {

    /** Nothing on top. */
    public static final Overrides NONE = new Overrides(List.of(), Optional.empty(), Optional.empty());

    /** Copies the list. */
    public Overrides {
        sets = List.copyOf(sets);
    }
}
