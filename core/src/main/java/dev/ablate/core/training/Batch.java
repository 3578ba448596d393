package dev.ablate.core.training;

import dev.ablate.core.option.ReadBy;

/** How many rows one update learns from: all of them, or a number. In YAML {@code all} or {@code 32}. */
@ReadBy(BatchType.class)
public sealed interface Batch {

    /**
     * The size of a full batch, 1 to {@code rows}.
     *
     * @param rows how many rows there are, at least 1
     */
    int of(int rows);

    /** Every row, however many there are. */
    record All() implements Batch {
        @Override
        public int of(int rows) {
            return rows;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof All;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /**
     * This many rows, or all where there are fewer.
     *
     * @param count 1 or greater
     */
    record Rows(int count) implements Batch {
        /**
         * @throws IllegalArgumentException if the count is less than 1
         */
        public Rows {
            if (count < 1) {
                throw new IllegalArgumentException("a batch must be 'all' or have at least 1 row, not " + count);
            }
        }

        @Override
        public int of(int rows) {
            return Math.min(count, rows);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Rows that && count == that.count;
        }

        @Override
        public int hashCode() {
            return Integer.hashCode(count);
        }
    }
}
