package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.plan.Plan;
import dev.ablate.worker.spec.KeyText;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.task.Version;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a run, and a comparison, the same. */
class KeysTest {

    private static final String SHEET = """
            version: 1
            name: sheet
            dataset: { plugin: sheet, file: data.csv, columns: [a, b] }
            trainer: { plugin: neuron, learning_rate: "${env:RATE}", epochs: 10 }
            """;

    @TempDir
    Path folder;

    private Specs specs;

    @BeforeEach
    void inAFolder() {
        specs = new Specs(folder).with("RATE", "0.1");
        specs.write("data.csv", "1,2,3\n4,5,6\n");
    }

    @Test
    void areTheSameEachTime() {
        assertThat(keys(specs.plan(Specs.OR_GATE))).isEqualTo(keys(specs.plan(Specs.OR_GATE)));
        assertThat(specs.plan(Specs.OR_GATE).key())
                .isEqualTo(specs.plan(Specs.OR_GATE).key());
    }

    @Test
    void differFromRunToRun() {
        assertThat(keys(specs.plan(Specs.OR_GATE + "seeds: { count: 5 }\n"))).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trainer.learning_rate=0.06",
                "trainer.epochs=10001",
                "trainer.activation=tanh",
                "trainer.loss=sse",
                "trainer.order=shuffled",
                "trainer.batch=2",
                "trainer.initial_weights=[0.1, 0.25]",
                "trainer.initial_weights={ normal: { sd: 1 } }",
                "data.features=[x2, x1]",
                "decide.threshold=0.6",
                "decide.tie=1",
                "track.every=7",
                "track.weights=false",
                "data.split.test=0.5",
                "data.split={ test: 0.5, take: last }",
                "data.split={ test: 0.5, per: experiment }",
                "data.scale.features=max",
                "stop={ when: mse, below: 0.1 }",
                "stop={ when: mse, no_better_for: 10 }",
                "sweep={ params: { trainer.learning_rate: [0.06] } }"
            })
    void changeWithWhatAResultDependsOn(String set) {
        Plan before = specs.plan(Specs.OR_GATE);
        Plan after = specs.plan(Specs.OR_GATE, set);
        assertThat(keys(after)).doesNotContainAnyElementsOf(keys(before));
        assertThat(after.key()).isNotEqualTo(before.key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "description=Something else",
                "predict=[[0, 0]]",
                "compare.primary=rmse",
                "compare.metrics.mse.same_within=0.5",
                "run.jobs=4",
                "run.launcher={ plugin: queue, partition: big, folder: elsewhere }",
                "run.max_runs=50",
                "run.on_failure=stop",
                "run.timeout=2m",
                "compare.test=paired-permutation",
                "compare.correction=none",
                "data.scale={ features: none, target: none }",
                "sweep={ params: { trainer.learning_rate: [0.05] } }",
                "track.mlflow=false",
                "track.mlflow.experiment=other",
                "track.patch=true",
                "trainer.activation=sigmoid",
                "trainer.learning_rate=5e-2",
                "data.features=[x1, x2]"
            })
    void stayWhateverElseChanges(String set) {
        Plan before = specs.plan(Specs.OR_GATE);
        Plan after = specs.plan(Specs.OR_GATE, set);
        assertThat(keys(after)).isEqualTo(keys(before));
        assertThat(after.key()).isEqualTo(before.key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: { split: { test: 0.5 } }|data: { split: { test: 5e-1, take: random, per: seed } }",
                "data: { scale: { features: max } }|data: { scale: { features: max, target: none } }",
                "stop: { when: mse, below: 1 }|stop: { when: train/mse, below: 1.0, for: 0 }",
                "stop: { when: mse, no_better_for: 5 }|stop: { when: mse, no_better_for: 5, min_delta: 0 }"
            })
    void areTheSameHoweverDefaultsAreWritten(String one, String other) {
        assertThat(keys(specs.plan(Specs.OR_GATE + other + "\n")))
                .isEqualTo(keys(specs.plan(Specs.OR_GATE + one + "\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: { split: { test: 0.5 } }|data: { split: { test: 0.25 } }",
                "data: { split: { test: 0.5 } }|data: { split: { test: 0.5, per: experiment } }",
                "stop: { when: mse, below: 1 }|stop: { when: mse, above: 1 }",
                "stop: { when: mse, below: 1 }|stop: { when: rmse, below: 1 }",
                "stop: { when: mse, below: 1 }|stop: { when: mse, below: 1, for: 9 }",
                "stop: { when: mse, no_better_for: 5 }|stop: { when: mse, no_better_for: 5, min_delta: 1 }"
            })
    void differWithEachSettingOfSplitAndStop(String one, String other) {
        assertThat(keys(specs.plan(Specs.OR_GATE + other + "\n")))
                .doesNotContainAnyElementsOf(keys(specs.plan(Specs.OR_GATE + one + "\n")));
    }

    /** So that a new version trains nothing again that it would train alike, and all of it where it would not. */
    @Test
    void holdTheNumberOfResultsAndNoVersion() {
        Map<String, String> leaves = specs.leaves(Specs.OR_GATE).get(0);
        assertThat(leaves)
                .containsEntry("results", Integer.toString(RunKey.RESULTS))
                .doesNotContainKey("ablate");
        assertThat(leaves.values()).noneMatch(value -> value.contains(Version.text()));
        Map<String, String> raised = new LinkedHashMap<>(leaves);
        raised.put("results", Integer.toString(RunKey.RESULTS + 1));
        assertThat(KeyText.hash(KeyText.of(raised))).isNotEqualTo(KeyText.hash(KeyText.of(leaves)));
    }

    @ParameterizedTest
    @CsvSource({
        "name,other",
        "compare.baseline,bias",
        "compare.test,sign",
        "compare.test,wilcoxon",
        "compare.test,paired-t"
    })
    void ofAComparisonHoldItsNameItsBaselineAndATestThatIsChosen(String path, String value) {
        Plan before = specs.plan(Specs.OR_GATE);
        Plan after = specs.plan(Specs.OR_GATE, path + "=" + value);
        assertThat(keys(after)).isEqualTo(keys(before));
        assertThat(after.key()).isNotEqualTo(before.key());
    }

    @Test
    void ofAComparisonStayWithMoreSeedsAndChangeWithMoreVariants() {
        String before = specs.plan(Specs.OR_GATE).key();
        assertThat(specs.plan(Specs.OR_GATE, "seeds=[1, 2, 3]").key()).isEqualTo(before);
        String more = Specs.OR_GATE.replace("  no-bias:", "  slow: { trainer.learning_rate: 0.01 }\n  no-bias:");
        Plan after = specs.plan(more);
        assertThat(after.key()).isNotEqualTo(before);
        assertThat(keys(after)).containsAll(keys(specs.plan(Specs.OR_GATE)));
    }

    @Test
    void ofAVariantDoNotHoldItsName() {
        assertThat(keys(specs.plan(Specs.OR_GATE.replace("  bias:", "  with:"))))
                .isEqualTo(keys(specs.plan(Specs.OR_GATE)));
    }

    @Test
    void holdWhatIsInAFileAndNotWhereItLies() {
        List<String> before = keys(specs.plan(SHEET));
        specs.write("elsewhere/copy.csv", "1,2,3\n4,5,6\n");
        assertThat(keys(specs.plan(SHEET.replace("data.csv", "elsewhere/copy.csv"))))
                .isEqualTo(before);
        // the same numbers in another writing are the same data
        specs.write("data.csv", "1,2,3\n4,5,6.0\n");
        assertThat(keys(specs.plan(SHEET))).isEqualTo(before);
        specs.write("data.csv", "1,2,3\n4,5,7\n");
        assertThat(keys(specs.plan(SHEET))).isNotEqualTo(before);
    }

    @Test
    void holdWhatTheDataCallTheirClasses() {
        String coded = SHEET.replace("plugin: sheet, file: data.csv, columns: [a, b]", "plugin: switches");
        assertThat(KeyText.leaves(specs.plan(coded).runs().get(0).leaves()))
                .containsEntry("dataset.classes", "[\"off\", \"on\"]");
        assertThat(KeyText.leaves(specs.plan(Specs.OR_GATE).runs().get(0).leaves()))
                .doesNotContainKey("dataset.classes");
    }

    @Test
    void nameNoSourceThatTheEnvironmentNames() {
        String sheet = SHEET.replace("file: data.csv", "file: \"${env:SHEET}\"");
        Plan plan = specs.with("SHEET", folder.resolve("data.csv").toString()).plan(sheet);

        assertThat(plan.dataset().source()).isEqualTo("${env:SHEET}");
        assertThat(specs.plan(SHEET).dataset().source()).isEqualTo("data.csv");
    }

    @Test
    void holdWhatTheEnvironmentSaysWhileParamsDoNot() {
        Plan before = specs.plan(SHEET);
        assertThat(before.runs().get(0).params()).containsEntry("trainer.learning_rate", "\"${env:RATE}\"");
        assertThat(keys(specs.plan(SHEET.replace("\"${env:RATE}\"", "0.10")))).isEqualTo(keys(before));
        Plan after = new Specs(folder).with("RATE", "0.2").plan(SHEET);
        assertThat(keys(after)).isNotEqualTo(keys(before));
        assertThat(after.runs().get(0).params()).isEqualTo(before.runs().get(0).params());
    }

    @Test
    void areNotFooledByTextThatLooksLikeAnotherLeaf() {
        String title = SHEET.replace("columns: [a, b]", "columns: [a, b], title: \"x\\ntrainer.epochs: 11\"");
        assertThat(keys(specs.plan(title)))
                .isNotEqualTo(keys(specs.plan(SHEET.replace("columns: [a, b]", "columns: [a, b], title: x"))));
        assertThat(specs.plan(title).runs().get(0).params())
                .containsEntry("dataset.title", "\"x\\ntrainer.epochs: 11\"")
                .containsEntry("trainer.epochs", "10");
    }

    private static List<String> keys(Plan plan) {
        return plan.runs().stream().map(run -> run.key().hex()).toList();
    }
}
