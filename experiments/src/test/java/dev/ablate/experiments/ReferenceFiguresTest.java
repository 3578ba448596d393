package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractDoubleAssert;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures that were computed with NumPy and SciPy, through the whole program. */
class ReferenceFiguresTest {

    private static final JsonObject FIGURES = figures();

    @TempDir
    private Path folder;

    @Test
    void housePricesByLeastSquares() {
        JsonObject ols = FIGURES.getAsJsonObject("house_price_ols").getAsJsonObject("ols");
        JsonObject run = onlyRun("""
                version: 1
                name: least-squares
                dataset: { plugin: house-price }
                data: { features: [area, age], scale: { features: standard } }
                trainer: { plugin: perceptron, activation: identity, loss: mse, learning_rate: 0.4, epochs: 400,
                  initial_weights: [0, 0] }
                """);

        JsonObject raw = run.getAsJsonObject("raw_parameters");
        relative(raw.get("area"), ols.get("w_area"), 1e-9);
        relative(raw.get("age"), ols.get("w_age"), 1e-9);
        relative(raw.get("bias"), ols.get("bias"), 1e-9);
        JsonObject metrics = run.getAsJsonObject("metrics");
        relative(metrics.get("train/rmse"), ols.get("rmse"), 1e-9);
        relative(metrics.get("train/r2"), ols.get("r2"), 1e-9);
        relative(metrics.get("train/sse"), ols.get("sse"), 1e-9);
        relative(metrics.get("train/mae"), ols.get("mae"), 1e-9);
    }

    @Test
    void eightPointsInTurn() {
        JsonObject figures = FIGURES.getAsJsonObject("tutorial_b_cyclic_sgd").getAsJsonObject("run");
        JsonObject run = onlyRun("""
                version: 1
                name: in-turn
                dataset: { plugin: points, set: eight }
                trainer: { plugin: perceptron, activation: sigmoid, loss: sse, learning_rate: 0.1, updates: 10000, batch: 1,
                  initial_weights: [0.5, -0.25], initial_bias: 0.1 }
                predict: [[3, 1.5], [2, 1], [4, 1.5], [3, 4], [3.5, 0.5], [2, 0.5], [5.5, 1], [1, 1]]
                track: { every: 1 }
                """);

        JsonObject parameters = run.getAsJsonObject("parameters");
        close(parameters.get("x1"), figures.getAsJsonArray("w").get(0));
        close(parameters.get("x2"), figures.getAsJsonArray("w").get(1));
        close(parameters.get("bias"), figures.get("b"));
        JsonArray errors = run.getAsJsonObject("series").getAsJsonArray("train/sse");
        assertThat(errors).hasSize(10_001);
        for (Map.Entry<String, JsonElement> error :
                figures.getAsJsonObject("cumulative_error_after_updates").entrySet()) {
            close(errors.get(Integer.parseInt(error.getKey())), error.getValue());
        }
        JsonArray samples = figures.getAsJsonObject("tutorial_samples").getAsJsonArray("values");
        IntStream.range(0, samples.size()).forEach(k -> close(errors.get(1 + 100 * k), samples.get(k)));
        allClose(run.getAsJsonArray("predictions"), figures.getAsJsonArray("predictions"));
    }

    @Test
    void oneNeuronAndXor() {
        JsonObject figures = FIGURES.getAsJsonObject("xor_one_neuron").getAsJsonObject("run");
        JsonObject run = onlyRun("""
                version: 1
                name: one-neuron-and-xor
                dataset: { plugin: xor-gate }
                trainer: { plugin: perceptron, activation: sigmoid, loss: half-sse, learning_rate: 0.05, epochs: 10000,
                  initial_weights: [0.1, 0.2], initial_bias: 0.3 }
                predict: [[0, 0], [0, 1], [1, 0], [1, 1]]
                track: { every: 1 }
                """);

        allClose(run.getAsJsonArray("predictions"), figures.getAsJsonArray("predictions"));
        JsonObject series = run.getAsJsonObject("series");
        for (Map.Entry<String, JsonElement> step :
                figures.getAsJsonObject("after_updates").entrySet()) {
            int update = Integer.parseInt(step.getKey());
            JsonObject wanted = step.getValue().getAsJsonObject();
            close(
                    series.getAsJsonArray("weights/x1").get(update),
                    wanted.getAsJsonArray("w").get(0));
            close(
                    series.getAsJsonArray("weights/x2").get(update),
                    wanted.getAsJsonArray("w").get(1));
            close(series.getAsJsonArray("weights/bias").get(update), wanted.get("b"));
            close(series.getAsJsonArray("train/error_sum").get(update), wanted.get("sum_error"));
            assertThat(series.getAsJsonArray("train/sse").get(update).getAsDouble() / 2)
                    .isCloseTo(wanted.get("half_squared_error").getAsDouble(), within(1e-9));
        }
    }

