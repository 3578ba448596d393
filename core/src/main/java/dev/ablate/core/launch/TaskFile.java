package dev.ablate.core.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A run to train.
 *
 * @param name what messages call it: {@code bias/seed=42}
 * @param file the task, in the exchange's folder; opaque
 * @param result where the result will be, in the exchange's folder; it appears there whole
 * @param alone whether a job that had it has ended without its result: it may end the program that trains it, so it goes with no other
 * @param expected how long it may take, if something like it was trained before
 */
public record TaskFile(String name, Path file, Path result, boolean alone, Optional<Duration> expected) {

    /** A task of which no more is known. */
    public TaskFile(String name, Path file, Path result) {
        this(name, file, result, false, Optional.empty());
    }
}
