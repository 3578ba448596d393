package dev.ablate.core.data;

/** What is learned: which metrics make sense, and how a prediction is read. */
public enum Task {
    /** Targets are 0 or 1; a prediction is turned into a class by a threshold. */
    BINARY_CLASSIFICATION,
    /** Targets are the numbers of three classes or more, from 0; a prediction is a number for each class, of which the greatest says which. */
    CLASSES,
    /** Targets are any finite numbers. */
    REGRESSION
}
