package dev.ablate.engine.catalog;

/**
 * A value of an option that the environment gives.
 *
 * @param written as it stands in the spec: {@code ${env:TOKEN}}
 * @param text the same with what the environment gives
 * @param data what was read of that, as plain data
 */
public record FromEnvironment(String written, String text, Object data) {}
