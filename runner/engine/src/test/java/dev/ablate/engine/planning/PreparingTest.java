package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.Problem;
import dev.ablate.worker.spec.EncodeSettings.Coding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparingTest {

    private static final String PASSENGERS = """
            version: 1
            name: passengers
            dataset: { plugin: passengers }
            data:
              features: [class, sex, age, fare, port]
              missing: { numbers: median, categories: own }
              scale: { features: standard }
            trainer: { plugin: neuron, activation: sigmoid, learning_rate: 0.1, epochs: 10 }
            variants:
              bias: { trainer.bias: true }
              no-bias: { trainer.bias: false }
            """;

    private static final String REFUSED = PASSENGERS.replace("  missing: { numbers: median, categories: own }\n", "");

    @TempDir
    private Path folder;

    private Specs specs = new Specs(Path.of(""));

    @BeforeEach
    void inAFolder() {
        specs = new Specs(folder);
    }

    private List<String> problems(String spec) {
        return specs.problems(spec, new Overrides(List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void namesColumnsAndSaysOnceWhatIsDone() {
        Plan plan = specs.plan(PASSENGERS);
        assertThat(plan.runs())
                .extracting(PlannedRun::features)
                .containsOnly(
                        List.of("class=2", "class=3", "sex=male", "age", "fare", "port=Q", "port=S", "port=missing"));
        assertThat(plan.features()).containsExactly("class", "sex", "age", "fare", "port");
        // the counts and the median as figured out by others
        assertThat(plan.warnings())
                .extracting(Problem::message)
                .containsOnlyOnce(
                        "missing numbers become the median of the training rows: age (13 of 120 rows, 33 over all rows)",
                        "missing categories are a category of their own: port (5 of 120 rows)",
                        "each category but a reference is a column of 0 and 1;"
                                + " the references are class=1, sex=female, port=C");
    }

    @Test
    void keysHaveWhatIsAskedForAsFarAsTheDataHaveIt() {
        assertThat(specs.leaves(PASSENGERS).get(0))
                .containsEntry("data.features", "[class, sex, age, fare, port]")
                .containsEntry("data.missing.numbers", "median")
                .containsEntry("data.missing.categories", "own")
                .containsEntry("data.encode.categories", "reference")
                .containsEntry("data.encode.reference", "first")
                .doesNotContainKeys("data.missing.indicator", "data.encode.rare", "data.encode.order");
        String fares = PASSENGERS.replace("[class, sex, age, fare, port]", "[fare]");
        assertThat(specs.leaves(fares).get(0).keySet())
                .noneMatch(path -> path.startsWith("data.missing") || path.startsWith("data.encode"));
        assertThat(specs.plan(fares.replace("median", "mean")).runs().get(0).key())
                .isEqualTo(specs.plan(fares).runs().get(0).key());
        assertThat(specs.plan(PASSENGERS.replace("median", "mean"))
                        .runs()
                        .get(0)
                        .key())
                .isNotEqualTo(specs.plan(PASSENGERS).runs().get(0).key());
        assertThat(specs.leaves(
                                PASSENGERS.replace(
                                        "  scale",
                                        "  encode: { categories: reference, reference: { port: S, class: 3 }, rare: 0.05 }\n  scale"))
                        .get(0))
                .containsEntry("data.encode.reference", "{class: \"3\", port: S}")
                .containsEntry("data.encode.rare", "0.05");
    }

    @Test
    void refusesMissingValuesAndSaysWaysOut() {
        assertThat(problems(REFUSED))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .contains(
                                        "spec.yaml:3:20: error: 'age' has no value in 13 of 120 rows, the first is passengers.csv:6\n",
                                        "write data: { missing: { numbers: median } } (or mean, zero; or drop, which leaves these rows"
                                                + " out), or give a table's ignore: [age], or name the other features under"
                                                + " data.features"),
                        two -> assertThat(two)
                                .contains(
                                        "'port' has no value in 5 of 120 rows, the first is passengers.csv:42\n",
                                        "write data: { missing: { categories: own } } (or most; or drop,"));
    }

    @Test
    void takesColumnsThatAreNotUsedForNothing() {
        assertThat(problems(REFUSED.replace("[class, sex, age, fare, port]", "[class, sex, fare]")))
                .isEmpty();
    }

    @Test
    void letsVariantsPrepareInTheirWay() {
        Plan plan = specs.plan(PASSENGERS.replaceFirst("(?s)variants:.*", "") + """
                variants:
                  median: {}
                  mean: { data.missing.numbers: mean }
                  marked: { data: { missing: { indicator: true } } }
                  full: { data.encode.categories: one-hot, data.missing.categories: most }
                  order:
                    data.features: [class, fare]
                    data.encode: { categories: ordinal, order: { class: [3, 2, 1] } }
                """);
        assertThat(plan.runs())
                .extracting(PlannedRun::features)
                .extracting(List::size)
                .containsExactly(8, 8, 9, 10, 2);
        assertThat(plan.differences())
                .extracting(Plan.Difference::path)
                .containsExactly(
                        "data.features",
                        "data.missing.numbers",
                        "data.missing.categories",
                        "data.encode.categories",
                        "data.encode.reference",
                        "data.missing.indicator",
                        "data.encode.order");
        assertThat(plan.differences().stream()
                        .filter(difference -> difference.path().equals("data.missing.indicator"))
                        .findFirst()
                        .orElseThrow()
                        .values())
                .isEqualTo(Map.of(
                        "median", "false", "mean", "false", "marked", "true", "full", "false", "order", "false"));
        assertThat(plan.runs()
                        .get(4)
                        .context()
                        .preparation()
                        .settings()
                        .encode()
                        .categories())
                .isEqualTo(Coding.ORDINAL);
        assertThat(plan.warnings())
                .extracting(Problem::message)
                .contains("categories are numbered from 0 in the order that is given: class, in variant order");
    }

    @Test
    void refusesVariantsThatLeaveOutOtherRows() {
        String dropping = PASSENGERS.replace("numbers: median", "numbers: drop");
        assertThat(specs.plan(dropping).runs())
                .extracting(run -> run.dataset().examples().size())
                .containsOnly(107);
        assertThat(problems(dropping.replace("trainer.bias: false", "data.missing.numbers: mean")))
                .singleElement()
                .asString()
                .contains(
                        "variant 'no-bias' learns from 120 rows and 'bias' from 107, as data.missing leaves out others:");
        assertThat(problems(dropping.replace("trainer.bias: false", "data.features: [class, sex]")))
                .singleElement()
                .asString()
                .contains("variant 'no-bias' learns from 120 rows");
    }

    @Test
    void cautionsOfABiasInDisguise() {
        String full = PASSENGERS.replace("  scale", "  encode: { categories: one-hot }\n  scale");
        assertThat(specs.plan(full).warnings())
                .extracting(Problem::message)
                .containsOnlyOnce("the columns of all categories add up to 1 in every row, which is a bias in disguise,"
                        + " so that variants that differ in trainer.bias may come out alike");
        assertThat(specs.plan(full.replace("trainer.bias: false", "trainer.learning_rate: 0.2"))
                        .warnings())
                .extracting(Problem::message)
                .noneMatch(message -> message.contains("disguise"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "missing: { numbers: average }|data.missing.numbers must be refuse, drop, mean, median or zero, got 'average'",
                "missing: { categories: mean }|data.missing.categories must be refuse, drop, own or most, got 'mean'",
                "missing: { indicator: 1 }|data.missing.indicator must be true or false, got 1",
                "encode: { categories: dummy }|data.encode.categories must be reference, one-hot or ordinal, got 'dummy'",
                "encode: { reference: last }|data.encode.reference must be first or most, got 'last'",
                "encode: { reference: { prot: S } }|data.encode.reference: no feature of categories 'prot'",
                "encode: { reference: { port: X } }|'port' has no row with X",
                "encode: { reference: { port: [S] } }|data.encode.reference.port must be the name of a category, got a list",
                "encode: { rare: 1 }|data.encode.rare must be a share of the rows, 0 or greater and below 1, got 1",
                "encode: { order: [a] }|data.encode.order must be a map of columns to lists, got a list",
                "encode: { order: { class: [1, 1] } }|item 2 of data.encode.order.class is 1 again",
                "encode: { categories: ordinal }|data.encode.categories: ordinal needs the order of 'class'",
            })
    void refusesSettingsThatAreNone(String settings, String message) {
        assertThat(problems(REFUSED.replace("  scale", "  " + settings + "\n  scale")))
                .anySatisfy(problem -> assertThat(problem).contains("error: " + message));
    }

    @Test
    void rendersWhatGivesTheSameRuns() {
        String spec = PASSENGERS.replace(
                "  scale", "  encode: { reference: { port: S }, order: { class: [3, 2, 1] } }\n  scale");
        Plan plan = specs.plan(spec);
        assertThat(specs.plan(plan.resolved()).runs())
                .extracting(PlannedRun::key)
                .isEqualTo(plan.runs().stream().map(PlannedRun::key).toList());
        assertThat(plan.resolved()).contains("indicator: false", "rare: 0", "port: S");
    }

    @Test
    void readsRowsToPredictAsTheDataHaveThem() {
        Plan plan = specs.plan(PASSENGERS + "predict: [[3, male, 22, 7.25, S], [1, female, null, 80, null]]\n");
        assertThat(plan.predict())
                .containsExactly(List.of(2.0, 1.0, 22.0, 7.25, 2.0), List.of(0.0, 0.0, Double.NaN, 80.0, Double.NaN));
        assertThat(plan.inputs().shown(plan.predict().get(1), value -> Double.toString(value)))
                .containsExactly("1", "female", "", "80.0", "");
        assertThat(problems(PASSENGERS + "predict: [[4, man, young, 7.25, S], [1, null, 2, 3, C]]\n"))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .contains("item 1 of item 1 of predict must be a category of 'class', got 4"),
                        two -> assertThat(two)
                                .contains("item 2 of item 1 of predict must be a category of 'sex', got 'man'"),
                        three -> assertThat(three)
                                .contains("item 3 of item 1 of predict must be a number, got 'young'"));
        assertThat(problems(PASSENGERS + "predict: [[1, null, 2, 3, C]]\n"))
                .singleElement()
                .asString()
                .contains("a row to predict: 'sex': a value is missing, and the model fills in none");
    }
}
