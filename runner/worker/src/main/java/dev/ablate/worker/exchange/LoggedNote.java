package dev.ablate.worker.exchange;

/**
 * One thing that a program logged, as it is stored.
 *
 * @param run {@link #MAIN}, or the id of a further run
 * @param kind what it is
 * @param name what it is called
 * @param step of a metric, else 0
 * @param time in milliseconds since 1970; 0 where there is none
 * @param value a number as {@link Double#toString(double)} writes it, a text, the id of a further run, or JSON
 */
public record LoggedNote(String run, Kind kind, String name, long step, long time, String value) {

    /** The id of the run itself. */
    public static final String MAIN = "run";

    /** The tag of the run itself with what its trainer has to say of it, for a person. */
    public static final String REMARK = "ablate.remark";

    /** What can be logged. */
    public enum Kind {
        /** A value of a metric. */
        METRIC,
        /** A param. */
        PARAM,
        /** A tag. */
        TAG,
        /** That a tag is removed. */
        UNTAG,
        /** A further run that begins; its id is the value. */
        CHILD,
        /** How a further run ended. */
        END,
        /** Something that the run reads; the value is an object of texts in JSON. */
        INPUT;

        /** Whether an attempt that begins again logs it in vain where it is there already. */
        public boolean isOnce() {
            return this == METRIC || this == PARAM || this == CHILD || this == INPUT;
        }
    }
}
