package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.engine.fixture.LinearOptions;
import dev.ablate.engine.fixture.NeuronOptions;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.Plan.Difference;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.worker.spec.ScaleSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cells and runs a sweep makes. */
class SweepPlanTest {

    private static final String GRID = Specs.OR_GATE + """
            sweep:
              params:
                trainer.learning_rate: [1e-1, 1]
                trainer.epochs: [10, 20, 30]
            """;

    @TempDir
    Path folder;

    private Specs specs;

    @BeforeEach
    void inAFolder() {
        specs = new Specs(folder);
    }

    @Test
    void makesEveryValueWithEveryOtherTheLastLeafFastest() {
        Plan plan = specs.plan(GRID);
        assertThat(plan.cells())
                .extracting(PlannedRun::cellLabel)
                .containsExactly(
                        "learning_rate=0.1, epochs=10",
                        "learning_rate=0.1, epochs=20",
                        "learning_rate=0.1, epochs=30",
                        "learning_rate=1.0, epochs=10",
                        "learning_rate=1.0, epochs=20",
                        "learning_rate=1.0, epochs=30");
        assertThat(plan.cells().get(0)).containsOnlyKeys("trainer.learning_rate", "trainer.epochs");
    }

    @Test
    void zipsFirstValuesWithFirstOnes() {
        Plan plan = specs.plan(Specs.OR_GATE + """
                sweep:
                  method: zip
                  params: { trainer: { learning_rate: [0.1, 1], epochs: [10, 20] } }
                """);
        assertThat(plan.cells())
                .extracting(PlannedRun::cellLabel)
                .containsExactly("learning_rate=0.1, epochs=10", "learning_rate=1.0, epochs=20");
    }

    @Test
    void takesTheNameOfACellAsAPersonTypesItsNumbers() {
        Plan plan = specs.plan(
                GRID + "track: { mlflow: { register: model, register_from: 'bias/learning_rate=1,epochs=10' } }\n");
        assertThat(plan.track().registerFrom()).contains("bias/learning_rate=1,epochs=10");
    }

    @Test
    void ordersRunsBySeedThenCellThenVariant() {
        Plan plan = specs.plan(Specs.OR_GATE + "seeds: [7, 3]\nsweep: { params: { trainer.epochs: [10, 20] } }\n");
        assertThat(plan.runs())
                .extracting(PlannedRun::label)
                .containsExactly(
                        "bias/epochs=10/seed=7",
                        "no-bias/epochs=10/seed=7",
                        "bias/epochs=20/seed=7",
                        "no-bias/epochs=20/seed=7",
                        "bias/epochs=10/seed=3",
                        "no-bias/epochs=10/seed=3",
                        "bias/epochs=20/seed=3",
                        "no-bias/epochs=20/seed=3");
        assertThat(plan.runs()).extracting(PlannedRun::key).doesNotHaveDuplicates();
        assertThat(plan.runs()).allSatisfy(run -> assertThat(plan.cells()).contains(run.cell()));
    }

    @Test
    void givesEachRunTheOptionsAndParamsOfItsCell() {
        PlannedRun last = specs.plan(GRID).runs().get(11);
        NeuronOptions options = (NeuronOptions) last.trainer().options();
        assertThat(options.learningRate()).isEqualTo(1);
        assertThat(options.epochs()).hasValue(30L);
        assertThat(options.bias()).isFalse();
        assertThat(last.params()).containsEntry("trainer.epochs", "30").containsEntry("trainer.learning_rate", "1.0");
        assertThat(last.cell()).isEqualTo(Map.of("trainer.epochs", "30", "trainer.learning_rate", "1.0"));
    }

    @Test
    void aRunOfACellIsTheRunThatASpecWithTheseValuesHas() {
        Plan swept = specs.plan(GRID);
        Plan plain = specs.plan(Specs.OR_GATE, "trainer.learning_rate=0.1", "trainer.epochs=20");
        assertThat(swept.runs().subList(2, 4))
                .extracting(PlannedRun::key)
                .isEqualTo(plain.runs().stream().map(PlannedRun::key).toList());
        assertThat(swept.key()).isNotEqualTo(plain.key());
    }

    @Test
    void laysValuesOverAVariantWithAnotherTrainer() {
        Plan plan = specs.plan("""
                version: 1
                name: rates
                dataset: { plugin: houses }
                trainer: { plugin: neuron, activation: identity, learning_rate: 0.1, epochs: 10 }
                variants:
                  neuron: {}
                  linear: { trainer: { plugin: linear, ridge: 0.5 } }
                sweep: { params: { trainer.learning_rate: [0.25, 0.5] } }
                """);
        assertThat(plan.runs())
                .filteredOn(run -> run.variant().equals("linear"))
                .extracting(run -> run.trainer().options())
                .containsExactly(new LinearOptions(0.25, 10, 0.5), new LinearOptions(0.5, 10, 0.5));
    }

