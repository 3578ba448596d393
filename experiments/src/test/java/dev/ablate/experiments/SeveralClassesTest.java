package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainers of several classes go the same way, to the same end. */
class SeveralClassesTest {

    private static final String SPEC = """
            version: 1
            name: colours
            dataset: { plugin: table, file: colours.csv, target: colour }
            trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 6000, initial_weights: [0, 0, 0] }
            variants:
              perceptron: {}
              mlp: { trainer: { plugin: mlp, learning_rate: 0.5, epochs: 6000, initial_weights: [0, 0, 0] } }
              exact: { trainer: { plugin: exact } }
              prior: { trainer: { plugin: baseline } }
            """;

    private static final String COLOURS = """
            x,colour
            2,green
            1,red
            -1,blue
            3,red
            2,blue
            1,green
            0,red
            -2,green
            -1,red
            """;

    @TempDir
    private Path folder;

    @Test
    void descendToTheExactWeights() {
        Shell shell = new Shell(folder);
        shell.write("colours.csv", COLOURS);
        Shell.Result result = shell.run("run", shell.write("colours.yaml", SPEC), "--offline", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        Map<String, JsonObject> runs = new HashMap<>();
        for (JsonElement run : result.json().getAsJsonArray("runs")) {
            runs.put(run.getAsJsonObject().get("variant").getAsString(), run.getAsJsonObject());
        }
        JsonObject exact = numbers(runs, "exact", "parameters");
        assertThat(exact.keySet()).containsExactly("x/blue", "x/green", "x/red", "bias/blue", "bias/green", "bias/red");
        assertThat(numbers(runs, "mlp", "parameters")).isEqualTo(numbers(runs, "perceptron", "parameters"));
        for (Map.Entry<String, JsonElement> number :
                numbers(runs, "perceptron", "parameters").entrySet()) {
            assertThat(number.getValue().getAsDouble())
                    .isCloseTo(exact.get(number.getKey()).getAsDouble(), within(1e-9));
        }
        double best = numbers(runs, "exact", "metrics").get("train/log_loss").getAsDouble();
        double prior = numbers(runs, "prior", "metrics").get("train/log_loss").getAsDouble();
        assertThat(best).isLessThan(prior);
        // 2, 3 and 4 of 9 rows
        assertThat(prior)
                .isCloseTo(-(2 * Math.log(2.0 / 9) + 3 * Math.log(3.0 / 9) + 4 * Math.log(4.0 / 9)) / 9, within(1e-12));
    }

    @Test
    void refusesAMetricThatAFoldOfOneClassDoesNotDefine() {
        Shell shell = new Shell(folder);
        shell.write("colours.csv", COLOURS);
        String folds = SPEC + "data: { split: { folds: %s } }\ncompare: { primary: %s }\n";
        // nine rows in nine folds: one row each
        Shell.Result refused = shell.run("validate", shell.write("one.yaml", folds.formatted(9, "roc_auc")));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("test/roc_auc has no value in 9 of 9 folds, whose rows are of one class alone");
        Shell.Result defined = shell.run("validate", shell.write("all.yaml", folds.formatted(9, "log_loss")));
        assertThat(defined.code()).as(defined.err()).isZero();
    }

    private static JsonObject numbers(Map<String, JsonObject> runs, String variant, String of) {
        return Objects.requireNonNull(runs.get(variant)).getAsJsonObject(of);
    }
}
