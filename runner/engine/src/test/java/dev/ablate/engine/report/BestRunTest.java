package dev.ablate.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Trial;
import dev.ablate.engine.report.BestRun.Choice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The best of many on what they are judged by is said to be that, and only where it is decided; no model is registered for it. */
class BestRunTest {

    @Test
    void theBestOfManyCellsOfNoiseIsNotNamed() {
        String sentence = sentence(noise("trainer.learning_rate"));
        assertThat(sentence)
                .startsWith("b: train/mse against a is undecided in 24 of 24 cells")
                .doesNotContain("best");
    }

    @Test
    void aDecidedBestIsSaidToBeChosenOnWhatItIsJudgedBy() {
        assertThat(sentence(decided("trainer.learning_rate")))
                .isEqualTo("b: train/mse against a is better in 2 of 2 cells; the best of all, b with learning_rate=0.2"
                        + " (0.105), was chosen among 4 on train/mse, on which it is judged.");
    }

    @Test
    void aBestOfWhichRunsFailedIsNotNamed() {
        Trial trial = new Trial("a", "b")
                .sweep("trainer.learning_rate", "0.1", "0.2")
                .seeds(TEN)
                .mse();
        for (int cell = 0; cell < 2; cell++) {
            for (long seed : TEN) {
                trial.in(cell).mse("a", seed, 2 - cell + seed / 100.0);
                if (cell == 1 && seed == 1) {
                    trial.failed("b", seed, 5, "failed after 5 updates: train/mse is not finite");
                } else {
                    trial.mse("b", seed, 1 - cell / 2.0 + seed / 1000.0);
                }
            }
        }
        assertThat(sentence(trial.compare())).doesNotContain("best");
    }

    @Test
    void aBestOfWhichARunHasNoValueIsNotNamed() {
        for (double value : new double[] {0.5, Double.NaN}) {
            Trial trial = new Trial("a", "b")
                    .sweep("trainer.learning_rate", "0.1", "0.2")
                    .seeds(TEN)
                    .mse();
            for (int cell = 0; cell < 2; cell++) {
                for (long seed : TEN) {
                    trial.in(cell).mse("a", seed, 2 - cell / 4.0 + seed / 100.0);
                    trial.mse("b", seed, cell == 1 && seed == 1 ? value : 1 - cell / 2.0 + seed / 1000.0);
                }
            }
            boolean named = sentence(trial.compare()).contains("the best of all, b with learning_rate=0.2");
            assertThat(named).as("one value is %s", value).isEqualTo(Double.isFinite(value));
        }
    }

    @Test
    void theNameOfACellIsTakenAsAPersonTypesItsNumbers() {
        Findings findings = decided("trainer.learning_rate").findings();
        for (String typed : new String[] {"b/learning_rate=0.20", "b/learning_rate=2e-1"}) {
            Choice choice = BestRun.of(findings, Optional.of(typed));
            assertThat(choice.run().map(BestRun::label)).as(choice.reason()).contains("b/learning_rate=0.2/seed=1");
        }
        assertThat(BestRun.of(findings, Optional.of("b/learning_rate=.1/seed=2"))
                        .run()
                        .map(BestRun::label))
                .contains("b/learning_rate=0.1/seed=2");
    }

    @Test
    void noBestIsNamedOverDataOfDifferentDifficulty() {
        for (String path : new String[] {"dataset.noise", "data.split.test", "set"}) {
            assertThat(sentence(decided(path))).as(path).isEqualTo("b: train/mse against a is better in 2 of 2 cells.");
        }
    }

    @Test
    void ofOneVariantAloneTooABestIsNamedWhereItIsDecided() {
        Trial alone = new Trial("a")
                .sweep("trainer.learning_rate", "0.1", "0.2", "0.3")
                .seeds(SIX)
                .mse();
        Trial same = new Trial("a")
                .sweep("trainer.learning_rate", "0.1", "0.2", "0.3")
                .seeds(SIX)
                .mse();
        for (int cell = 0; cell < 3; cell++) {
            for (long seed : SIX) {
                alone.in(cell).mse("a", seed, 3 - cell + seed / 100.0);
                same.in(cell).mse("a", seed, 1 + ((seed + cell) % 3) / 100.0);
            }
        }
        assertThat(sentence(alone.compare()))
                .as("six pairs and two others: the least p, corrected, is above the level")
                .isEqualTo("a: train/mse is 1.04 to 3.04 in 3 cells.");
        assertThat(sentence(same.compare())).isEqualTo("a: train/mse is 1.01 in 3 cells.");
    }

    @Test
    void registersTheFirstSeedOfTheVariantThatIsDecidedlyBetterThanAllOthers() {
        Choice choice = BestRun.of(variants(0.5, 1), Optional.empty());
        assertThat(choice.run()).get().satisfies(best -> {
            assertThat(best.label()).isEqualTo("b/seed=1");
            assertThat(best.description())
                    .startsWith("b/seed=1: decidedly better than all others on train/mse, and its first seed;"
                            + " its train/mse is 0.535.\n\nb: train/mse is");
        });
    }

