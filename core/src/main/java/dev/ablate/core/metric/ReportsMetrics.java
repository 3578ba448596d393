package dev.ablate.core.metric;

import java.util.List;

/**
 * Implemented by the options record of a trainer that reports metrics of its own.
 *
 * <p>The options declare them before anything is trained, so that a spec can compare them. Each is reported at least once a run, also by
 * a run that is stopped early; one that is not declared ends the run when it is reported.
 */
public interface ReportsMetrics {

    /** The metrics that a trainer with these options reports, each name once; may be empty. */
    List<ReportedMetric> reportedMetrics();

    /**
     * Whether these are all metrics of its runs, as of a trainer that has {@linkplain dev.ablate.core.training.Model#none no model} to
     * measure. Their names may be those of metrics that are measured on data.
     */
    default boolean areAll() {
        return false;
    }
}
