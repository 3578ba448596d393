package dev.ablate.engine;

import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.problem.Problems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a spec comes from.
 *
 * @param named as a person named it
 * @param file its file; of a text the name that messages give
 * @param text what would stand in the file; empty if it does
 */
record SpecSource(String named, Path file, Optional<String> text) {

    static SpecSource file(String named, Path file) {
        return new SpecSource(named, file, Optional.empty());
    }

    static SpecSource text(String name, String yaml) {
        return new SpecSource(name, Path.of(name + ".yaml"), Optional.of(yaml));
    }

    /**
     * Reads it.
     *
     * @throws dev.ablate.engine.problem.SpecException see {@link SpecReader#read}
     */
    Spec read(SpecReader reader, Overrides overrides, Problems problems) {
        return text.isPresent()
                ? reader.readText(file, text.get(), overrides, problems)
                : reader.read(file, overrides, problems);
    }
}
