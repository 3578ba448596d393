package dev.ablate.worker.spec;

import java.util.Objects;

/**
 * What becomes of missing values of features; what is filled in is fitted on the training part alone.
 *
 * @param numbers in columns of numbers
 * @param indicator whether each column of numbers that is filled in gets a column beside it that is 1 where a value was missing
 * @param categories in columns of categories
 */
public record MissingSettings(Numbers numbers, boolean indicator, Categories categories) {

    /** Nothing may be missing. */
    public static final MissingSettings REFUSE = new MissingSettings(Numbers.REFUSE, false, Categories.REFUSE);

    @Override
    public boolean equals(Object other) {
        return other instanceof MissingSettings that
                && numbers == that.numbers
                && indicator == that.indicator
                && categories == that.categories;
    }

    @Override
    public int hashCode() {
        return Objects.hash(numbers, indicator, categories);
    }

    /** What becomes of a missing number. */
    public enum Numbers {
        /** There may be none. */
        REFUSE,
        /** Its row is left out. */
        DROP,
        /** It is the mean. */
        MEAN,
        /** It is the median; of an even count the mean of the two in the middle. */
        MEDIAN,
        /** It is 0. */
        ZERO
    }

    /** What becomes of a missing category. */
    public enum Categories {
        /** There may be none. */
        REFUSE,
        /** Its row is left out. */
        DROP,
        /** It is a category of its own. */
        OWN,
        /** It is the most frequent one; of several the first. */
        MOST
    }
}
