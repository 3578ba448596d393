package dev.ablate.core.launch;

import java.nio.file.Path;

/**
 * A run to train.
 *
 * @param name what messages call it: {@code bias/seed=42}
 * @param file the task, in the exchange's folder; opaque
 * @param result where the result will be, in the exchange's folder; it appears there whole
 */
public record TaskFile(String name, Path file, Path result) {}
