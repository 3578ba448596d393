package dev.ablate.core.note;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One thing that a program logs; see {@link RunNotes}. */
public sealed interface Note {

    /** What it is called. */
    String name();

    /**
     * A value of a metric.
     *
     * @param name any
     * @param step any; steps need not rise, and one may have several values
     * @param time in milliseconds since 1970
     * @param value any, which need not be finite
     */
    record Metric(String name, long step, long time, double value) implements Note {}

    /** A param; the last value counts. */
    record Param(String name, String value) implements Note {}

    /** A tag; the last value counts. */
    record Tag(String name, String value) implements Note {}

    /** Removes a tag. */
    record Untag(String name) implements Note {}

    /**
     * How a further run ended.
     *
     * @param name {@code FINISHED}, {@code FAILED} or {@code KILLED}
     * @param time when, in milliseconds since 1970
     */
    record End(String name, long time) implements Note {}

    /**
     * Something that the run reads, such as a data set.
     *
     * @param name what it is called
     * @param details what else there is to know of it, by name
     */
    record Input(String name, Map<String, String> details) implements Note {
        /** Copies the map. */
        public Input {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        }
    }
}
