package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.problem.Problem;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import dev.ablate.worker.spec.StopRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits, scaling, stop rules, time-outs and tests in plans. */
class DataAndTestsPlanTest {

    private static final String HOUSES = """
            version: 1
            name: houses
            dataset: { plugin: houses }
            trainer: { plugin: linear, learning_rate: 0.1 }
            """;

    private static final String BIAS = """
            version: 1
            name: bias
            dataset: { plugin: houses }
            trainer: { plugin: neuron, activation: identity, learning_rate: 0.1, epochs: 10 }
            variants:
              bias: { trainer.bias: true }
              no-bias: { trainer.bias: false }
            """;

    @TempDir
    Path folder;

    private Specs specs;

    @BeforeEach
    void inAFolder() {
        specs = new Specs(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ test: 0.5 }|RANDOM|SEED",
                "{ test: 0.5, per: experiment }|RANDOM|EXPERIMENT",
                "{ test: 0.5, take: random, per: seed }|RANDOM|SEED",
                "{ test: 0.5, take: last }|LAST|SEED"
            })
    void givesEveryRunItsSplit(String split, Take take, Per per) {
        assertThat(specs.plan(BIAS + "data: { split: " + split + " }\n").runs())
                .extracting(run -> run.split().orElseThrow())
                .containsOnly(new SplitSettings(0.5, take, per));
    }

    @Test
    void sharesOutClassesWhereItIsAsked() {
        String symptoms = BIAS.replace("plugin: houses", "plugin: symptoms").replace("activation: identity, ", "");
        Plan plan = specs.plan(symptoms + "data: { split: { test: 0.5, stratify: true } }\n");
        assertThat(plan.runs())
                .extracting(run -> run.split().orElseThrow())
                .containsOnly(new SplitSettings(0.5, Take.RANDOM, Per.SEED, true));
        assertThat(plan.runs().get(0).params()).containsEntry("data.split.stratify", "true");
        assertThat(specs.plan(symptoms + "data: { split: { test: 0.5, stratify: false } }\n")
                        .runs()
                        .get(0)
                        .key())
                .isEqualTo(specs.plan(symptoms + "data: { split: { test: 0.5 } }\n")
                        .runs()
                        .get(0)
                        .key());
    }

    @Test
    void givesEachVariantItsScaling() {
        Plan plan = specs.plan(BIAS + """
                  scaled: { data.scale: { features: min-max } }
                  target: { data.scale.target: standard, data.scale.features: null }
                data: { scale: { features: max } }
                """);
        assertThat(plan.runs())
                .extracting(PlannedRun::scale)
                .containsExactly(
                        new ScaleSettings(Method.MAX, Method.NONE),
                        new ScaleSettings(Method.MAX, Method.NONE),
                        new ScaleSettings(Method.MIN_MAX, Method.NONE),
                        new ScaleSettings(Method.NONE, Method.STANDARD));
        assertThat(plan.runs().get(3).params())
                .containsEntry("data.scale.features", "none")
                .containsEntry("data.scale.target", "standard");
    }

    @Test
    void saysWhereManyRowsAreMeasuredLessOften() {
        String sheet = """
                version: 1
                name: sheet
                dataset: { plugin: sheet, file: many.csv, columns: [x] }
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 10 }
                """;
        specs.write("many.csv", "1,2\n".repeat(100_000));
        assertThat(specs.plan(sheet).warnings())
                .extracting(Problem::message)
                .contains("each run is measured at most 200 times: to measure 100,000 rows takes long beside learning"
                        + " from them; track.every says how often");
        for (String said : List.of("track: { every: 1 }\n", "stop: { when: mse, below: 0.1 }\n")) {
            assertThat(specs.plan(sheet + said).warnings())
                    .extracting(Problem::message)
                    .noneMatch(message -> message.contains("measured"));
        }
    }

    @Test
    void writesDownWhatItDependsOn() {
        assertThat(specs.plan(HOUSES + "data: { split: { test: 5e-1 } }\nstop: { when: mse, below: 1e-4 }\n")
                        .runs()
                        .get(0)
                        .params())
                .containsEntry("data.split.test", "0.5")
                .containsEntry("data.split.take", "random")
                .containsEntry("data.split.per", "seed")
                .containsEntry("stop.when", "train/mse")
                .containsEntry("stop.below", "1.0E-4")
                .containsEntry("stop.for", "0")
                .doesNotContainKeys("data.scale.features", "stop.above");
    }

    @Test
    void takesABareMetricOfTheTestPartWhereThereIsOne() {
        String metrics = "compare: { primary: rmse, metrics: { r2: {}, train/mae: {} } }\n";
        assertThat(metrics(HOUSES + metrics)).containsExactly("train/rmse", "train/r2", "train/mae");
        assertThat(metrics(HOUSES + "data: { split: { test: 0.5 } }\n" + metrics))
                .containsExactly("test/rmse", "test/r2", "train/mae");
    }

    @Test
    void comparesTheTestPartByDefaultWhereThereIsOne() {
        assertThat(metrics(HOUSES + "data: { split: { test: 0.5 } }\n")).containsExactly("test/mse");
        assertThat(metrics(Specs.OR_GATE.replace(", primary: mse", "") + "data: { split: { test: 0.5 } }\n"))
                .containsExactly("test/accuracy", "test/mse");
    }

    @Test
    void watchesTheTrainingPartForABareNameEvenWithATestPart() {
        StopRule rule =
                stop("data: { split: { test: 0.5 } }\nstop: { when: rmse, no_better_for: 20, min_delta: 1e-3 }\n");
        assertThat(rule)
                .isEqualTo(new StopRule.NoBetter(
                        MeasuredMetric.of(MeasuredMetric.Part.TRAIN, "rmse"), Goal.MINIMIZE, 1e-3, 20));
        assertThat(stop("stop: { when: train/r2, above: 0.9, for: 200 }\n"))
                .isEqualTo(new StopRule.Bound(MeasuredMetric.of(MeasuredMetric.Part.TRAIN, "r2"), false, 0.9, 200));
        assertThat(stop("stop: { when: error_sum, below: 0 }\n"))
                .isEqualTo(new StopRule.Bound(MeasuredMetric.of(MeasuredMetric.Part.TRAIN, "error_sum"), true, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "2m,PT2M", "1h,PT1H"})
    void failsRunsThatTakeLonger(String written, Duration timeout) {
        assertThat(specs.plan(HOUSES + "run: { timeout: " + written + " }\n").runs())
                .extracting(PlannedRun::timeout)
                .allSatisfy(each -> assertThat(each).contains(timeout));
        assertThat(specs.plan(HOUSES + "run: { timeout: " + written + " }\n", "run.timeout=none")
                        .runs()
                        .get(0)
                        .timeout())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|-|PAIRED_PERMUTATION",
                "-|paired-t|PAIRED_T",
                "-|wilcoxon|WILCOXON",
                "-|sign|SIGN",
                "{ test: 0.5 }|sign|SIGN",
                "{ test: 0.5 }|-|CORRECTED_RESAMPLED_T",
                "{ test: 0.5 }|paired-permutation|PAIRED_PERMUTATION",
                "{ test: 0.5, take: last }|-|PAIRED_PERMUTATION",
                "{ test: 0.5, per: experiment }|-|PAIRED_PERMUTATION",
                "{ test: 0.5, per: experiment }|paired-t|PAIRED_T"
            })
    void choosesTheTestThatTheSplitAllows(String split, String test, TestChoice choice) {
        Plan plan = specs.plan(BIAS
                + (split == null ? "" : "data: { split: " + split + " }\n")
                + (test == null ? "" : "compare: { test: " + test + " }\n"));
        assertThat(plan.test()).isEqualTo(choice);
        assertThat(plan.corrected()).isTrue();
    }

    @Test
    void leavesPValuesUncorrectedOnWish() {
        assertThat(specs.plan(BIAS + "compare: { correction: none }\n").corrected())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"paired-permutation", "wilcoxon", "sign"})
    void warnsOfATestThatTakesOverlappingSplitsForIndependent(String test) {
        assertThat(warnings(BIAS + "data: { split: { test: 0.5 } }\ncompare: { test: " + test + " }\n"))
                .singleElement()
                .asString()
                .startsWith(test + " takes pairs for independent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ features: standard, target: standard }|true",
                "{ features: standard, target: min-max }|false",
                "{ features: min-max, target: standard }|false",
                "{ features: standard }|false"
            })
    void warnsOfABiasWhereAllIsCentred(String scale, boolean warns) {
        List<String> warnings = warnings(BIAS + "data: { scale: " + scale + " }\n");
        assertThat(warnings.stream().anyMatch(text -> text.contains("the best bias is 0")))
                .isEqualTo(warns);
        assertThat(warnings(HOUSES + "data: { scale: " + scale + " }\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,", // no more than one was asked for
        "2,6,2/2^2 = 0.5",
        "5,6,2/2^5 = 0.0625",
        "6,0,"
    })
    void warnsOfSeedsThatAreTooFew(int seeds, int enough, String smallest) {
        List<String> warnings = warnings(BIAS + "seeds: { count: " + seeds + " }\n");
        if (enough == 0) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings)
                    .containsExactly(seeds
                            + " seeds cannot show a difference between runs that draw from chance: the smallest p of"
                            + " paired-permutation is " + smallest);
        }
        assertThat(warnings(HOUSES + "seeds: { count: " + seeds + " }\n"))
                .as("nothing is compared")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wilcoxon", "sign"})
    void warnsOfSeedsThatAreTooFewForTheOtherExactTestsToo(String test) {
        assertThat(warnings(BIAS + "seeds: { count: 5 }\ncompare: { test: " + test + " }\n"))
                .containsExactly(
                        "5 seeds cannot show a difference between runs that draw from chance: the smallest p of " + test
                                + " is 2/2^5 = 0.0625");
    }

    @Test
    void countsTheComparisonsThatSeedsHaveToPayFor() {
        String sweep = "sweep: { params: { trainer.epochs: [1, 2, 3, 4] } }\n";
        assertThat(specs.plan(BIAS + "seeds: { count: 6 }\n" + sweep).warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.message()).endsWith("is 2/2^6, and 0.125 corrected for 4 comparisons");
                    assertThat(warning.suggestion()).isEqualTo("--repeats 8 are enough");
                });
        assertThat(warnings(BIAS + "seeds: { count: 8 }\n" + sweep)).isEmpty();
        assertThat(warnings(BIAS + "seeds: { count: 6 }\ncompare: { correction: none }\n" + sweep))
                .isEmpty();
    }

    private StopRule stop(String more) {
        return specs.plan(HOUSES + more).runs().get(0).stop().orElseThrow();
    }

    private List<String> metrics(String yaml) {
        return specs.plan(yaml).metrics().stream()
                .map(metric -> metric.metric().toString())
                .toList();
    }

    private List<String> warnings(String yaml) {
        return specs.plan(yaml).warnings().stream().map(Problem::message).toList();
    }
}
