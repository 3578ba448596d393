package dev.ablate.worker.spec;

import java.util.Optional;

/**
 * How rows are held back; each part keeps the order of the rows.
 *
 * @param test the share of rows in the test part, above 0 and below 1; the nearest number of rows (half up), and at least one in
 *     each part; 0 where the test part is a fold or a file
 * @param validation the share of all rows in the validation part, drawn from those that the test part leaves; 0: there is none
 * @param take which rows
 * @param per how often it is drawn
 * @param stratify whether each class has its share in all parts, as near as whole rows allow; of rows that are drawn
 * @param group the column whose rows stay together where they are alike in it; empty: each row is drawn by itself
 * @param file the hash of the data that are the test part, of a file of their own; empty where the test part is one of the rows
 * @param fold which fold is the test part; empty where the test part is a share of the rows
 */
public record SplitSettings(
        double test,
        double validation,
        Take take,
        Per per,
        boolean stratify,
        Optional<String> group,
        Optional<String> file,
        Optional<Fold> fold) {

    /** Of the rows of one file. */
    public SplitSettings(
            double test,
            double validation,
            Take take,
            Per per,
            boolean stratify,
            Optional<String> group,
            Optional<Fold> fold) {
        this(test, validation, take, per, stratify, group, Optional.empty(), fold);
    }

    /** Of all rows alike, whatever their class. */
    public SplitSettings(double test, Take take, Per per) {
        this(test, take, per, false);
    }

    /** Without a validation part. */
    public SplitSettings(double test, Take take, Per per, boolean stratify) {
        this(test, 0, take, per, stratify, Optional.empty(), Optional.empty());
    }

    /** Which rows are held back. */
    public enum Take {
        /** Drawn from the stream {@code split}; those to validate on from {@code validation}. */
        RANDOM,
        /** The last ones; nothing is drawn. */
        LAST
    }

    /** How often a random split is drawn. */
    public enum Per {
        /** Again for every seed, and alike for all variants of it. */
        SEED,
        /** Once, from the fixed seed 0, for all seeds. */
        EXPERIMENT
    }

    /**
     * One of the parts into which a seed cuts all rows, each of which is held back once.
     *
     * @param number from 1
     * @param of how many there are, at least 2
     */
    public record Fold(int number, int of) {

        /**
         * @throws IllegalArgumentException if there is no such fold
         */
        public Fold {
            if (of < 2 || number < 1 || number > of) {
                throw new IllegalArgumentException("no fold " + number + " of " + of);
            }
        }
    }

    /** The same with another fold as its test part. */
    public SplitSettings with(Fold another) {
        return new SplitSettings(test, validation, take, per, stratify, group, file, Optional.of(another));
    }

    /** Whether there is a part to validate on. */
    public boolean hasValidation() {
        return validation > 0;
    }

    /** Whether another seed or fold holds back other rows, so that the training parts of two runs overlap. */
    public boolean overlaps() {
        return take == Take.RANDOM && per == Per.SEED && (file.isEmpty() || hasValidation());
    }
}
