package dev.ablate.engine.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What the command line says on top of a spec, each as typed; the reader checks it, as all of it is reported with the spec's problems.
 *
 * @param sets the values of {@code --set}: {@code path=value}
 * @param seeds the value of {@code --seeds}: {@code 4,5}
 * @param repeats the value of {@code --repeats}: {@code 10}; the first seed stays the spec's
 * @param launcher the value of {@code --launcher}: {@code grid}; the spec's options hold for it if it names that one, too
 */
public record Overrides(
        List<String> sets, Optional<String> seeds, Optional<String> repeats, Optional<String> launcher) {

    /** Nothing on top. */
    public static final Overrides NONE = new Overrides(List.of(), Optional.empty(), Optional.empty());

    /** With the spec's launcher. */
    public Overrides(List<String> sets, Optional<String> seeds, Optional<String> repeats) {
        this(sets, seeds, repeats, Optional.empty());
    }

    /** Copies the list. */
    public Overrides {
        sets = List.copyOf(sets);
    }

    /** The same with a launcher. */
    public Overrides launcher(String name) {
        return new Overrides(sets, seeds, repeats, Optional.of(name));
    }
}
