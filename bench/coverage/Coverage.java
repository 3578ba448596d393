import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Clusters;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.runs.RunStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often a comparison finds an effect where there is none, and how often its interval holds the true difference: synthetic
 * experiments with a fixed seed, through the same code as every comparison.
 */
public final class Coverage {

    private static final int EXPERIMENTS = 1_000;
    private static final long SEED = 20_261_122;

    /** Of each data set that is cut into folds. */
    private static final int ROWS = 60;

    /** Of each cluster. */
    private static final int MEMBERS = 5;

    private Coverage() {}

    public static void main(String[] arguments) {
        if (!List.of(arguments).equals(List.of("clusters"))) {
            seeds();
            folds();
        }
        clusters();
    }

    private static void seeds() {
        System.out.println("| test | pairs | noise | p < 0.05 | interval holds the truth | level |");
        System.out.println("|---|---:|---|---:|---:|---:|");
        for (TestChoice test : List.of(
                TestChoice.PAIRED_PERMUTATION, TestChoice.PAIRED_T, TestChoice.WILCOXON, TestChoice.SIGN)) {
            for (int pairs : new int[] {6, 10, 15}) {
                for (Noise noise : Noise.values()) {
                    measure(test, pairs, noise);
                }
            }
        }
        System.out.println();
    }

