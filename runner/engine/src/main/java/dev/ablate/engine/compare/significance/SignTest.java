package dev.ablate.engine.compare.significance;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The exact sign test, with its own inversion as the interval of the median difference.
 *
 * <p>Ties are dropped. If nothing but luck distinguishes variant from baseline, each of the m other pairs is won with probability 1/2; p is
 * twice the probability of as few wins, or as few losses, as the rarer of the two. How large a difference is does not matter, so
 * that no pair rules the answer, and a difference may be infinite: a run that failed loses its pair.
 *
 * <p>The interval goes from the k-th smallest to the k-th largest difference, k the largest number for which {@code 2 P(X < k)} is below
 * 0.05, X binomial. It is of the pairs that differ, as p is, so that the two never disagree; where fewer than {@value #FEWEST} differ, p
 * cannot reach 0.05, and it is of all pairs.
 *
 * <p>Sources: W. J. Dixon and A. M. Mood, "The statistical sign test", Journal of the American Statistical Association 41 (1946),
 * 557-566; W. R. Thompson, "On confidence ranges for the median", Annals of Mathematical Statistics 7 (1936), 122-128.
 */
public final class SignTest implements PairedTest {

    SignTest() {}

    /** The two-sided p-value of so many wins and losses, above 0 and at most 1; 1 without any. */
    public static double p(int wins, int losses) {
        int pairs = wins + losses;
        return pairs == 0 ? 1 : Math.min(1, 2 * binomial(pairs).cumulativeProbability(Math.min(wins, losses)));
    }

    @Override
    public String word() {
        return "sign";
    }

    @Override
    public Optional<Outcome> test(double... differences) {
        if (differences.length < FEWEST) {
            return Optional.empty();
        }
        double[] different =
                DoubleStream.of(differences).filter(value -> value != 0).toArray();
        int wins = (int) DoubleStream.of(different).filter(value -> value > 0).count();
        double[] sorted = different.length < FEWEST ? differences.clone() : different;
        Arrays.sort(sorted);
        BinomialDistribution signs = binomial(sorted.length);
        int k = signs.inverseCumulativeProbability(ALPHA / 2);
        return Optional.of(new Outcome(
                p(wins, different.length - wins),
                sorted[k - 1],
                sorted[sorted.length - k],
                1 - 2 * signs.cumulativeProbability(k - 1)));
    }

    private static BinomialDistribution binomial(int pairs) {
        return BinomialDistribution.of(pairs, 0.5);
    }
}
