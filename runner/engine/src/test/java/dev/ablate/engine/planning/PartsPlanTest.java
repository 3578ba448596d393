package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.problem.Problem;
import dev.ablate.worker.data.Split;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import dev.ablate.worker.spec.StopRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts beside the test part in plans: to validate on, of whole groups, and folds. */
class PartsPlanTest {

    private static final String BIAS = """
            version: 1
            name: parts
            dataset: { plugin: sheet, file: rooms.csv, columns: [area, rooms] }
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
        specs.write("rooms.csv", "70,2,7\n80,3,8\n90,4,9\n85,3,8\n60,2,5\n75,2,7\n95,4,9\n65,2,6\n");
    }

    private Plan split(String split, String... more) {
        return specs.plan(BIAS + "data: { split: " + split + " }\n" + String.join("\n", more) + "\n");
    }

    private String refused(String split, String... more) {
        StringBuilder text = new StringBuilder();
        assertThatThrownBy(() -> split(split, more)).satisfies(e -> text.append(e.getMessage()));
        return text.toString();
    }

    @Test
    void takesAValidationPartForAPartOfWhatARunIs() {
        PlannedRun run = split("{ test: 0.25, validation: 0.25 }").runs().get(0);
        assertThat(run.split().orElseThrow().validation()).isEqualTo(0.25);
        assertThat(run.params()).containsEntry("data.split.validation", "0.25");
        assertThat(run.leaves()).contains("data.split.validation: 0.25\n");
        assertThat(run.key()).isNotEqualTo(split("{ test: 0.25 }").runs().get(0).key());
    }

    @Test
    void namesMetricsOfTheValidationPart() {
        Plan plan = split(
                "{ test: 0.25, validation: 0.25 }",
                "stop: { when: validation/rmse, no_better_for: 5 }",
                "compare: { primary: validation/mae }");
        assertThat(plan.primary().metric()).isEqualTo(MeasuredMetric.of(Part.VALIDATION, "mae"));
        assertThat(plan.runs().get(0).stop())
                .contains(new StopRule.NoBetter(MeasuredMetric.of(Part.VALIDATION, "rmse"), Goal.MINIMIZE, 0, 5));
        assertThat(split("{ test: 0.25, validation: 0.25 }").primary().metric())
                .isEqualTo(MeasuredMetric.of(Part.TEST, "mse"));
        PlannedRun best = split(
                        "{ test: 0.25, validation: 0.25 }",
                        "stop: { when: validation/rmse, no_better_for: 5, keep: best }")
                .runs()
                .get(0);
        assertThat(best.stop().orElseThrow().keepsBest()).isTrue();
        assertThat(best.params()).containsEntry("stop.keep", "best");
        assertThat(refused("{ test: 0.25 }", "stop: { when: train/mse, below: 1, keep: best }"))
                .contains("stop.keep needs no_better_for: a bound has no best step");
        assertThat(refused("{ test: 0.25 }", "stop: { when: validation/mse, below: 1 }"))
                .contains("there is no validation part to measure validation/mse on")
                .contains("data: { split: { test: 0.2, validation: 0.2 } }");
        assertThat(refused("{ test: 0.25, validation: 0.25 }", "stop: { when: test/mse, below: 1 }"))
                .contains("stopping by the test part leaks it")
                .contains("write validation/mse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ test: 0.5, validation: 0.5 }|leaves none to train on",
                "{ validation: 0.5 }|data.split.test is missing",
                "{ test: 0.5, validation: 2 }|data.split.validation must be a share",
                "{ test: 0.99, validation: 0.001 }|which leaves too few to train and to validate on",
                "{ folds: 3, test: 0.5 }|data.split.test cannot go with folds, which hold every row back once",
                "{ folds: 3, take: last }|data.split.take cannot go with folds",
                "{ folds: 3, per: seed }|data.split.per cannot go with folds",
                "{ folds: 1 }|data.split.folds must be from 2 to 10000, got 1",
                "{ folds: 1.5 }|data.split.folds must be a whole number",
                "{ folds: 500 }|500 folds need as many rows, and the data have 8",
                "{ test: 0.5, group: nothing }|data.split.group: no column 'nothing'",
                "{ test: 0.5, group: y }|data.split.group: 'y' is the target",
                "{ test: 0.5, take: last, group: rooms }|data.split.group cannot go with take: last",
                "{ test: 0.5, stratify: true, group: rooms }|cannot give each class its share",
                "{ folds: 4, group: rooms }|data.split.group: 'rooms' has 3 groups, and 4 folds need at least 4",
            })
    void refusesWhatCannotBe(String split, String message) {
        assertThat(refused(split)).contains(message);
    }

    @Test
    void refusesAGroupThatIsAFeature() {
        assertThat(refused("{ test: 0.5, group: rooms }, features: [area, rooms]"))
                .contains("'rooms' says which rows stay together (data.split.group), and no model sees it");
        Plan plan = split("{ test: 0.5, group: rooms }");
        assertThat(plan.runs().get(0).features()).doesNotContain("rooms").isNotEmpty();
        assertThat(plan.runs().get(0).params()).containsEntry("data.split.group", "rooms");
    }

    @Test
    void plansARunForEachFoldOfEachSeed() {
        Plan plan = split("{ folds: 3 }", "seeds: [4, 9]");
        assertThat(plan.runs()).hasSize(12);
        assertThat(plan.runs().subList(0, 4).stream().map(PlannedRun::label))
                .containsExactly(
                        "bias/seed=4/fold=1", "no-bias/seed=4/fold=1", "bias/seed=4/fold=2", "no-bias/seed=4/fold=2");
        assertThat(plan.pairs())
                .extracting(pair -> pair.text())
                .containsExactly("4/fold=1", "4/fold=2", "4/fold=3", "9/fold=1", "9/fold=2", "9/fold=3");
        assertThat(plan.runs().stream().map(PlannedRun::key)).doesNotHaveDuplicates();
        assertThat(plan.runs().get(2).params())
                .containsEntry("data.split.folds", "3")
                .containsEntry("fold", "2")
                .containsEntry("seed", "4")
                .doesNotContainKey("data.split.test");
        assertThat(plan.primary().metric()).isEqualTo(MeasuredMetric.of(Part.TEST, "mse"));
    }

    @Test
    void comparesFoldsByTheCorrectedTest() {
        assertThat(split("{ folds: 3 }", "seeds: { count: 10 }").test()).isEqualTo(TestChoice.CORRECTED_RESAMPLED_T);
        Plan signs = split("{ folds: 3 }", "seeds: { count: 10 }", "compare: { test: sign }");
        assertThat(signs.test()).isEqualTo(TestChoice.SIGN);
        assertThat(signs.warnings())
                .extracting(Problem::message)
                .anyMatch(text -> text.startsWith("sign takes pairs for independent: folds overlap"));
        assertThat(refused("{ folds: 3 }", "compare: { test: paired-t }"))
                .contains("paired-t needs independent pairs: folds overlap");
    }

    @Test
    void countsFoldsAmongTheRuns() {
        assertThat(refused("{ folds: 3 }", "seeds: { count: 40 }"))
                .contains("2 variants, 40 seeds and 3 folds make 240 runs, more than run.max_runs: 200");
        assertThat(split("{ folds: 4 }").warnings())
                .extracting(Problem::message)
                .anyMatch(text -> text.startsWith("4 folds of 1 seed cannot show a difference"));
        assertThat(List.copyOf(split("{ folds: 3 }", "seeds: { count: 2 }").warnings()))
                .extracting(Problem::message)
                .noneMatch(text -> text.contains("cannot show a difference"));
    }

    @Test
    void refusesAMetricThatAFoldDoesNotDefine() {
        String classes = """
                version: 1
                name: parts
                dataset: { plugin: symptoms }
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 10 }
                data: { split: { folds: 4%s } }
                seeds: { count: 10 }
                compare: { primary: roc_auc }
                """;
        assertThatThrownBy(() -> specs.plan(classes.formatted("")))
                .hasMessageContaining("test/roc_auc has no value in ")
                .hasMessageContaining(" of 40 folds, whose rows are of one class alone")
                .hasMessageContaining("write data.split.stratify: true, or fewer folds, or compare another metric");
        assertThat(specs.plan(classes.formatted(", stratify: true")).runs()).hasSize(40);
    }

    @Test
    void takesAnotherFileForTheTestPart() {
        specs.write("other.csv", "50,1,5\n99,9,9\n");
        PlannedRun run = split("{ test_file: other.csv }").runs().get(0);
        Split parts = Split.of(run.context());
        assertThat(parts.train()).hasSize(8);
        assertThat(parts.test()).containsExactly(8, 9);
        assertThat(run.dataset().examples().target(9)).isEqualTo(9);
        assertThat(run.params().get("data.split.test_file")).hasSize(64);
        Split validated = Split.of(split("{ test_file: other.csv, validation: 0.25 }")
                .runs()
                .get(0)
                .context());
        assertThat(validated.test()).containsExactly(8, 9);
        assertThat(validated.validation()).hasSize(2).doesNotContain(8, 9);
        specs.write("other.csv", "50,1,5\n99,9,8\n");
        assertThat(split("{ test_file: other.csv }").runs().get(0).key()).isNotEqualTo(run.key());
        assertThat(refused("{ test_file: other.csv, test: 0.2 }"))
                .contains("data.split.test cannot go with test_file, whose rows are the test part");
        assertThat(refused("{ test_file: other.csv, folds: 3 }")).contains("data.split.folds cannot go with test_file");
        specs.write("other.csv", "50,1\n");
        assertThat(refused("{ test_file: other.csv }"))
                .contains("a row has one value more than there are columns")
                .contains("in the file of data.split.test_file");
        assertThatThrownBy(() -> specs.plan(BIAS.replace("sheet, file: rooms.csv, columns: [area, rooms]", "houses")
                        + "data: { split: { test_file: other.csv } }\n"))
                .hasMessageContaining("data.split.test_file needs a dataset that reads a file");
    }
}
