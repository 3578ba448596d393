package dev.ablate.engine.runs;

/** How far a run came. */
public enum RunStatus {
    /** Being trained, or its process died without a word. */
    RUNNING,
    /** Trained to its end. */
    FINISHED,
    /** Ended by an error, which is recorded. */
    FAILED,
    /** Ended by a signal. */
    KILLED
}
