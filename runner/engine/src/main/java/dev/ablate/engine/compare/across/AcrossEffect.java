package dev.ablate.engine.compare.across;

import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Gap.Why;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one variant changes in one metric, against the baseline and over all data sets that both have a mean of.
 *
 * @param metric which metric, and which way is better
 * @param sameWithin how close counts as the same on average over the data sets; empty: nothing does, or means are not added
 * @param cell what else is swept; empty where nothing is
 * @param baseline the variant that is compared with
 * @param variant the variant that is compared
 * @param differences mean over the pairs of variant minus baseline, by data set; in the unit that the metric has there
 * @param missing the data sets without one
 * @param difference the mean of the differences; empty without any, and where the metric may have a unit: dollars and years are not added
 * @param tally on how many data sets the mean of the variant is better, the same but for rounding, and worse
 * @param evidence what the test over data sets says; empty below 6 of them. Its interval means nothing where {@code difference} is empty
 * @param failed which of both have runs that failed, on any data set; in favour of these no verdict is more than undecided
 * @param verdict what it comes to
 */
public record AcrossEffect(
        Measure metric,
        OptionalDouble sameWithin,
        Map<String, String> cell,
        String baseline,
        String variant,
        Map<String, Double> differences,
        List<Missing> missing,
        OptionalDouble difference,
        Tally tally,
        Optional<Evidence> evidence,
        List<String> failed,
        Verdict verdict) {

    /** Copies lists and maps, keeping their order. */
    public AcrossEffect {
        cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
        differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
        missing = List.copyOf(missing);
        failed = List.copyOf(failed);
    }

    /**
     * A data set that is left out.
     *
     * @param dataSet its name
     * @param variant the side that has no value on it; empty: both have, and of no common pair
     * @param why why it has none
     */
    public record Missing(String dataSet, Optional<String> variant, Why why) {}

    /** On how many data sets both have a mean. */
    public int n() {
        return differences.size();
    }

    /** How many data sets there are. */
    public int dataSets() {
        return n() + missing.size();
    }

    /** What the test says, where its interval is a difference that may be shown. */
    public Optional<Evidence> interval() {
        return difference.isPresent() ? evidence : Optional.empty();
    }
}
