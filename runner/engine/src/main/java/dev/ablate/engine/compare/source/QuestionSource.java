package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.KnownMetrics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Says what is to be compared of runs that no spec speaks for, once it is known what they have. */
public interface QuestionSource {

    /** The further columns of a file that are the cell. */
    List<String> cells();

    /** The column of a file whose values are data sets with one answer over all of them; empty: there is none. */
    default Optional<String> across() {
        return Optional.empty();
    }

    /**
     * The metrics, the primary one first.
     *
     * @param known the names that there are
     * @param offered those of them that are named to a person who knows none
     * @param metrics what is known of those that plugins measure
     * @throws dev.ablate.engine.problem.RequestException if what is asked for is not among them, or has no goal
     */
    List<Measure> measures(List<String> known, Supplier<List<String>> offered, KnownMetrics metrics);

    /**
     * The whole question.
     *
     * @param name what is compared
     * @param metrics what is known of those that plugins measure
     * @param overlap test rows by training rows, where it is known that splits overlap
     * @throws dev.ablate.engine.problem.RequestException if it does not fit the results
     */
    Question question(
            String name, Results results, List<Measure> measures, KnownMetrics metrics, OptionalDouble overlap);
}
