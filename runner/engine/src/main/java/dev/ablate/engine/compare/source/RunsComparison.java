package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Question;
import java.util.List;

/**
 * Runs that no spec speaks for, and what is asked of them.
 *
 * @param question what is compared
 * @param results the runs
 * @param source where they come from: {@code in results.csv}
 * @param remarks what was guessed of a file
 */
public record RunsComparison(Question question, Results results, String source, List<String> remarks) {

    /** Copies the list. */
    public RunsComparison {
        remarks = List.copyOf(remarks);
    }

    /** Nothing was guessed. */
    public RunsComparison(Question question, Results results, String source) {
        this(question, results, source, List.of());
    }
}
