package dev.ablate.datasets.table;

/** What is learned from a table. */
public enum TableTask {
    /** One of two classes. */
    BINARY_CLASSIFICATION,
    /** One of three classes or more. */
    CLASSES,
    /** A number. */
    REGRESSION
}
