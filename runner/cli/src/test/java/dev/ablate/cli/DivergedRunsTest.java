package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell.Result;
import dev.ablate.cli.terminal.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with learning rates that are too large, and results that are rounding: what a real experiment says of them. */
class DivergedRunsTest {

    @TempDir
    private Path folder;

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private String spec(String name, String rate) {
        Path data = Shell.file("divergence/d.csv");
        return new Shell(folder)
                .write(name, """
                version: 1
                name: divergence
                dataset: { plugin: table, file: 'DATA', target: y }
                trainer: { plugin: perceptron, activation: identity, learning_rate: 0.05, epochs: 300, batch: 1, order: shuffled }
                data: { split: { test: 0.3 } }
                variants: { slow: {}, fast: { trainer.learning_rate: RATE }, hot: { trainer.learning_rate: 0.4 } }
                seeds: { count: 10 }
                """.replace("DATA", data.toString()).replace("RATE", rate));
    }

    @Test
    void namesWhoFailedInTheFirstLinesAndPassesNoGate() {
        Shell shell = new Shell(folder);
        String spec = spec("d.yaml", "0.17");
        Result result = shell.run("run", spec, "--offline", "--no-progress");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        // the one run that ended with finite values ended at 1e304
        assertThat(result.out()).startsWith("10 of 10 runs of fast failed. 10 of 10 runs of hot failed. fast: ");
        assertThat(oneLine(result.out()))
                .contains(
                        "fast: test/mse cannot be compared with slow: fast failed with seeds 1 to 10; fast loses 10 of 10 pairs"
                                + " (sign test p = 0.00195).")
                .contains(
                        "run fast/seed=4 failed after 8,400 updates: train/mse diverged to 1.6e304 (last within 1e100 times its"
                                + " start: ")
                .contains("hot against slow, test/mse: hot loses 10 of 10 pairs (sign test p = 0.00195).");
        Result gate = shell.run("compare", spec, "--gate", "test/mse@hot:undecided");
        assertThat(gate.code()).isEqualTo(ExitCode.GATE);
        assertThat(gate.err()).contains("hot is undecided, and 10 of 10 runs of hot failed");
        Result sign = shell.run("compare", spec, "--set", "compare.test=sign", "-f", "json");
        for (JsonElement effect : sign.json().getAsJsonArray("effects")) {
            assertThat(effect.getAsJsonObject().get("verdict").getAsString()).isEqualTo("worse");
        }
    }

    @Test
    void namesThePairThatRulesTheMean() {
        Result result = new Shell(folder).run("run", spec("d.yaml", "0.12"), "--offline", "--no-progress");
        assertThat(oneLine(result.out()))
                .startsWith("10 of 10 runs of hot failed. fast: test/mse is ")
                .contains("so it is undecided; seed ")
                .contains(" of all differences, and fast wins 2 and loses 8 of 10 pairs (sign test p = 0.109).");
    }

    @Test
    void sendsWhoHasAColumnOfLargeValuesToScaling() {
        Shell shell = new Shell(folder);
        String spec = shell.write("incomes.yaml", """
                version: 1
                name: incomes
                dataset: { plugin: table, target: y, columns: [age, income, y], rows: [[1, 1e10, 1], [2, 3e9, 2], [3, 5e9, 4]] }
                trainer: { plugin: perceptron, activation: identity, learning_rate: 0.05, epochs: 300 }
                """);
        Result result = shell.run("run", spec, "--offline", "--no-progress");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(oneLine(result.out()))
                .contains("; 'income' reaches 1e10 and is not scaled: try data: { scale: { features: standard } }")
                .doesNotContain("try learning_rate");
        Result scaled = shell.run("run", spec, "--offline", "--set", "data.scale.features=standard");
        assertThat(scaled.code()).as(scaled.out()).isZero();
    }

    @Test
    void takesErrorsOfRoundingForEqual() {
        Shell shell = new Shell(folder);
        String spec = shell.write("doubling.yaml", """
                version: 1
                name: doubling-rates
                dataset: { plugin: doubling }
                trainer: { plugin: perceptron, activation: identity, bias: false, learning_rate: 0.01, epochs: 2000 }
                variants: { slow: {}, fast: { trainer.learning_rate: 0.02 } }
                seeds: { count: 12 }
                compare: { metrics: { train/mse: {}, train/sse: {}, train/rmse: {}, train/mae: {}, train/r2: {} } }
                """);
        JsonObject document = shell.run("run", spec, "--offline", "--no-progress", "-f", "json")
                .json();
        for (JsonElement each : document.getAsJsonArray("effects")) {
            JsonObject effect = each.getAsJsonObject();
            assertThat(effect.get("verdict").getAsString()).as("%s", effect).isEqualTo("identical");
            assertThat(effect.get("ties").getAsInt()).isEqualTo(12);
        }
    }

    @Test
    void seedsThatGiveOneModelDecideNothing() {
        Shell shell = new Shell(folder);
        String spec = shell.write("copies.yaml", """
                version: 1
                name: copies
                dataset: { plugin: table, columns: [x, y], rows: [[0, 1], [1, 3.1], [2, 4.9], [3, 7.2]], target: y }
                trainer: { plugin: perceptron, activation: identity, learning_rate: 0.1, epochs: 5000 }
                variants: { bias: {}, no-bias: { trainer.bias: false } }
                seeds: { count: 6 }
                """);
        Result result = shell.run("run", spec, "--offline", "--no-progress", "--gate", "train/mse:worse");
        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.GATE);
        assertThat(oneLine(result.out()))
                .contains(
                        "over 6 seeds; all seeds give the same answers, so they are one result, no test applies, and it is"
                                + " undecided.")
                .doesNotContain("p = ");
    }
}
