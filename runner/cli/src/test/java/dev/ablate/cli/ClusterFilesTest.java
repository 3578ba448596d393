package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.ablate.cli.Shell.Result;
import dev.ablate.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose pairs belong together, and what is said of effects beside the verdict. */
class ClusterFilesTest {

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    /** In each text all sentences are better or worse together: many pairs, and few that are independent. */
    private String sentences(int texts, int each) {
        StringBuilder text = new StringBuilder("variant,sentence_id,text,score\n");
        for (int k = 1; k <= texts; k++) {
            for (int i = 1; i <= each + k % 2; i++) {
                text.append("old,")
                        .append(k)
                        .append('-')
                        .append(i)
                        .append(",t")
                        .append(k)
                        .append(",0.5\n");
                text.append("new,").append(k).append('-').append(i).append(",t").append(k);
                text.append(k % 3 == 0 ? ",0.375\n" : ",0.75\n");
            }
        }
        return shell.write("sentences.csv", text.toString());
    }

    private Result compare(String file, String... more) {
        List<String> command =
                new ArrayList<>(List.of("compare", file, "--pair-by", "sentence_id", "--metric", "score:maximize"));
        command.addAll(List.of(more));
        return shell.run(command.toArray(String[]::new));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void flipsTheSignsOfWholeClusters() {
        String file = sentences(12, 20);
        assertThat(oneLine(compare(file).out())).contains("hardly explains");
        Result result = compare(file, "--cluster-by", "text");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(oneLine(result.out()))
                .contains("over 246 sentences in 12 clusters; chance may explain that")
                .doesNotContain("independent")
                .doesNotContain("would probably settle it");
        JsonObject effect = compare(file, "--cluster-by", "text", "-f", "json")
                .json()
                .getAsJsonArray("effects")
                .get(0)
                .getAsJsonObject();
        assertThat(effect.get("clusters").getAsInt()).isEqualTo(12);
        assertThat(effect.get("n").getAsInt()).isEqualTo(246);
        // the mean stays that of sentences
        assertThat(effect.get("difference").getAsDouble()).isCloseTo((0.25 * 164 - 0.125 * 82) / 246, within(1e-12));
        assertThat(effect.get("sign_p").isJsonNull()).isTrue();
    }

    /** The p-values of a file's effects. */
    private List<Double> ps(String... lines) {
        String file = shell.write("cells.csv", "size,variant,sentence_id,text,score\n" + String.join("", lines));
        Result result = compare(file, "--cluster-by", "text", "--cell", "size", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        return result.json().getAsJsonArray("effects").asList().stream()
                .map(effect -> effect.getAsJsonObject().get("p").getAsDouble())
                .toList();
    }

    private static String cell(String size, int texts) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 36; k++) {
            String row = "," + k + ",t" + k % texts + ",";
            text.append(size).append(",old").append(row).append("0.5\n");
            text.append(size).append(",new").append(row).append(k % 5 == 0 ? "0.25\n" : "0.75\n");
        }
        return text.toString();
    }

