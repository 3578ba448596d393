package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Question;

/**
 * Runs that no spec speaks for, and what is asked of them.
 *
 * @param question what is compared
 * @param results the runs
 * @param source where they come from: {@code in results.csv}
 */
public record RunsComparison(Question question, Results results, String source) {}
