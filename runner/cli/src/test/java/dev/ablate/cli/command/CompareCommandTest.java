package dev.ablate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.Shell;
import dev.ablate.cli.Shell.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ablate compare} and gates, as a person or a pipeline types them. */
class CompareCommandTest {

    private static final String QUICK = """
            version: 1
            name: quick
            dataset: { plugin: or-gate }
            trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 20 }
            variants:
              bias: { trainer.bias: true }
              no-bias: { trainer.bias: false }
            seeds: { count: 6, base: 7 }
            """;

    @TempDir
    private Path folder;

    private Shell shell;
    private String quick = "";

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        quick = shell.write("quick.yaml", QUICK);
    }

    @Test
    void givesTheReferenceFiguresOfASeries() throws IOException {
        JsonObject reference =
                reference().getAsJsonObject("statistics_series_1").getAsJsonObject("series");
        String file = shell.write("series.csv", series(reference));
        JsonObject flips =
                effect(shell.run("compare", file, "--baseline", "b", "--metric", "score:maximize", "-f", "json"));
        assertThat(number(flips, "p"))
                .isEqualTo(number(reference.getAsJsonObject("permutation"), "p"))
                .isEqualTo(20.0 / 1024);
        assertThat(number(flips, "level")).isEqualTo(1 - 50.0 / 1024);
        close(flips, "variant_mean", number(reference, "mean_a"));
        close(flips, "baseline_mean", number(reference, "mean_b"));
        close(flips, "variant_sd", number(reference, "sd_a"));
        close(flips, "baseline_sd", number(reference, "sd_b"));
        close(flips, "difference", number(reference, "mean_difference"));
        assertThat(flips.get("wins").getAsInt()).isEqualTo(8);
        assertThat(flips.get("losses").getAsInt()).isEqualTo(2);
        assertThat(flips.get("verdict").getAsString()).isEqualTo("better");

        for (String[] options : new String[][] {
            {"corrected_resampled_t", "--test-train-ratio", "0.25"},
            {"paired_t", "--test", "paired-t"}
        }) {
            JsonObject wanted = reference.getAsJsonObject(options[0]);
            JsonObject t = effect(shell.run(
                    "compare",
                    file,
                    "--baseline",
                    "b",
                    "--metric",
                    "score:maximize",
                    "-f",
                    "json",
                    options[1],
                    options[2]));
            close(t, "p", number(wanted, "p"));
            JsonArray interval = wanted.getAsJsonArray("ci95");
            close(t, "low", interval.get(0).getAsDouble());
            close(t, "high", interval.get(1).getAsDouble());
            assertThat(t.get("test").getAsString()).isEqualTo(options[0].replace('_', '-'));
        }
    }

    @Test
    void printsTheAnswerFirst() throws IOException {
        JsonObject reference =
                reference().getAsJsonObject("statistics_series_1").getAsJsonObject("series");
        String file = shell.write("series.csv", series(reference));
        Result result = shell.run("compare", file, "--baseline", "b", "--metric", "score:maximize");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("""
                a: score is 0.0132 higher than b (0.9 against 0.887) over 10 seeds; chance
                hardly explains that (p = 0.0195), so it is better.
                """).endsWith("\n20 runs in " + file + "\n");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 80 || line.contains(file));
    }

    @Test
    void hasNoKeyAndNoLinkForAFile() {
        String file = shell.write("r.csv", "variant,seed,loss\na,1,1\nb,1,2\n");
        JsonObject document = JsonParser.parseString(
                        shell.run("compare", file, "--metric", "loss:minimize", "-f", "json")
                                .out())
                .getAsJsonObject();
        assertThat(document.get("key").isJsonNull()).isTrue();
        assertThat(document.get("mlflow").isJsonNull()).isTrue();
        assertThat(document.get("comparison").getAsString()).isEqualTo("r");
        JsonObject run = document.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.get("key").isJsonNull()).isTrue();
        assertThat(run.get("status").getAsString()).isEqualTo("finished");
    }

    @Test
    void comparesEachCellWithItsOwnBaselineAndCountsMissingPairs() {
        StringBuilder text = new StringBuilder("variant,seed,status,trainer.rate,loss\n");
        for (int seed = 1; seed <= 10; seed++) {
            for (String rate : new String[] {"0.1", "1"}) {
                text.append("a,")
                        .append(seed)
                        .append(",finished,")
                        .append(rate)
                        .append(",")
                        .append(seed)
                        .append("\n");
                String status = seed == 4 && rate.equals("1") ? "failed" : "finished";
                double loss = rate.equals("1") ? seed + 1 : seed - 0.5;
                text.append("b,")
                        .append(seed)
                        .append(",")
                        .append(status)
                        .append(",")
                        .append(rate);
                text.append(",").append(loss).append("\n");
            }
        }
        String file = shell.write("cells.csv", text.toString());
        Result result = shell.run("compare", file, "--baseline", "a", "--metric", "loss:minimize", "-f", "json");
        JsonArray effects =
                JsonParser.parseString(result.out()).getAsJsonObject().getAsJsonArray("effects");
        assertThat(effects).hasSize(2);
        assertThat(effects.get(0).getAsJsonObject().get("verdict").getAsString())
                .isEqualTo("better");
        assertThat(effects.get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("cell")
                        .get("trainer.rate")
                        .getAsString())
                .isEqualTo("0.1");
        assertThat(effects.get(1).getAsJsonObject().get("n").getAsInt()).isEqualTo(9);
        assertThat(number(effects.get(0).getAsJsonObject(), "p_adjusted")).isEqualTo(4.0 / 1024);
        assertThat(shell.run("compare", file, "--baseline", "a", "--metric", "loss:minimize")
                        .out())
                .startsWith(
                        "1 of 20 runs of b failed. b: loss against a is better in 1 of 2 cells, worse in\n"
                                + "1; the best of all, b with rate=0.1 (5), was chosen among 4 on loss, on which it\nis judged.")
                .contains("9 of 10 pairs");
    }

    @Test
    void roundTripsTheRunsOfASpec() {
        Result run = shell.run("run", quick, "-f", "json");
        String file =
                shell.write("runs.csv", shell.run("run", quick, "-f", "csv").out());
        Result again = shell.run("compare", file, "--baseline", "bias", "-f", "json");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(effects(again)).isEqualTo(effects(run));
        String gate = shell.write(
                "gate.csv", shell.run("run", "or-gate-exact", "-f", "csv").out());
        assertThat(effects(shell.run(
                        "compare",
                        gate,
                        "--baseline",
                        "exact",
                        "--metric",
                        "train/mse",
                        "--metric",
                        "train/accuracy",
                        "--same-within",
                        "train/mse=1e-6",
                        "--same-within",
                        "train/accuracy=0.02",
                        "-f",
                        "json")))
                .isEqualTo(effects(shell.run("run", "or-gate-exact", "-f", "json")));
    }

    @Test
    void comparesWhatIsThereOfASpecAndTrainsNothing() {
        Result nothing = shell.run("compare", quick);
        assertThat(nothing.code()).isZero();
        assertThat(nothing.out())
                .contains("0 of 6 pairs", "0 runs there, 12 missing", "To run it: ablate run " + quick);
        shell.run("run", quick, "--seeds", "7,8");
        assertThat(shell.run("compare", quick).out()).contains("2 of 6 pairs", "4 runs there, 8 missing");
        Result run = shell.run("run", quick, "-f", "json");
        Result compared = shell.run("compare", quick, "-f", "json");
        assertThat(effects(compared)).isEqualTo(effects(run));
        shell.run("run", "or-gate-bias");
        assertThat(shell.run("compare", "or-gate-bias").out())
                .endsWith(
                        "\n2 runs there\n\nbias: train/mse is 0.0619 lower than no-bias (0.000636 against 0.0625); both"
                                + " are\ndeterministic, so no test applies.\n");
    }

    @Test
    void comparesRunsByTheDigitsOfTheirKeys() {
        JsonArray runs = JsonParser.parseString(
                        shell.run("run", quick, "-f", "json").out())
                .getAsJsonObject()
                .getAsJsonArray("runs");
        String[] words = new String[runs.size() + 3];
        words[0] = "compare";
        words[1] = "-f";
        words[2] = "json";
        for (int i = 0; i < runs.size(); i++) {
            words[i + 3] =
                    runs.get(i).getAsJsonObject().get("key").getAsString().substring(0, i % 2 == 0 ? 8 : 64);
        }
        Result compared = shell.run(words);
        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(effects(compared)).isEqualTo(effects(shell.run("run", quick, "-f", "json")));
        words[2] = "table";
        assertThat(shell.run(words).out()).contains("Only this differs", "trainer.bias", "12 runs from the store");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "r.csv | --metric is missing",
                "r.csv --metric lost:minimize | no metric 'lost'; did you mean 'loss'?",
                "r.csv --metric loss:mix | no goal 'mix'; it is minimize or maximize (or min, max)",
                "r.csv --metric seed:max | no metric 'seed'",
                "r.csv --metric loss | say which way is better: loss:minimize or loss:maximize",
                "r.csv --metric loss:minimize --baseline c | no variant 'c'",
                "r.csv --metric loss:minimize --metric loss:maximize | loss is given twice",
                "r.csv --metric loss:minimize --test signs | no test 'signs'",
                "r.csv --metric loss:minimize --test corrected-resampled-t | needs --test-train-ratio",
                "r.csv --metric loss:minimize --test paired-t --test-train-ratio 0.25 | write --test corrected-resampled-t",
                "r.csv --metric loss:minimize --test-train-ratio -1 | must be a number above 0",
                "r.csv --metric loss:minimize --same-within much | must be a number of 0 or more",
                "r.csv --metric loss:minimize --same-within other=1 | other is not compared",
                "r.csv --metric loss:minimize --cell variant | no other variant is in a cell together with the baseline",
                "r.csv --metric loss:minimize --cell size | no column 'size'",
                "r.csv --metric loss:minimize --series -f json | goes with a spec alone",
                "r.csv --metric loss:minimize --seeds 1,2 | go with a spec alone",
                "none.csv --metric loss:minimize | there is no such file",
                "quick.yaml --metric train/mse | a spec says itself what is compared",
                "01234567 | no run begins with '01234567'",
                "01234567 or-gate-bias | no run begins with '01234567'",
                "or-gate-bias or-gate-exact | 'or-gate-bias' is not a run",
                "r.csv --metric loss:minimize --gate loss:good | no verdict 'good'",
                "r.csv --metric loss:minimize --gate lost:better | no metric 'lost'; did you mean 'loss'?",
                "r.csv --metric loss:minimize --gate loss@c:better | no variant 'c'",
                "r.csv --metric loss:minimize --gate loss@a:better | a is the baseline",
                "r.csv --metric loss:minimize --gate loss | must be METRIC[@VARIANT]:VERDICT",
            })
    void refusesWhatCannotBeCompared(String words, String message) {
        shell.write("r.csv", "variant,seed,loss\na,1,1\nb,1,2\n");
        String[] arguments = ("compare " + words).split(" ");
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].endsWith(".csv") || arguments[i].endsWith(".yaml")) {
                arguments[i] = folder.resolve(arguments[i]).toString();
            }
        }
        Result result = shell.run(arguments);
        assertThat(result.err()).contains(message);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void offersTheColumnsThatCanBeMetrics() {
        String file = shell.write("r.csv", """
                variant,seed,status,note,trainer.size,weights/x,empty,f1,loss
                a,1,finished,first,3,1,,0.5,nan
                b,1,finished,second,3,1,,0.75,2
                """);
        assertThat(shell.run("compare", file).err()).endsWith("\n    there are: f1, loss\n");
        assertThat(shell.run("compare", file, "--metric", "f2:max").err())
                .contains("no metric 'f2'; did you mean 'f1'?\n    there are: f1, loss\n");
        for (String goal : List.of("max", "maximize", "MAX")) {
            assertThat(shell.run("compare", file, "--metric", "f1:" + goal).out())
                    .contains("f1: b against a", "        0.25");
        }
        assertThat(shell.run("compare", file, "--metric", "loss:min").code()).isZero();
    }

    @Test
    void endsWithThreeWhereAGateIsNotMet() {
        Result met = shell.run(
                "run", "or-gate-exact", "--gate", "train/mse@as-published:better", "--gate", "accuracy:identical");
        assertThat(met.code()).as(met.err()).isZero();
        Result either = shell.run("run", "or-gate-exact", "--gate", "mse:worse|better");
        assertThat(either.code()).isZero();
        Result unmet = shell.run("run", "or-gate-exact", "--gate", "mse:worse", "--gate", "accuracy:better");
        assertThat(unmet.code()).isEqualTo(3);
        assertThat(unmet.err().lines())
                .contains(
                        "gate mse:worse is not met: as-published is better",
                        "gate accuracy:better is not met: as-published is identical");
        assertThat(unmet.out()).startsWith("as-published: train/mse is 0.00227 lower");
        assertThat(shell.run("compare", "or-gate-exact", "--gate", "mse:worse").code())
                .isEqualTo(3);
        assertThat(shell.run("compare", "or-gate-exact", "--gate", "mse:better").code())
                .isZero();
    }

    @Test
    void refusesAWrongGateBeforeAnythingRuns() {
        Result result = shell.run("run", quick, "--gate", "train/mse@no-biass:better");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("no variant 'no-biass'; did you mean 'no-bias'?");
        assertThat(shell.home()).doesNotExist();
    }

    private static void close(JsonObject effect, String name, double wanted) {
        assertThat(number(effect, name)).as(name).isCloseTo(wanted, Percentage.withPercentage(1e-10));
    }

    private static double number(JsonObject object, String name) {
        return object.get(name).getAsDouble();
    }

    private static JsonObject effect(Result result) {
        assertThat(result.code()).as(result.err()).isZero();
        return effects(result).getAsJsonArray().get(0).getAsJsonObject();
    }

    private static JsonElement effects(Result result) {
        return JsonParser.parseString(result.out()).getAsJsonObject().get("effects");
    }

    private static String series(JsonObject reference) {
        StringBuilder text = new StringBuilder("variant,seed,score\n");
        for (String variant : new String[] {"a", "b"}) {
            JsonArray values = reference.getAsJsonArray(variant);
            for (int i = 0; i < values.size(); i++) {
                text.append(variant)
                        .append(',')
                        .append(i + 1)
                        .append(',')
                        .append(values.get(i).getAsString())
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** Reference figures computed with NumPy/SciPy. */
    private static JsonObject reference() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                CompareCommandTest.class.getResourceAsStream("statistics-reference.json"),
                "statistics-reference.json")) {
            return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }
}