    @Test
    void hasTheClustersOfEachCell() {
        String few = cell("small", 7);
        String many = cell("large", 12);
        double first = ps(few).get(0);
        double second = ps(many).get(0);
        assertThat(first).isNotEqualTo(second);
        assertThat(ps(few, many)).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void decidesNothingWithFewerThanSixClusters() {
        String file = sentences(5, 30);
        Result result = compare(file, "--cluster-by", "text");
        assertThat(oneLine(result.out()))
                .contains("in 5 clusters; 5 clusters are too few for a test, so it is undecided")
                .contains("1 more cluster is needed for a test, which takes at least 6 clusters.");
        assertThat(compare(file, "--cluster-by", "text", "-f", "json").out())
                .contains("\"untested\": \"few-clusters\"");
        assertThat(compare(sentences(6, 30), "--cluster-by", "text", "-f", "json")
                        .out())
                .contains("\"untested\": null");
    }

    @Test
    void refusesAPairInTwoClusters() {
        String file =
                shell.write("two.csv", "variant,sentence_id,text,score\nold,1,a,1\nold,2,a,1\nnew,1,b,1\nnew,2,a,1\n");
        Result result = compare(file, "--cluster-by", "text");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("two.csv:4:7: error: sentence 1 is in text 'a' before, and in 'b' here")
                .contains("belong to one cluster");
    }

    @Test
    void refusesAClusterThatIsMissing() {
        String file = shell.write("none.csv", "variant,sentence_id,text,score\nold,1,a,1\nold,2,,1\nnew,1,a,1\n");
        assertThat(compare(file, "--cluster-by", "text").err()).contains("text is missing");
        assertThat(compare(file, "--cluster-by", "txt").err())
                .contains("no column 'txt'")
                .contains("did you mean 'text'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wilcoxon", "sign", "paired-t"})
    void refusesTestsThatTakeEveryPairForIndependent(String test) {
        Result result = compare(sentences(8, 2), "--cluster-by", "text", "--test", test);
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("--cluster-by goes with paired-permutation alone")
                .contains(test + " takes every pair for independent");
    }

    @Test
    void refusesClustersWhereTheyMeanNothing() {
        assertThat(compare(sentences(8, 2), "--cluster-by", "text", "--bayes").err())
                .contains("--bayes does not go with --cluster-by");
        assertThat(compare(sentences(8, 2), "--cluster-by", "text", "--test-train-ratio", "0.25")
                        .err())
                .contains("--cluster-by goes with paired-permutation alone");
    }

    @Test
    void showsTheSizeOfEffectsWhereThereIsRoom() {
        String file = sentences(12, 20);
        assertThat(compare(file).out()).doesNotContain("d_z");
        assertThat(oneLine(compare(file, "-v").out()))
                .contains("Size of effects, for information")
                .contains("new score 0.706 0.667");
        assertThat(compare(file, "-f", "json").out()).contains("\"improvement\": 0.66");
    }

    @Test
    void showsProbabilitiesBesideTheVerdict() {
        String file = sentences(12, 1);
        assertThat(compare(file).out()).doesNotContain("Bayesian");
        Result result = compare(file, "--bayes", "--same-within", "0.05");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(oneLine(result.out()))
                .contains("How probable, beside the verdict")
                .contains("rho = 0; it does not change the verdict.");
        JsonObject bayes = compare(file, "--bayes", "--same-within", "0.05", "--test-train-ratio", "0.25", "-f", "json")
                .json()
                .getAsJsonArray("effects")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("bayes");
        assertThat(bayes.get("rho").getAsDouble()).isCloseTo(0.2, within(1e-15));
        assertThat(bayes.get("region").getAsDouble()).isEqualTo(0.05);
        assertThat(bayes.get("worse").getAsDouble()
                        + bayes.get("same").getAsDouble()
                        + bayes.get("better").getAsDouble())
                .isCloseTo(1, within(1e-12));
        assertThat(bayes.get("better").getAsDouble())
                .isGreaterThan(bayes.get("worse").getAsDouble());
    }

    @Test
    void turnsProbabilitiesRoundWhereLessIsBetter() {
        String file = sentences(12, 1);
        JsonObject bayes = shell.run(
                        "compare",
                        file,
                        "--pair-by",
                        "sentence_id",
                        "--metric",
                        "score:minimize",
                        "--bayes",
                        "-f",
                        "json")
                .json()
                .getAsJsonArray("effects")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("bayes");
        assertThat(bayes.get("same").getAsDouble()).isZero();
        assertThat(bayes.get("worse").getAsDouble())
                .isGreaterThan(bayes.get("better").getAsDouble());
    }

    @Test
    void refusesProbabilitiesOfFoldsWithoutTheirRatio() {
        StringBuilder text = new StringBuilder("variant,seed,fold,score\n");
        for (int fold = 1; fold <= 6; fold++) {
            text.append("a,1,")
                    .append(fold)
                    .append(",0.5\nb,1,")
                    .append(fold)
                    .append(",0.")
                    .append(fold)
                    .append('\n');
        }
        String file = shell.write("folds.csv", text.toString());
        assertThat(shell.run("compare", file, "--metric", "score:max", "--bayes")
                        .err())
                .contains("--bayes needs --test-train-ratio where there are folds");
        assertThat(shell.run("compare", file, "--metric", "score:max", "--bayes", "--test-train-ratio", "0.2")
                        .code())
                .isZero();
        assertThat(shell.run("compare", "or-gate-bias", "--bayes").err())
                .contains("--test-train-ratio and --bayes go with a CSV file");
    }

    /** Seeds that were all judged on the same rows say nothing of other rows. */
    @Test
    void refusesProbabilitiesOfStoredRunsWithOneSplit() {
        String spec = shell.write("one-split.yaml", """
                version: 1
                name: one-split
                dataset: { plugin: line }
                trainer: { plugin: perceptron, learning_rate: 0.01, epochs: 5, activation: identity }
                variants: { bias: {}, no-bias: { trainer.bias: false } }
                seeds: { count: 2 }
                data: { split: { test: 0.25, per: experiment } }
                """);
        Result trained = shell.run("run", spec, "--offline");
        assertThat(trained.code()).as(trained.err()).isZero();
        Result result = shell.run("compare", "one-split", "--bayes", "--metric", "test/mse:min");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("--bayes takes pairs for draws of what a split may be, and here one split is the same");
    }
}
