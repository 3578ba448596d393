package dev.ablate.engine.runs;

/** How far a run came. */
public enum RunStatus {
    /** Submitted, and not begun: nobody trains it yet. */
    QUEUED,
    /** Being trained, or its process died without a word. */
    RUNNING,
    /** Trained to its end. */
    FINISHED,
    /** Ended by an error, which is recorded. */
    FAILED,
    /** Ended by a signal. */
    KILLED;

    /** Whether a run came to its end, or failed: it is not trained again unless somebody asks for that. */
    public boolean hasEnded() {
        return this == FINISHED || this == FAILED;
    }
}
