package dev.ablate.core.data;

/** What is learned: which metrics make sense, and how a prediction is read. */
public enum Task {
    /** Targets are 0 or 1; a prediction is turned into a class by a threshold. */
    BINARY_CLASSIFICATION,
    /** Targets are any finite numbers. */
    REGRESSION
}
