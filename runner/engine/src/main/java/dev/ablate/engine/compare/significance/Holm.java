package dev.ablate.engine.compare.significance;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's correction for asking several questions at once.
 *
 * <p>The p-values are sorted upwards; the k-th of m is multiplied by {@code m - k + 1}; none may fall below the one before, nor exceed
 * 1. Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979), 65-70.
 */
public final class Holm {

    private Holm() {}

    /**
     * The adjusted values.
     *
     * @param p one a question, in any order; {@code [m]}
     * @return {@code [m]}, in the order of {@code p}; none is below its raw value
     */
    public static double[] adjust(double... p) {
        List<Integer> upwards = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList();
        double[] adjusted = new double[p.length];
        double running = 0;
        for (int rank = 0; rank < p.length; rank++) {
            int index = upwards.get(rank);
            running = Math.max(running, Math.min(1, p[index] * (p.length - rank)));
            adjusted[index] = running;
        }
        return adjusted;
    }
}
