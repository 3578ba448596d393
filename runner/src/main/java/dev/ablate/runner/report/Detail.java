package dev.ablate.runner.report;

/** How much a report shows of what there is. */
public enum Detail {
    /** What a terminal has room for. */
    BRIEF,
    /** What a page has room for. */
    PAGE,
    /** Everything. */
    ALL
}
