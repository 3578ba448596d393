package dev.ablate.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenderingTest {

    private static final Map<Path, String> FILES = Map.of(
            Path.of("base.yaml"), """
                    version: 1
                    name: base
                    dataset: { plugin: or-gate }
                    trainer: { plugin: perceptron, learning_rate: 0.05 }
                    track: { mlflow: false }
                    """,
            Path.of("top.yaml"), """
                    version: 1
                    name: "010"
                    extends: base.yaml
                    description: |
                      Two
                      lines
                    trainer: { learning_rate: "${env:RATE}", initial_weights: { normal: { sd: 1.0 } } }
                    variants:
                      bias: { trainer.bias: true }
                      mlp:  { trainer.plugin: mlp }
                      same: {}
                    compare: { metrics: { train/mse: { same_within: 1% }, train/sse: {} } }
                    """);

    @Test
    void showsWhereEveryLeafComesFrom() {
        Rendering rendering = rendering(new Overrides(List.of("trainer.epochs=5"), Optional.empty(), Optional.of("2")));
        rendering.addDefault("trainer.batch", "all");
        rendering.addDefault("trainer.epochs", "100");
        rendering.addDefault("track.mlflow.experiment", "base");
        rendering.addDefault("track.weights", "true");
        rendering.addDefault("run.jobs", "auto");
        rendering.addDefault(List.of("variants", "mlp", "trainer.hidden"), "[]");

        assertThat(rendering.withOrigins()).isEqualTo("""
                        version: 1                                    # top.yaml:1:10
                        name: "010"                                   # top.yaml:2:7
                        description: "Two\\nlines\\n"                   # top.yaml:4:14
                        dataset:
                          plugin: or-gate                             # base.yaml:3:20
                        trainer:
                          plugin: perceptron                          # base.yaml:4:20
                          learning_rate: "${env:RATE}"                # top.yaml:7:27 (overrides base.yaml:4:47, which has 0.05)
                          initial_weights: { normal: { sd: 1.0 } }    # top.yaml:7:59
                          epochs: 5                                   # --set trainer.epochs=5
                          batch: all                                  # default
                        variants:
                          bias:
                            trainer.bias: true                        # top.yaml:9:25
                          mlp:
                            trainer.plugin: mlp                       # top.yaml:10:27
                            trainer.epochs: 5                         # --set trainer.epochs=5
                            trainer.hidden: []                        # default
                          same: {}
                        seeds:
                          count: 2                                    # --repeats 2
                        compare:
                          metrics:
                            train/mse:
                              same_within: 1%                         # top.yaml:12:49
                            train/sse: {}
                        run:
                          jobs: auto                                  # default
                        track:
                          mlflow: false                               # base.yaml:5:18
                          weights: true                               # default
                        """.replace("    # top.yaml:7:59", "  # top.yaml:7:59")
                .replaceAll("  # (?!top.yaml:7:59)", "# "));
    }

    @Test
    void showsAPersonWhatTheEnvironmentMadeOfAValue() {
        String shown = rendering(Overrides.NONE).withUsed(false);

        assertThat(shown)
                .contains("\n  learning_rate: \"${env:RATE}\"  # 0.25\n")
                .doesNotContain("# top.yaml");
        assertThat(rendering(Overrides.NONE).withUsed(true))
                .contains("# 0.25; top.yaml:7:27 (overrides base.yaml:4:47, which has 0.05)\n");
    }

    @Test
    void showsNoSecretOfTheEnvironment() {
        Rendering rendering = rendering(new Overrides(
                List.of("trainer.note=${env:SERVICE_TOKEN}", "trainer.name=by ${env:WHO:-nobody}"),
                Optional.empty(),
                Optional.empty()));

        assertThat(rendering.withUsed(true))
                .doesNotContain("canary")
                .contains("note: \"${env:SERVICE_TOKEN}\"", "# by nobody; --set");
    }

    @Test
    void leavesTheEnvironmentUnexpanded() {
        assertThat(rendering(Overrides.NONE).text())
                .contains("\n  learning_rate: \"${env:RATE}\"\n")
                .doesNotContain("0.25");
    }

    private static Rendering rendering(Overrides overrides) {
        Problems problems = new Problems();
        Spec spec = new SpecReader(
                        file -> FILES.getOrDefault(file, "").getBytes(StandardCharsets.UTF_8),
                        Map.of("RATE", "0.25", "SERVICE_TOKEN", "canary"))
                .read(Path.of("top.yaml"), overrides, problems);
        problems.throwIfErrors();
        return Rendering.of(spec);
    }
}
