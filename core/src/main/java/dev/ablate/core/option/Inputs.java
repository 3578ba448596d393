package dev.ablate.core.option;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files that a trainer reads, such as the modules and the data of a script; what they hold is part of what a run is.
 *
 * @param files where each lies, by its place in a folder of the run, with slashes
 */
@ReadBy(InputsType.class)
public record Inputs(Map<String, Path> files) {

    /** Copies the map. */
    public Inputs {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** The folder from which relative inputs are given; empty if there are none. */
    public Optional<Path> folder() {
        return files.entrySet().stream()
                .filter(file -> file.getValue().endsWith(file.getKey()))
                .map(file -> file.getValue()
                        .toAbsolutePath()
                        .resolve("../".repeat(Path.of(file.getKey()).getNameCount()))
                        .normalize())
                .findFirst();
    }
}
