package dev.ablate.worker.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** How rows are drawn: all alike, of each class its share, or whole groups. */
interface Drawing {

    /** All rows alike. */
    Drawing ALIKE = new Drawing() {

        @Override
        public int[] draw(int[] from, int count, int further, RandomGenerator random) {
            int[] order = from.clone();
            Split.shuffle(order, count, random);
            return Arrays.copyOf(order, count);
        }

        @Override
        public int[] folds(int rows, int count, RandomGenerator random) {
            int[] order = IntStream.range(0, rows).toArray();
            Split.shuffle(order, rows, random);
            int[] folds = new int[rows];
            for (int k = 0; k < rows; k++) {
                folds[order[k]] = k % count;
            }
            return folds;
        }
    };

    /**
     * Some of the rows.
     *
     * @param from which there are, rising
     * @param count how many are wanted, at least 1 and fewer than there are
     * @param further how many parts the rows that are left are for
     */
    int[] draw(int[] from, int count, int further, RandomGenerator random);

    /**
     * The fold of each row, from 0; none is empty.
     *
     * @param count how many folds
     */
    int[] folds(int rows, int count, RandomGenerator random);
}
