package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stored model answers is what the trained one answered, to the bit, of every activation, with and without hidden layers. */
class StoredAnswersTest {

    private static final List<List<Double>> ROWS = List.of(
            List.of(-3.0, 0.7, 0.1, 1.3, -0.6),
            List.of(-2.1, -0.4, 0.3, 0.9, 2.2),
            List.of(0.6, 1.9, -1.7, -0.2, 0.0),
            List.of(1.1, -0.8, 0.2, -1.4, 0.3),
            List.of(2.3, 0.1, -0.9, 0.7, -1.2));

    private static final List<Double> TARGETS = List.of(0.0, 1.0, 0.0, 1.0, 1.0);

    private static final String PLAN = """
            version: 1
            name: stored-answers
            dataset: { plugin: table, columns: [a, b, c, d, e, y], target: y, rows: %s }
            trainer: { plugin: perceptron, learning_rate: 0.05, epochs: 30 }
            variants:
              sigmoid: {}
              tanh: { trainer.activation: tanh }
              relu: { trainer.activation: relu }
              identity: { trainer.activation: identity }
              step: { trainer.activation: step }
              by-rows: { trainer.batch: 1, trainer.order: shuffled }
              without-bias: { trainer.bias: false }
              hidden-tanh: { trainer: { plugin: mlp, hidden: [5], learning_rate: 0.05, epochs: 30 } }
              hidden-sigmoid: { trainer: { plugin: mlp, hidden: [6, 3], hidden_activation: sigmoid, learning_rate: 0.05, epochs: 30 } }
              hidden-relu: { trainer: { plugin: mlp, hidden: [4], hidden_activation: relu, learning_rate: 0.05, epochs: 30 } }
            seeds: [1, 2]
            predict: %s
            """;

    @TempDir
    private Path folder;

    @Test
    void addUpToTheErrorsOfTheTrainedModel() throws IOException {
        StringBuilder rows = new StringBuilder("[");
        for (int row = 0; row < ROWS.size(); row++) {
            String values = ROWS.get(row).toString();
            rows.append(row == 0 ? "" : ", ").append(values.replace("]", ", " + TARGETS.get(row) + "]"));
        }
        Path file = folder.resolve("plan.yaml");
        Files.writeString(file, PLAN.formatted(rows.append("]"), ROWS));
        Shell.Result result = new Shell(folder, folder.resolve("home")).run("run", file.toString(), "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        int runs = 0;
        for (JsonElement each : result.json().getAsJsonArray("runs")) {
            JsonObject run = each.getAsJsonObject();
            double sum = 0;
            for (int row = 0; row < ROWS.size(); row++) {
                sum += run.getAsJsonArray("predictions").get(row).getAsDouble() - TARGETS.get(row);
            }
            assertThat(sum)
                    .as(run.get("variant").getAsString())
                    .isEqualTo(run.getAsJsonObject("metrics")
                            .get("train/error_sum")
                            .getAsDouble());
            runs++;
        }
        assertThat(runs).isEqualTo(20);
    }
}
