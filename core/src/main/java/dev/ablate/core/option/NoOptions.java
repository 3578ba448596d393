package dev.ablate.core.option;

/** The options of a plugin that has none. */
public record NoOptions() {}