    @Test
    void opensADatasetOnceForAllCellsThatUseIt() {
        Plan plan = specs.plan("""
                version: 1
                name: sheets
                dataset: { plugin: sheet, columns: [a], rows: [[1, 2], [3, 4]] }
                trainer: { plugin: linear, learning_rate: 0.1 }
                sweep:
                  params:
                    dataset.rows: [[[1, 2], [3, 4]], [[1, 2], [3, 4], [5, 6]]]
                    trainer.epochs: [1, 2, 3]
                """);
        Set<Integer> opened = plan.runs().stream()
                .map(run -> System.identityHashCode(run.dataset()))
                .collect(Collectors.toSet());
        assertThat(opened).hasSize(2);
        assertThat(plan.runs())
                .extracting(run -> run.dataset().examples().size())
                .containsExactly(2, 2, 2, 3, 3, 3);
        assertThat(plan.dataset()).isSameAs(plan.runs().get(0).dataset());
        assertThat(plan.cells().get(3).get("dataset.rows")).isEqualTo("[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]");
    }

    @Test
    void sweepsFeaturesSplitsAndScaling() {
        Plan plan = specs.plan("""
                version: 1
                name: all
                dataset: { plugin: symptoms }
                data: { split: { test: 0.25 } }
                trainer: { plugin: linear, learning_rate: 0.1 }
                sweep:
                  method: zip
                  params:
                    data.features: [[smell], [smell, pain]]
                    data.split.test: [25e-2, 0.5]
                    data.scale.features: [null, standard]
                """);
        assertThat(plan.runs())
                .extracting(run -> run.split().orElseThrow().test())
                .containsExactly(0.25, 0.5);
        assertThat(plan.runs())
                .extracting(run -> run.scale().features())
                .containsExactly(ScaleSettings.Method.NONE, ScaleSettings.Method.STANDARD);
        assertThat(plan.cells())
                .extracting(PlannedRun::cellLabel)
                .containsExactly(
                        "data.features=[smell], test=0.25, data.scale.features=null",
                        "data.features=[smell, pain], test=0.5, data.scale.features=standard");
        assertThat(plan.features()).hasSize(4);
    }

    @Test
    void listsDifferencesOfTheFirstCellWithoutWhatIsSwept() {
        Plan plan = specs.plan("""
                version: 1
                name: which
                dataset: { plugin: symptoms }
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 10 }
                variants:
                  neuron: {}
                  linear: { trainer: { plugin: linear } }
                  scaled: { data.scale.features: max }
                sweep: { params: { trainer.learning_rate: [0.1, 1], trainer.epochs: [1, 2] } }
                """);
        assertThat(plan.differences())
                .extracting(Difference::path)
                .contains("trainer.plugin", "trainer.bias", "data.scale.features")
                .doesNotContain("trainer.learning_rate", "trainer.epochs", "data.scale.target");
        assertThat(plan.differences())
                .contains(new Difference(
                        "data.scale.features", Map.of("neuron", "none", "linear", "none", "scaled", "max")));
    }

    @Test
    void changesTheComparisonWithItsCellsAndKeepsTheRuns() {
        Plan two = specs.plan(Specs.OR_GATE + "sweep: { params: { trainer.epochs: [10, 20] } }\n");
        Plan three = specs.plan(Specs.OR_GATE + "sweep: { params: { trainer.epochs: [10, 20, 30] } }\n");
        assertThat(three.key()).isNotEqualTo(two.key());
        assertThat(three.runs())
                .extracting(PlannedRun::key)
                .containsAll(two.runs().stream().map(PlannedRun::key).toList());
    }

    @Test
    void comparesEveryCellByWhatFitsAllOfTheirTasks() {
        Plan plan = specs.plan("""
                version: 1
                name: tasks
                dataset: { plugin: or-gate }
                trainer: { plugin: linear, learning_rate: 0.1 }
                sweep: { params: { dataset.plugin: [or-gate, houses] } }
                """);
        assertThat(plan.metrics())
                .extracting(metric -> metric.metric().toString())
                .containsExactly("train/mse");
    }

    @Test
    void warnsOfContradictoryRowsOnceForAllCells() {
        Plan plan = specs.plan("""
                version: 1
                name: once
                dataset: { plugin: symptoms }
                trainer: { plugin: linear, learning_rate: 0.1 }
                sweep: { params: { trainer.epochs: [1, 2, 3] } }
                """);
        assertThat(plan.warnings())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("rows 3 and 6 have equal features and different targets: no model");
    }

    @Test
    void saysWhoseRowsContradictEachOtherWhereFeaturesAreSwept() {
        Plan plan = specs.plan("""
                version: 1
                name: features
                dataset: { plugin: symptoms }
                trainer: { plugin: linear, learning_rate: 0.1 }
                sweep: { params: { data.features: [[smell, weight, nose, pain], [weight]] } }
                """);
        assertThat(plan.warnings())
                .extracting(Problem::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("different targets of smell, weight, nose, pain: no model"),
                        second -> assertThat(second).contains("different targets of weight: no model"));
    }

    @Test
    void looksAtEveryValueEvenOfASweepThatIsTooLarge() {
        SpecException refused = catchThrowableOfType(
                SpecException.class,
                () -> specs.plan(Specs.OR_GATE + "sweep: { params: { trainer.learning_rate: [0.1, 0.2, 0.3, -1],"
                        + " trainer.epochs: [" + String.join(", ", numbers(90)) + "] } }\n"));
        assertThat(refused.problems())
                .extracting(Problem::message)
                .satisfiesExactlyInAnyOrder(
                        first -> assertThat(first).startsWith("trainer.learning_rate must be greater than 0, got -1"),
                        second -> assertThat(second).startsWith("360 cells, 2 variants and 1 seed make 720 runs"));
    }

    private static List<String> numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }
}