    private static void folds() {
        System.out.println("| test | repeats x folds | noise | p < 0.05 | interval holds the truth | level |");
        System.out.println("|---|---:|---|---:|---:|---:|");
        for (TestChoice test : List.of(
                TestChoice.CORRECTED_RESAMPLED_T, TestChoice.PAIRED_PERMUTATION, TestChoice.WILCOXON, TestChoice.SIGN)) {
            for (int[] size : new int[][] {{1, 10}, {3, 5}, {10, 10}}) {
                for (Noise noise : Noise.values()) {
                    Tally tally = new Tally();
                    SplittableRandom random = new SplittableRandom(SEED);
                    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
                        tally.add(folds(test, size[0], size[1], noise, random));
                    }
                    tally.print(test, size[0] + " x " + size[1], noise);
                }
            }
        }
    }

    /** With the signs of whole clusters flipped, and with each pair taken for independent. */
    private static void clusters() {
        System.out.println();
        System.out.println("| signs flipped of | clusters x pairs | noise | p < 0.05 | interval holds the truth | level |");
        System.out.println("|---|---:|---|---:|---:|---:|");
        for (boolean whole : new boolean[] {true, false}) {
            for (int clusters : new int[] {6, 10, 30}) {
                for (Noise noise : whole ? Noise.values() : new Noise[] {Noise.NORMAL}) {
                    Tally tally = new Tally();
                    SplittableRandom random = new SplittableRandom(SEED);
                    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
                        tally.add(clustered(clusters, whole, noise, random));
                    }
                    tally.print(whole ? "clusters" : "pairs", clusters + " x " + MEMBERS, noise);
                }
            }
        }
    }

    /** In each cluster, such as a text, the one variant is better or worse by chance on all pairs alike; over all clusters neither is. */
    private static Effect clustered(int clusters, boolean whole, Noise noise, SplittableRandom random) {
        List<Observation> runs = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        Map<Pair, String> names = new HashMap<>();
        for (int cluster = 0; cluster < clusters; cluster++) {
            double[] shared = {noise.draw(random), noise.draw(random)};
            for (int member = 0; member < MEMBERS; member++) {
                Pair pair = new Pair(cluster + "-" + member);
                pairs.add(pair);
                names.put(pair, Integer.toString(cluster));
                runs.add(run("a", pair, shared[0] + noise.draw(random)));
                runs.add(run("b", pair, shared[1] + noise.draw(random)));
            }
        }
        Clusters known = whole ? new Clusters("cluster", Map.of(Map.of(), names)) : Clusters.NONE;
        return compared(TestChoice.PAIRED_PERMUTATION, pairs, runs, known);
    }

    /** What came of many experiments. */
    private static final class Tally {

        private int found;
        private int held;
        private double level;

        void add(Effect effect) {
            Evidence evidence = effect.evidence().orElseThrow();
            found += evidence.adjusted() < 0.05 ? 1 : 0;
            held += evidence.low() <= 0 && evidence.high() >= 0 ? 1 : 0;
            level = evidence.level();
        }

        void print(TestChoice test, String pairs, Noise noise) {
            print(test.word(), pairs, noise);
        }

        void print(String test, String pairs, Noise noise) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.1f %% | %.1f %% | %.1f %% |%n",
                    test,
                    pairs,
                    noise.name().toLowerCase(Locale.ROOT),
                    100.0 * found / EXPERIMENTS,
                    100.0 * held / EXPERIMENTS,
                    100 * level);
        }
    }

    private enum Noise {
        NORMAL,
        LAPLACE,
        LOPSIDED;

        double draw(SplittableRandom random) {
            return switch (this) {
                case NORMAL -> random.nextGaussian();
                case LAPLACE -> Math.log(random.nextDouble(Double.MIN_NORMAL, 1)) * (random.nextBoolean() ? 1 : -1);
                case LOPSIDED -> Math.exp(random.nextGaussian());
            };
        }
    }

    private static void measure(TestChoice test, int pairs, Noise noise) {
        SplittableRandom random = new SplittableRandom(SEED);
        Tally tally = new Tally();
        for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
            tally.add(experiment(test, pairs, noise, random));
        }
        tally.print(test, Integer.toString(pairs), noise);
    }

    /** Both variants share what the seed does to a run, and each adds noise of its own: nothing distinguishes them. */
    private static Effect experiment(TestChoice test, int pairs, Noise noise, SplittableRandom random) {
        List<Observation> runs = new ArrayList<>();
        List<Pair> seeds = LongStream.rangeClosed(1, pairs).mapToObj(Pair::of).toList();
        for (Pair seed : seeds) {
            double shared = random.nextGaussian();
            for (String variant : List.of("a", "b")) {
                runs.add(run(variant, seed, shared + noise.draw(random)));
            }
        }
        return compared(test, seeds, runs);
    }

    /**
     * Lines through other rows in every fold, each variant's by a feature of its own, both of which say as much of the target: nothing
     * distinguishes the variants but which rows there happen to be.
     */
    private static Effect folds(TestChoice test, int repeats, int folds, Noise noise, SplittableRandom random) {
        double[][] features = new double[2][ROWS];
        double[] targets = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            features[0][row] = random.nextGaussian();
            features[1][row] = random.nextGaussian();
            targets[row] = features[0][row] + features[1][row] + noise.draw(random);
        }
        List<Observation> runs = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (int seed = 1; seed <= repeats; seed++) {
            int[] order = IntStream.range(0, ROWS).toArray();
            for (int k = 0; k < ROWS; k++) {
                int chosen = random.nextInt(k, ROWS);
                int row = order[chosen];
                order[chosen] = order[k];
                order[k] = row;
            }
            for (int fold = 0; fold < folds; fold++) {
                boolean[] held = new boolean[ROWS];
                for (int k = fold; k < ROWS; k += folds) {
                    held[order[k]] = true;
                }
                Pair pair = Pair.of(seed, fold + 1);
                pairs.add(pair);
                for (int variant = 0; variant < 2; variant++) {
                    runs.add(run(variant == 0 ? "a" : "b", pair, mse(features[variant], targets, held), held));
                }
            }
        }
        return compared(test, pairs, runs);
    }

    /** Of the line of least squares through the rows that are not held back, on those that are. */
    private static double mse(double[] x, double[] y, boolean[] held) {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        for (int row = 0; row < x.length; row++) {
            if (!held[row]) {
                n++;
                sumX += x[row];
                sumY += y[row];
            }
        }
        double products = 0;
        double squares = 0;
        for (int row = 0; row < x.length; row++) {
            if (!held[row]) {
                products += (x[row] - sumX / n) * (y[row] - sumY / n);
                squares += (x[row] - sumX / n) * (x[row] - sumX / n);
            }
        }
        double slope = products / squares;
        double errors = 0;
        int tested = 0;
        for (int row = 0; row < x.length; row++) {
            if (held[row]) {
                double error = y[row] - sumY / n - slope * (x[row] - sumX / n);
                errors += error * error;
                tested++;
            }
        }
        return errors / tested;
    }

    private static Effect compared(TestChoice test, List<Pair> seeds, List<Observation> runs) {
        return compared(test, seeds, runs, Clusters.NONE);
    }

    private static Effect compared(TestChoice test, List<Pair> seeds, List<Observation> runs, Clusters clusters) {
        Question question = new Question(
                "coverage",
                List.of("a", "b"),
                "a",
                List.of(Map.of()),
                seeds,
                List.of(new Measure("loss", Goal.MINIMIZE, Optional.empty())),
                test,
                OptionalDouble.empty(),
                KnownMetrics.NONE,
                Map.of(),
                true,
                Optional.empty(),
                clusters,
                false);
        return Findings.of(question, runs).effects().get(0);
    }

    private static Observation run(String variant, Pair pair, double loss) {
        return run(variant, pair, loss, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    private static Observation run(String variant, Pair pair, double loss, boolean[] held) {
        int tested = (int) IntStream.range(0, held.length).filter(row -> held[row]).count();
        return run(
                variant,
                pair,
                loss,
                OptionalInt.of(held.length - tested),
                OptionalInt.of(tested),
                Optional.of(Arrays.toString(held)));
    }

    private static Observation run(
            String variant, Pair pair, double loss, OptionalInt trained, OptionalInt tested, Optional<String> split) {
        return new Observation(
                variant,
                Map.of(),
                pair,
                Optional.empty(),
                RunStatus.FINISHED,
                Optional.empty(),
                false,
                OptionalLong.empty(),
                trained,
                tested,
                split,
                Map.of("loss", loss),
                Map.of());
    }
}
