package dev.ablate.engine.compare.source;

import com.google.common.hash.Hashing;
import dev.ablate.engine.compare.Question;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs that no spec speaks for, and what is asked of them.
 *
 * @param question what is compared
 * @param results the runs
 * @param source where they come from: {@code in results.csv}
 * @param origin the same in detail
 * @param remarks what was guessed of a file, left out or put together
 */
public record RunsComparison(Question question, Results results, String source, Origin origin, List<String> remarks) {

    /** Copies the list. */
    public RunsComparison {
        remarks = List.copyOf(remarks);
    }

    /** What is asked, and of what, as 64 hex digits; the same whatever runs are there by now. */
    public String key() {
        return Hashing.sha256()
                .hashString(question.asked() + "\n" + origin.asked(), StandardCharsets.UTF_8)
                .toString();
    }
}
