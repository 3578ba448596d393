package dev.ablate.trainers.program;

import dev.ablate.core.option.ReadBy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a program reads.
 *
 * @param files where each lies, by its place in the run's folder, with slashes
 */
@ReadBy(InputsType.class)
public record Inputs(Map<String, Path> files) {

    /** Copies the map. */
    public Inputs {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** The folder from which relative inputs are given; empty if there are none. */
    Optional<Path> folder() {
        return files.entrySet().stream()
                .filter(file -> file.getValue().endsWith(file.getKey()))
                .map(file -> file.getValue()
                        .toAbsolutePath()
                        .resolve("../".repeat(Path.of(file.getKey()).getNameCount()))
                        .normalize())
                .findFirst();
    }
}
