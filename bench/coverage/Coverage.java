import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.runs.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * How often a comparison finds an effect where there is none, and how often its interval holds the true difference: synthetic
 * experiments with a fixed seed, through the same code as every comparison.
 */
public final class Coverage {

    private static final int EXPERIMENTS = 1_000;
    private static final long SEED = 20_261_122;

    private Coverage() {}

    public static void main(String[] arguments) {
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
        int found = 0;
        int held = 0;
        double level = 0;
        for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
            Effect effect = experiment(test, pairs, noise, random);
            found += effect.verdict() == Verdict.UNDECIDED ? 0 : 1;
            held += effect.evidence().orElseThrow().low() <= 0 && effect.evidence().orElseThrow().high() >= 0 ? 1 : 0;
            level = effect.evidence().orElseThrow().level();
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %.1f %% | %.1f %% | %.1f %% |%n",
                test.word(),
                pairs,
                noise.name().toLowerCase(Locale.ROOT),
                100.0 * found / EXPERIMENTS,
                100.0 * held / EXPERIMENTS,
                100 * level);
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
                true);
        return Findings.of(question, runs).effects().get(0);
    }

    private static Observation run(String variant, Pair pair, double loss) {
        return new Observation(
                variant,
                Map.of(),
                pair,
                Optional.empty(),
                RunStatus.FINISHED,
                Optional.empty(),
                false,
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Map.of("loss", loss),
                Map.of());
    }
}
