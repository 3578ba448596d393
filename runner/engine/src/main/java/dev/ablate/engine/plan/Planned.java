package dev.ablate.engine.plan;

/**
 * A plan, and the spec behind it for a person to read.
 *
 * @param plan what will be run
 * @param origins {@link Plan#resolved} with each leaf's origin behind it
 */
public record Planned(Plan plan, String origins) {}