    @Test
    void pairedSeriesByEachTest() {
        JsonObject figures = FIGURES.getAsJsonObject("statistics_series_1").getAsJsonObject("series");
        StringBuilder csv = new StringBuilder("variant,seed,accuracy\n");
        for (String side : List.of("a", "b")) {
            JsonArray values = figures.getAsJsonArray(side);
            for (int seed = 0; seed < values.size(); seed++) {
                csv.append(side)
                        .append(',')
                        .append(seed)
                        .append(',')
                        .append(values.get(seed))
                        .append('\n');
            }
        }
        String file = shell().write("series.csv", csv.toString());

        JsonObject permutation = effect(file, "--test", "paired-permutation");
        relative(permutation.get("p"), figures.getAsJsonObject("permutation").get("p"), 1e-12);
        relative(permutation.get("difference"), figures.get("mean_difference"), 1e-12);
        relative(permutation.get("variant_mean"), figures.get("mean_a"), 1e-12);
        relative(permutation.get("variant_sd"), figures.get("sd_a"), 1e-12);
        relative(permutation.get("baseline_mean"), figures.get("mean_b"), 1e-12);
        relative(permutation.get("baseline_sd"), figures.get("sd_b"), 1e-12);
        JsonArray tally = figures.getAsJsonArray("a_larger_equal_smaller");
        assertThat(List.of(permutation.get("wins"), permutation.get("ties"), permutation.get("losses")))
                .containsExactlyElementsOf(tally);

        tTest(effect(file, "--test", "paired-t"), figures.getAsJsonObject("paired_t"));
        JsonObject corrected = figures.getAsJsonObject("corrected_resampled_t");
        String ratio = corrected.get("n_test_over_n_train").getAsString();
        tTest(effect(file, "--test", "corrected-resampled-t", "--test-train-ratio", ratio), corrected);
    }

    private static void tTest(JsonObject effect, JsonObject wanted) {
        relative(effect.get("p"), wanted.get("p"), 1e-12);
        relative(effect.get("low"), wanted.getAsJsonArray("ci95").get(0), 1e-11);
        relative(effect.get("high"), wanted.getAsJsonArray("ci95").get(1), 1e-11);
    }

    private JsonObject effect(String file, String... test) {
        String[] command = {"compare", file, "--baseline", "b", "--metric", "accuracy:maximize", "-f", "json"};
        Shell.Result result =
                shell().run(Stream.of(command, test).flatMap(Stream::of).toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return result.json().getAsJsonArray("effects").get(0).getAsJsonObject();
    }

    private Shell shell() {
        return new Shell(folder, folder.resolve("home"));
    }

    private JsonObject onlyRun(String spec) {
        Shell shell = shell();
        Shell.Result result = shell.run("run", shell.write("spec.yaml", spec), "-f", "json", "--series");
        assertThat(result.code()).as(result.err()).isZero();
        JsonArray runs = result.json().getAsJsonArray("runs");
        assertThat(runs).hasSize(1);
        return runs.get(0).getAsJsonObject();
    }

    private static void allClose(JsonArray actual, JsonArray expected) {
        assertThat(actual).hasSameSizeAs(expected);
        IntStream.range(0, expected.size()).forEach(k -> close(actual.get(k), expected.get(k)));
    }

    private static void close(JsonElement actual, JsonElement expected) {
        that(actual).isCloseTo(expected.getAsDouble(), within(1e-9));
    }

    private static void relative(JsonElement actual, JsonElement expected, double tolerance) {
        that(actual).isCloseTo(expected.getAsDouble(), Percentage.withPercentage(100 * tolerance));
    }

    private static AbstractDoubleAssert<?> that(JsonElement actual) {
        return assertThat(actual.getAsDouble());
    }

    private static JsonObject figures() {
        try {
            return JsonParser.parseString(Files.readString(Path.of("src/test/resources/reference-figures.json")))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