    @Test
    void registersNothingWhereNoVariantIs() {
        Choice choice = BestRun.of(variants(0.999, 1), Optional.empty());
        assertThat(choice.run()).isEmpty();
        assertThat(choice.reason())
                .isEqualTo("no variant is decidedly better than all others on train/mse, and the best of them by chance"
                        + " is none to rely on; to say whose it is: --set track.mlflow.register_from=a");
    }

    @Test
    void registersNothingOfASweepUnlessItIsNamed() {
        Findings sweep = decided("trainer.learning_rate").findings();
        Choice choice = BestRun.of(sweep, Optional.empty());
        assertThat(choice.run()).isEmpty();
        assertThat(choice.reason())
                .isEqualTo("the best of 4 is a pick on what it is judged by; to say whose it is: --set"
                        + " track.mlflow.register_from=a/learning_rate=0.1");
        assertThat(named(sweep, "b/learning_rate=0.1")).isEqualTo("b/learning_rate=0.1/seed=1");
        assertThat(named(sweep, "a/learning_rate=0.2/seed=3")).isEqualTo("a/learning_rate=0.2/seed=3");
    }

    @Test
    void registersWhatTheSpecNamesHoweverItDid() {
        Findings variants = variants(0.5, 1);
        assertThat(named(variants, "a")).isEqualTo("a/seed=1");
        assertThat(named(variants, "b/seed=4")).isEqualTo("b/seed=4");
        assertThat(BestRun.of(variants, Optional.of("b/seed=4")).run())
                .get()
                .satisfies(run -> assertThat(run.description()).startsWith("b/seed=4: named by the spec; its"));
    }

    @Test
    void registersNoDifferenceOnOneTestPartThatNoTestWasMadeOf() {
        Trial trial = new Trial("a", "b").held(1).mse();
        for (String variant : new String[] {"a", "b"}) {
            double value = variant.equals("a") ? 2 : 1;
            trial.finished(variant, 1, true, Map.of("test/mse", value), Map.of(), List.of());
        }
        assertThat(BestRun.of(trial.compare().findings(), Optional.empty()).run())
                .isEmpty();
    }

    @Test
    void registersWhatATestOfTestPartsHasDecided() {
        Trial trial = new Trial("a", "b").seeds(TEN).held(1).mse();
        for (long seed : TEN) {
            trial.finished("a", seed, false, Map.of("test/mse", 2 + seed / 100.0), Map.of(), List.of());
            trial.finished("b", seed, false, Map.of("test/mse", 1 + seed / 1000.0), Map.of(), List.of());
        }
        assertThat(BestRun.of(trial.compare().findings(), Optional.empty()).run())
                .get()
                .satisfies(best -> assertThat(best.label()).isEqualTo("b/seed=1"));
    }

    private static final Long[] SIX = {1L, 2L, 3L, 4L, 5L, 6L};

    private static final Long[] TEN = {1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L};

    private static String sentence(Comparison comparison) {
        return Report.of(comparison, Trials.asked("ablate run x.yaml")).sentence();
    }

    private static String named(Findings findings, String from) {
        return BestRun.of(findings, Optional.of(from)).run().orElseThrow().label();
    }

    /** Ten seeds of two variants, the second by a factor of the first. */
    private static Findings variants(double factor, double spread) {
        Trial trial = new Trial("a", "b").seeds(TEN).mse();
        for (long seed : TEN) {
            trial.mse("a", seed, 1 + spread * seed / 100);
            trial.mse("b", seed, factor * (1 + spread * ((seed * 7) % 11) / 100) + (factor < 0.9 ? 0.0 : 0.001));
        }
        return trial.compare().findings();
    }

    private static Comparison decided(String path) {
        Trial trial = new Trial("a", "b").sweep(path, "0.1", "0.2").seeds(TEN).mse();
        for (int cell = 0; cell < 2; cell++) {
            for (long seed : TEN) {
                double least = (cell == 0 ? 0.5 : 0.05) + seed / 100.0;
                trial.in(cell).mse("a", seed, least + 1 + seed / 1000.0).mse("b", seed, least);
            }
        }
        return trial.compare();
    }

    /** 24 cells of two variants that are all alike. */
    private static Comparison noise(String path) {
        String[] values = new String[24];
        for (int i = 0; i < values.length; i++) {
            values[i] = "0." + (10 + i);
        }
        Trial trial = new Trial("a", "b").sweep(path, values).seeds(SIX).mse();
        for (int cell = 0; cell < values.length; cell++) {
            for (long seed : SIX) {
                trial.in(cell)
                        .mse("a", seed, 1 + ((seed * 7 + cell * 5L) % 13) / 100.0)
                        .mse("b", seed, 1 + ((seed * 5 + cell * 11L) % 13) / 100.0);
            }
        }
        return trial.compare();
    }
}
