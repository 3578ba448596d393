package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spec with all layers and defaults, which is what is logged: it has to give the same runs. */
class ResolvedSpecTest {

    @TempDir
    Path folder;

    private Specs specs;

    @BeforeEach
    void inAFolder() {
        specs = new Specs(folder).with("RATE", "0.25");
        specs.write("base/data.csv", "1,2,3\n4,5,6\n");
        specs.write("base/sheet.yaml", """
                version: 1
                name: base
                dataset: { plugin: sheet, file: data.csv, columns: [a, b], title: "on: the #1" }
                trainer: { plugin: linear, learning_rate: 0.5 }
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "seeds: [3, 1]\n",
                "seeds: { count: 3, base: 10 }\n",
                "seeds: { count: 3 }\n",
                "data: { features: [x2, x1] }\n",
                "track: { every: 5, weights: false, mlflow: { experiment: or } }\n",
                "track: { mlflow: false }\n",
                "track: { patch: true }\n",
                "run: { jobs: 2, on_failure: stop, max_runs: 90 }\n",
                "decide: { threshold: 0.25, tie: 1 }\n",
                "description: 'yes: \"no\" # 1'\n",
                "data: { split: { test: 0.5 } }\n",
                "data: { split: { test: 0.5, take: last } }\ncompare: { metrics: { mse: {}, train/mse: {} } }\n",
                "data: { split: { test: 0.5, per: experiment }, scale: { features: standard } }\n",
                "stop: { when: mse, below: 1e-4 }\n",
                "stop: { when: train/mse, no_better_for: 20 }\n",
                "run: { timeout: 500ms }\n",
                "run: { launcher: { plugin: queue, partition: big, setup: a.sh } }\n",
                "run: { launcher: { plugin: shelf, folder: jobs } }\n",
                "run: { launcher: { folder: jobs } }\n",
                "compare: { test: paired-t, correction: none }\n",
                "seeds: { count: 6 }\ndata: { split: { test: 0.5 } }\n",
                "sweep: { params: { trainer.learning_rate: [1e-1, 1], trainer.epochs: [1, 2] } }\n",
                "sweep: { method: zip, params: { trainer: { learning_rate: [0.1, 1], loss: [mse, null] } } }\n",
                "sweep: { params: { data.scale.features: [none, max], data.split.test: [0.25, 0.5] } }\n"
            })
    void givesTheSamePlanWhenItIsReadBack(String more) {
        String gate = more.contains("compare:") ? Specs.OR_GATE.replaceFirst("compare: .*\n", "") : Specs.OR_GATE;
        assertReadsBack(specs.plan(gate + more));
    }

    @Test
    void rendersWhatTheEnvironmentMadeOfAValueAndStoresNothingOfIt() {
        specs.with("RATE", "0.3125");
        String set = "trainer.learning_rate=${env:RATE}";
        assertThat(specs.render(Specs.OR_GATE, set))
                .containsPattern("learning_rate: \"\\$\\{env:RATE}\" +# 0\\.3125; --set");
        assertThat(specs.plan(Specs.OR_GATE, set).resolved())
                .contains("learning_rate: \"${env:RATE}\"")
                .doesNotContain("0.3125");
    }

    @Test
    void leavesOutADefaultThatDoesNotHoldInEveryCell() {
        Plan plan = specs.plan("""
                version: 1
                name: steps
                dataset: { plugin: or-gate }
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 10 }
                variants:
                  bias: { trainer.bias: true }
                  no-bias: { trainer.bias: false }
                sweep: { params: { trainer.activation: [sigmoid, step], trainer.initial_weights: [[1, 2], { normal: { sd: 1 } }] } }
                """);
        assertThat(plan.resolved()).contains("order: as-given").doesNotContain("loss:", "initial_bias");
        assertReadsBack(plan);
    }

    @Test
    void givesTheSamePlanWhereTrainersAndDatasetsAreSwept() {
        assertReadsBack(specs.plan("""
                        version: 1
                        name: which
                        dataset: { plugin: houses }
                        trainer: { plugin: linear }
                        variants:
                          a: {}
                          b: { data.features: [area] }
                        sweep:
                          params:
                            dataset.plugin: [houses]
                            trainer.plugin: [linear, neuron]
                            trainer.learning_rate: [0.1]
                            trainer.epochs: [5, 6]
                        """));
    }

    @Test
    void writesSweptPathsAsTheyAreToBeWrittenInTheSpecsOwnFolder() {
        specs.write("base/more.csv", "1,2,3\n4,5,6\n7,8,9\n");
        specs.write(
                "base/both.yaml",
                "version: 1\nextends: sheet.yaml\nsweep: { params: { dataset.file: [data.csv, more.csv] } }\n");
        Plan plan = specs.plan(specs.write("sub/spec.yaml", "version: 1\nname: below\nextends: ../base/both.yaml\n"));
        assertThat(plan.resolved()).contains("dataset.file: [\"../base/data.csv\", \"../base/more.csv\"]");
        assertThat(keys(specs.plan(specs.write("sub/resolved.yaml", plan.resolved()))))
                .isEqualTo(keys(plan));
    }

    @Test
    void saysWhereWhatIsSweptComesFrom() {
        String origins = specs.render(Specs.OR_GATE + """
                                data: { split: { test: 0.5 }, scale: { features: max } }
                                sweep: { params: { trainer.learning_rate: [0.1, 1] } }
                                stop: { when: mse, below: 1e-4 }
                                """, "run.timeout=2m")
                .replace(folder + "/", "")
                .replaceAll(" +#", " #");
        assertThat(origins)
                .contains(
                        "  split:\n    test: 0.5 # spec.yaml:15:24\n    take: random # default\n    per: seed # default\n",
                        "  scale:\n    features: max # spec.yaml:15:50\n    target: none # default\n",
                        "sweep:\n  params:\n    trainer.learning_rate: [0.1, 1] # spec.yaml:16:43\n  method: grid # default\n",
                        "stop:\n  when: mse # spec.yaml:17:15\n  below: 1e-4 # spec.yaml:17:27\n  for: 0 # default\n",
                        "  test: corrected-resampled-t # default\n",
                        "  timeout: \"2m\" # --set run.timeout=2m\n");
    }

    @Test
    void givesTheSamePlanForVariantsOfSeveralTrainersAndFeatures() {
        assertReadsBack(specs.plan("""
                        version: 1
                        name: several
                        dataset: { plugin: symptoms }
                        trainer: { plugin: neuron, learning_rate: 0.1, epochs: 10 }
                        variants:
                          plain: {}
                          given: { trainer.initial_weights: [1, 2, 3, 4] }
                          no-bias: { trainer.bias: false }
                          step: { trainer.activation: step }
                          three: { data.features: [smell, nose, pain] }
                          linear: { trainer: { plugin: linear, learning_rate: 0.1 } }
                          ridge: { trainer: { plugin: linear, learning_rate: 0.1, ridge: 0.5 } }
                        compare: { metrics: { error_sum: { goal: minimize, same_within: 0.5 }, mse: { same_within: 1% } } }
                        """));
    }

    @Test
    void givesTheSamePlanWhereOnlyVariantsHaveATrainer() {
        assertReadsBack(specs.plan("""
                        version: 1
                        name: several
                        dataset: { plugin: or-gate }
                        variants:
                          linear: { trainer: { plugin: linear, learning_rate: 0.1 } }
                          neuron: { trainer: { plugin: neuron, learning_rate: 0.1, updates: 5 } }
                        """));
    }

    @Test
    void givesTheSamePlanWithWhatTheCommandLineSays() {
        assertReadsBack(specs.plan(Specs.OR_GATE, "trainer.learning_rate=0.125", "seeds=[5]", "trainer.loss=null"));
    }

    @Test
    void writesAPathAsItIsToBeWrittenInTheSpecsOwnFolder() {
        Path file = specs.write("sub/spec.yaml", "version: 1\nname: below\nextends: ../base/sheet.yaml\n");
        Plan plan = specs.plan(file);
        assertThat(plan.resolved()).contains("file: \"../base/data.csv\"");
        Plan again = specs.plan(specs.write("sub/resolved.yaml", plan.resolved()));
        assertThat(keys(again)).isEqualTo(keys(plan));
        assertThat(plan.runs().get(0).params()).containsEntry("dataset.file", "data.csv");
    }

    @Test
    void writesWhatIsSaidToALauncherWithItsDefaultsAndPaths() {
        specs.write("base/queued.yaml", """
                version: 1
                extends: sheet.yaml
                run: { launcher: { plugin: queue, partition: big, setup: first.sh, folder: jobs } }
                """);
        Path spec = specs.write("sub/spec.yaml", "version: 1\nname: below\nextends: ../base/queued.yaml\n");
        assertThat(specs.plan(spec).resolved()).contains("""
                        run:
                          launcher:
                            plugin: queue
                            partition: big
                            setup: "../base/first.sh"
                            folder: "../base/jobs"
                            at_once: 1
                          jobs: auto
                        """);
        Path other = specs.write("sub/other.yaml", """
                version: 1
                name: other
                extends: ../base/queued.yaml
                run: { launcher: { plugin: shelf, folder: null } }
                """);
        assertThat(specs.plan(other).resolved())
                .contains("\n  launcher:\n    plugin: shelf\n    folder: \".ablate-jobs\"\n  jobs:");
        Path here = specs.write("sub/here.yaml", """
                version: 1
                name: here
                extends: ../base/queued.yaml
                run: { launcher: { plugin: local } }
                """);
        assertThat(specs.plan(here).resolved())
                .contains("\n  launcher:\n    plugin: local\n    folder: \"../base/jobs\"\n  jobs:");
    }

    @Test
    void resolvesAPathOfTheCommandLineAgainstTheWorkingDirectory() {
        Path other = specs.write("other.csv", "7,8,9\n");
        Path typed = Path.of("").toAbsolutePath().relativize(other.toAbsolutePath());
        Plan plan = specs.plan(folder.resolve("base/sheet.yaml"), "dataset.file=" + typed);
        assertThat(plan.dataset().examples().rows().toArray()).containsExactly(7, 8);
        assertThat(plan.resolved()).contains("file: \"../other.csv\"");
        assertThat(keys(specs.plan(specs.write("base/resolved.yaml", plan.resolved()))))
                .isEqualTo(keys(plan));
    }

    @Test
    void keepsTheEnvironmentUnexpanded() {
        Plan plan = specs.plan(Specs.OR_GATE.replace("learning_rate: 0.05", "learning_rate: ${env:RATE}"));
        assertThat(plan.resolved()).contains("${env:RATE}").doesNotContain("0.25");
        assertReadsBack(plan);
    }

    @Test
    void saysWhereEveryLeafComesFrom() {
        assertThat(specs.render(Specs.OR_GATE, "trainer.epochs=5").replace(folder + "/", ""))
                .isEqualTo("""
                        version: 1                     # spec.yaml:1:10
                        name: or-gate-bias             # spec.yaml:2:7
                        dataset:
                          plugin: or-gate              # spec.yaml:3:20
                        data:
                          features: [x1, x2]           # default
                        trainer:
                          plugin: neuron               # spec.yaml:5:11
                          loss: half-sse               # spec.yaml:6:9
                          learning_rate: 0.05          # spec.yaml:7:18
                          epochs: 5                    # --set trainer.epochs=5 (overrides spec.yaml:8:11, which has 10000)
                          initial_weights: [0.1, 0.2]  # spec.yaml:9:20
                          activation: sigmoid          # default
                          batch: all                   # default
                          gradient: exact              # default
                          order: as-given              # default
                        variants:
                          bias:
                            trainer.bias: true         # spec.yaml:11:25
                            trainer.initial_bias: 0.3  # spec.yaml:11:53
                          no-bias:
                            trainer.bias: false        # spec.yaml:12:28
                        seeds:
                          count: 1                     # default
                          base: 1                      # default
                        predict: [[1, 0], [1, 1]]      # spec.yaml:13:10
                        decide:
                          threshold: 0.5               # default
                          tie: 0                       # default
                        compare:
                          baseline: no-bias            # spec.yaml:14:22
                          primary: mse                 # spec.yaml:14:40
                          metrics:
                            train/mse:
                              goal: minimize           # default
                          test: paired-permutation     # default
                          correction: holm             # default
                        run:
                          jobs: auto                   # default
                          on_failure: continue         # default
                          timeout: none                # default
                          max_runs: 200                # default
                          launcher:
                            plugin: local              # default
                        track:
                          weights: true                # default
                          patch: false                 # default
                        """);
    }

    private void assertReadsBack(Plan plan) {
        Plan again = specs.plan(plan.resolved());
        assertThat(keys(again)).isEqualTo(keys(plan));
        assertThat(again)
                .usingRecursiveComparison()
                .ignoringFields("resolved", "warnings", "settings.maxRunsAt", "runs", "metrics")
                .isEqualTo(plan);
        assertThat(again.metrics())
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(dev.ablate.engine.problem.Position.class)
                .isEqualTo(plan.metrics());
        assertThat(again.runs())
                .extracting(PlannedRun::params)
                .isEqualTo(plan.runs().stream().map(PlannedRun::params).toList());
        assertThat(again.resolved()).as("it is resolved already").isEqualTo(plan.resolved());
    }

    private static List<String> keys(Plan plan) {
        return plan.runs().stream().map(run -> run.key().hex()).toList();
    }
}
