package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the runs of one seed share, judged by what was recorded of them alone.
 *
 * <p>Each row of the data has one feature that is not 0, and an update learns from one row: the one weight that an update moves
 * shows which row was drawn, and the weights that never move show which rows were held back.
 */
class PairingTest {

    private static final int ROWS = 8;
    private static final int HELD_BACK = 2;
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"perceptron", "mlp", "dl4j"})
    void sharesSplitWeightsAndOrderWithoutABias(String trainer) {
        JsonObject document = document(trainer, "home", "no-bias: { trainer.bias: false }");
        List<List<Integer>> orders = new ArrayList<>();
        for (long seed : SEEDS) {
            JsonObject with = run(document, "bias", seed);
            JsonObject without = run(document, "no-bias", seed);
            assertThat(with.getAsJsonObject("parameters").has("bias")).isTrue();
            assertThat(without.getAsJsonObject("parameters").has("bias")).isFalse();
            assertThat(start(with)).isEqualTo(start(without)).hasSize(ROWS);

            List<Integer> order = order(with);
            assertThat(order).isEqualTo(order(without)).hasSize(2 * (ROWS - HELD_BACK));
            assertThat(new TreeSet<>(order)).as("rows trained on").hasSize(ROWS - HELD_BACK);
            orders.add(order);
        }
        assertThat(orders).doesNotHaveDuplicates();
        assertThat(orders.stream().map(TreeSet::new)).as("splits").doesNotHaveDuplicates();
        assertThat(SEEDS.stream().map(seed -> start(run(document, "bias", seed))))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"perceptron", "mlp", "dl4j"})
    void changesNobodyElsesFiguresByAFurtherVariant(String trainer) {
        JsonObject few = document(trainer, "few", "no-bias: { trainer.bias: false }");
        JsonObject many =
                document(trainer, "many", "slow: { trainer.learning_rate: 0.01 }, no-bias: { trainer.bias: false }");
        for (String variant : List.of("bias", "no-bias")) {
            for (long seed : SEEDS) {
                JsonObject run = run(few, variant, seed);
                for (String what : List.of("key", "parameters", "metrics", "series")) {
                    assertThat(run(many, variant, seed).get(what)).as(what).isEqualTo(run.get(what));
                }
            }
        }
    }

    private JsonObject document(String trainer, String home, String variants) {
        Shell shell = new Shell(folder, folder.resolve(home));
        StringBuilder rows = new StringBuilder("a,b,c,d,e,f,g,h,y\n");
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < ROWS; column++) {
                rows.append(row == column ? "1," : "0,");
            }
            rows.append(10 + row).append('\n');
        }
        shell.write("rows.csv", rows.toString());
        String spec = shell.write("pairs.yaml", """
                version: 1
                name: pairs
                dataset: { plugin: table, file: rows.csv, target: y }
                data: { split: { test: 0.25, per: seed } }
                trainer:
                  plugin: %s
                  activation: identity
                  loss: half-sse
                  learning_rate: 0.1
                  epochs: 2
                  batch: 1
                  order: shuffled
                variants: { bias: {}, %s }
                seeds: [1, 2, 3]
                track: { every: 1 }
                """.replaceFirst("%s", trainer).replaceFirst("%s", variants));
        Shell.Result result = shell.run("run", spec, "--offline", "-f", "json", "--series");
        assertThat(result.code()).as(result.err()).isZero();
        return JsonParser.parseString(result.out()).getAsJsonObject();
    }

    /** The weights before the first update. */
    private static Map<String, Double> start(JsonObject run) {
        Map<String, Double> start = new LinkedHashMap<>();
        weights(run).forEach((name, series) -> start.put(name, series.get(0).getAsDouble()));
        return start;
    }

    /** Indices of the rows that were learned from, update by update. */
    private static List<Integer> order(JsonObject run) {
        List<JsonArray> weights = List.copyOf(weights(run).values());
        List<Integer> order = new ArrayList<>();
        for (int update = 1; update < run.getAsJsonArray("steps").size(); update++) {
            for (int row = 0; row < ROWS; row++) {
                if (!weights.get(row).get(update).equals(weights.get(row).get(update - 1))) {
                    order.add(row);
                }
            }
        }
        return order;
    }

    /** The recorded weights of the features, in the order of the columns. */
    private static Map<String, JsonArray> weights(JsonObject run) {
        Map<String, JsonArray> weights = new LinkedHashMap<>();
        for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            weights.put(name, run.getAsJsonObject("series").getAsJsonArray("weights/" + name));
        }
        return weights;
    }

    private static JsonObject run(JsonObject document, String variant, long seed) {
        return document.getAsJsonArray("runs").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(run -> run.get("variant").getAsString().equals(variant)
                        && run.get("seed").getAsLong() == seed)
                .findFirst()
                .orElseThrow();
    }
}
