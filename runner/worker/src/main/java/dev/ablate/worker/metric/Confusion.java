package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** How many rows of each class are decided to be of each class. */
final class Confusion {

    /** {@code [k]} of {@code [k]}: by target, then by answer. */
    private final long[][] counts;

    private final int[] ofTarget;
    private final int[] ofAnswer;

    /** Counted once for all metrics. */
    static Confusion of(Answers answers) {
        return answers.derived(Confusion.class, Confusion::new);
    }

    private Confusion(Answers answers) {
        int classes = Math.max(2, answers.perRow());
        counts = new long[classes][classes];
        ofTarget = new int[classes];
        ofAnswer = new int[classes];
        for (int row = 0; row < answers.rows(); row++) {
            int target = (int) answers.target(row);
            int answer = answers.classOf(row);
            counts[target][answer]++;
            ofTarget[target]++;
            ofAnswer[answer]++;
        }
    }

    int classes() {
        return counts.length;
    }

    /** Rows of a class. */
    int ofTarget(int k) {
        return ofTarget[k];
    }

    /** Rows that are decided to be of a class. */
    int ofAnswer(int k) {
        return ofAnswer[k];
    }

    /** Rows of a class that are decided to be of it. */
    long right(int k) {
        return counts[k][k];
    }

    /** Of the rows that are decided to be of a class, the share that is of it; 0 where there are none. */
    double precision(int k) {
        return ofAnswer[k] == 0 ? 0 : (double) right(k) / ofAnswer[k];
    }

    /** Of the rows of a class, the share that is decided to be of it; 0 where there are none. */
    double recall(int k) {
        return ofTarget[k] == 0 ? 0 : (double) right(k) / ofTarget[k];
    }

    /** The harmonic mean of precision and recall of a class; 0 where both are. */
    double f1(int k) {
        long all = (long) ofTarget[k] + ofAnswer[k];
        return all == 0 ? 0 : 2.0 * right(k) / all;
    }

    /** Of two classes that of the second, else the mean over those classes that are a target or an answer. */
    double macro(IntToDoubleFunction ofClass) {
        return classes() == 2
                ? ofClass.applyAsDouble(1)
                : IntStream.range(0, classes())
                        .filter(k -> ofTarget[k] + ofAnswer[k] > 0)
                        .mapToDouble(ofClass)
                        .average()
                        .orElseThrow();
    }
}
