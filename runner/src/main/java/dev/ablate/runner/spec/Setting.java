package dev.ablate.runner.spec;

import java.util.Optional;

/**
 * One leaf of a resolved spec: its value, and which layer's value it replaced.
 *
 * @param path dotted, such as {@code trainer.learning_rate}
 * @param keyAt where the key stands
 * @param value the value that holds
 * @param overrides what a lower layer had said
 */
public record Setting(String path, Position keyAt, Node value, Optional<Setting> overrides) {}
