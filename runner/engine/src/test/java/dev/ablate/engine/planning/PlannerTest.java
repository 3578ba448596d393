package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.training.Initial;
import dev.ablate.engine.fixture.NeuronOptions;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.plan.Plan.Difference;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {

    @TempDir
    Path folder;

    private Specs specs;

    @BeforeEach
    void inAFolder() {
        specs = new Specs(folder);
    }

    @Test
    void plansEverySeedOfEveryVariantBySeedFirst() {
        Plan plan = specs.plan(Specs.OR_GATE + "seeds: [7, 3]\n");
        assertThat(plan.runs())
                .extracting(PlannedRun::label)
                .containsExactly("bias/seed=7", "no-bias/seed=7", "bias/seed=3", "no-bias/seed=3");
        assertThat(plan.seeds()).containsExactly(7L, 3L);
        assertThat(plan.variants()).containsExactly("bias", "no-bias");
        assertThat(plan.baseline()).isEqualTo("no-bias");
        assertThat(plan.predict()).containsExactly(List.of(1.0, 0.0), List.of(1.0, 1.0));
        assertThat(plan.features()).containsExactly("x1", "x2");
    }

    @Test
    void givesEachRunItsTypedOptions() {
        Plan plan = specs.plan(Specs.OR_GATE);
        NeuronOptions bias = (NeuronOptions) plan.runs().get(0).trainer().options();
        NeuronOptions none = (NeuronOptions) plan.runs().get(1).trainer().options();
        assertThat(bias.learningRate()).isEqualTo(0.05);
        assertThat(bias.epochs()).hasValue(10000L);
        assertThat(bias.initialWeights()).isEqualTo(new Initial.Given(List.of(0.1, 0.2)));
        assertThat(bias.initialBias()).hasValue(0.3);
        assertThat(none.bias()).isFalse();
    }

    @Test
    void writesDownEveryLeafThatARunDependsOnDefaultsIncluded() {
        assertThat(specs.plan(Specs.OR_GATE).runs().get(0).params())
                .containsExactly(
                        entry("dataset.plugin", "or-gate"),
                        entry("data.features", "[x1, x2]"),
                        entry("trainer.plugin", "neuron"),
                        entry("trainer.activation", "sigmoid"),
                        entry("trainer.batch", "all"),
                        entry("trainer.bias", "true"),
                        entry("trainer.epochs", "10000"),
                        entry("trainer.gradient", "exact"),
                        entry("trainer.initial_bias", "0.3"),
                        entry("trainer.initial_weights", "[0.1, 0.2]"),
                        entry("trainer.learning_rate", "0.05"),
                        entry("trainer.loss", "half-sse"),
                        entry("trainer.order", "as-given"),
                        entry("decide.threshold", "0.5"),
                        entry("decide.tie", "0"),
                        entry("seed", "1"));
    }

    @Test
    void listsTheLeavesInWhichVariantsDifferAndNoOther() {
        assertThat(specs.plan(Specs.OR_GATE).differences())
                .containsExactly(
                        new Difference("trainer.bias", Map.of("bias", "true", "no-bias", "false")),
                        new Difference("trainer.initial_bias", Map.of("bias", "0.3")));
    }

    @Test
    void countsFeaturesAndPluginsAmongTheDifferences() {
        Plan plan = specs.plan("""
                version: 1
                name: which
                dataset: { plugin: symptoms }
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 10 }
                variants:
                  all: {}
                  three: { data.features: [smell, nose, pain] }
                  linear: { trainer: { plugin: linear, learning_rate: 0.1 } }
                """);
        assertThat(plan.differences())
                .extracting(Difference::path)
                .startsWith("data.features", "trainer.plugin", "trainer.activation")
                .contains("trainer.ridge")
                .doesNotContain("trainer.learning_rate", "trainer.epochs");
        assertThat(plan.runs().get(1).features()).containsExactly("smell", "nose", "pain");
        assertThat(plan.runs().get(2).trainer().oneAtATime()).isTrue();
        assertThat(plan.features()).containsExactly("smell", "weight", "nose", "pain");
    }

    @Test
    void takesRowsToPredictInTheOrderOfTheSpecsFeatures() {
        Plan plan = specs.plan("""
                version: 1
                name: which
                dataset: { plugin: symptoms }
                data: { features: [pain, smell] }
                trainer: { plugin: linear, learning_rate: 0.1 }
                variants:
                  both: {}
                  one: { data.features: [smell] }
                predict: [[1, 0]]
                """);
        assertThat(plan.features()).containsExactly("pain", "smell");
        assertThat(plan.runs())
                .extracting(PlannedRun::features)
                .containsExactly(List.of("pain", "smell"), List.of("smell"));
    }

    @Test
    void comparesClassesByAccuracyAndShowsTheErrorToo() {
        assertThat(metrics("dataset: { plugin: or-gate }\n")).containsExactly("train/accuracy", "train/mse");
    }

    @Test
    void comparesNumbersByTheirError() {
        assertThat(metrics("dataset: { plugin: houses }\n")).containsExactly("train/mse");
    }

    @Test
    void putsThePrimaryMetricFirstAndTakesItsGoal() {
        Plan plan = specs.plan(linear("""
                        dataset: { plugin: houses }
                        compare:
                          primary: error_sum
                          metrics: { mae: {}, r2: { same_within: 0.1 }, error_sum: { goal: maximize } }
                        """));
        assertThat(plan.metrics())
                .extracting(metric -> metric.metric().toString())
                .containsExactly("train/error_sum", "train/mae", "train/r2");
        assertThat(plan.metrics())
                .extracting(ComparedMetric::goal)
                .containsExactly(Goal.MAXIMIZE, Goal.MINIMIZE, Goal.MAXIMIZE);
        assertThat(plan.metrics().get(2).sameWithin().orElseThrow().amount()).isEqualTo(0.1);
    }

    @Test
    void takesThePrimaryMetricThatHasNoEntry() {
        assertThat(metrics("dataset: { plugin: houses }\ncompare: { primary: rmse, metrics: { r2: {} } }\n"))
                .containsExactly("train/rmse", "train/r2");
    }

    @Test
    void warnsOfRowsThatContradictEachOther() {
        Plan plan = specs.plan(linear("dataset: { plugin: symptoms }\n"));
        assertThat(plan.warnings()).extracting(Problem::render).containsExactly("""
                        %s:5:20: warning: rows 3 and 6 have equal features and different targets: no model gets more than 7 of the 8 rows right (accuracy 0.875)
                          5 | dataset: { plugin: symptoms }
                            |                    ^^^^^^^^""".replace(
                        "%s", folder.resolve("spec.yaml").toString()));
    }

    @Test
    void warnsOfTheVariantWhoseFeaturesMakeRowsContradictEachOther() {
        Plan plan = specs.plan(linear("""
                        dataset: { plugin: symptoms }
                        variants:
                          all: {}
                          no-smell: { data.features: [weight, nose, pain] }
                        """));
        assertThat(plan.warnings())
                .extracting(Problem::message)
                .containsExactly(
                        "rows 3 and 6 have equal features and different targets in variant all: no model gets more than 7 of"
                                + " the 8 rows right (accuracy 0.875)",
                        "rows 1, 3, 4, 5, 6 and 7 have equal features and different targets in variant no-smell: no model"
                                + " gets more than 5 of the 8 rows right (accuracy 0.625)");
    }

    @Test
    void warnsOnceOfVariantsWithTheSameRowsInContradiction() {
        Plan plan = specs.plan(linear("""
                        dataset: { plugin: symptoms }
                        variants:
                          all: {}
                          no-smell: { data.features: [weight, nose, pain] }
                          turned: { data.features: [pain, nose, weight] }
                        """));
        assertThat(plan.warnings())
                .extracting(Problem::message)
                .satisfiesExactly(
                        one -> assertThat(one).contains(" in variant all: no model"),
                        two -> assertThat(two)
                                .startsWith("rows 1, 3, 4, 5, 6 and 7 ")
                                .contains(" in variants no-smell, turned: no"));
    }

    @Test
    void saysWhatASpecWithoutVariantsIs() {
        Plan plan = specs.plan(linear("dataset: { plugin: houses }\ndescription: Why\n"));
        assertThat(plan.variants()).containsExactly("default");
        assertThat(plan.baseline()).isEqualTo("default");
        assertThat(plan.differences()).isEmpty();
        assertThat(plan.description()).isEqualTo("Why");
        assertThat(plan.runs()).extracting(PlannedRun::seed).containsExactly(1L);
    }

    private List<String> metrics(String more) {
        return specs.plan(linear(more)).metrics().stream()
                .map(metric -> metric.metric().toString())
                .collect(Collectors.toList());
    }

    private static String linear(String more) {
        return "version: 1\nname: linear\ntrainer:\n  { plugin: linear, learning_rate: 0.1 }\n" + more;
    }
}
