package dev.ablate.worker.spec;

/**
 * How rows are held back for testing; both parts keep the order of the rows.
 *
 * @param test the share of rows in the test part, above 0 and below 1; the nearest number of rows (half up), and at least one in
 *     each part
 * @param take which rows
 * @param per how often it is drawn
 * @param stratify whether each class has its share in both parts, as near as whole rows allow; of rows that are drawn
 */
public record SplitSettings(double test, Take take, Per per, boolean stratify) {

    /** Of all rows alike, whatever their class. */
    public SplitSettings(double test, Take take, Per per) {
        this(test, take, per, false);
    }

    /** Which rows are held back. */
    public enum Take {
        /** Drawn from the stream {@code split}. */
        RANDOM,
        /** The last ones; nothing is drawn. */
        LAST
    }

    /** How often a random split is drawn. */
    public enum Per {
        /** Anew for every seed, and alike for all variants of it. */
        SEED,
        /** Once, from the fixed seed 0, for all seeds. */
        EXPERIMENT
    }

    /** Whether another seed holds back other rows, so that the training parts of two seeds overlap. */
    public boolean overlaps() {
        return take == Take.RANDOM && per == Per.SEED;
    }
}
