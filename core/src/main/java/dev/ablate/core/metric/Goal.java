package dev.ablate.core.metric;

/** Which way is better. */
public enum Goal {
    /** Lower is better. */
    MINIMIZE,
    /** Higher is better. */
    MAXIMIZE
}
