package dev.ablate.engine.yaml;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import java.util.Optional;

/**
 * One leaf of a resolved spec: its value, and which layer's value it replaced.
 *
 * @param path dotted, such as {@code trainer.learning_rate}
 * @param keyAt where the key stands
 * @param value the value that holds; relative paths in it resolve against {@link Position#folder()} of its place
 * @param overrides what a lower layer had said
 */
public record Setting(String path, Position keyAt, Node value, Optional<Setting> overrides) {

    /**
     * What a message adds for a value that replaced another: {@code " (overrides or-gate.yaml:7:18, which has 0.05)"}, with
     * the blank in front; empty if it replaced nothing.
     */
    public String overriding() {
        return overrides
                .map(lower -> " (overrides " + lower.value().at() + ", which has "
                        + Problem.shortened(lower.value().toString()) + ")")
                .orElse("");
    }

    /** An error about the value: {@code trainer.epochs must be greater than 0, got -1}, and what it overrides. */
    public Problem error(String requirement) {
        String subject = value.at().isOption() ? "" : path + " ";
        return Problem.error(value.at(), subject + requirement + overriding());
    }
}
