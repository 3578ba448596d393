package dev.ablate.engine.report.text;

/** How much a report shows of what there is. */
public enum Detail {
    /** What a terminal has room for. */
    BRIEF,
    /** What a page has room for. */
    PAGE,
    /** Everything. */
    ALL
}
