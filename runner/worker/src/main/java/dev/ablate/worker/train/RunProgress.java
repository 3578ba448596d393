package dev.ablate.worker.train;

/** Hears how the training of one run goes; called by the thread that trains, and must return at once. */
public interface RunProgress {

    /** Nobody listens. */
    RunProgress NONE = (update, total) -> {};

    /** The run begins to train, or goes on after an interruption. */
    default void begins() {}

    /** It has made {@code update} of {@code total} updates; reported at the steps of its grid. */
    void at(long update, long total);
}
