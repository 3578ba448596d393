package dev.ablate.core.launch;

/** How far a job is. */
public enum JobState {
    /** Nothing of it has begun. */
    QUEUED,
    /** Some of it runs. */
    RUNNING,
    /** No further result comes, for whatever reason. */
    ENDED
}
