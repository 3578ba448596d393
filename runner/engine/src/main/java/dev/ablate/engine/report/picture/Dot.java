package dev.ablate.engine.report.picture;

/**
 * Two numbers that belong together.
 *
 * @param x the first
 * @param y the second
 */
public record Dot(double x, double y) {}
