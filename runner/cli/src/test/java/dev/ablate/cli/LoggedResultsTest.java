package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ablate.cli.Shell.Result;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import dev.ablate.mlflow.results.ForeignLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;

/** Runs that another program logged to MLflow are compared, and the answer is written there. */
@ManagedMlflow
class LoggedResultsTest {

    private final URI server;

    @TempDir
    private Path folder;

    private Shell shell;

    LoggedResultsTest(URI server) {
        this.server = server;
    }

    @BeforeEach
    void open() {
        shell = new Shell(folder).with("MLFLOW_TRACKING_URI", server.toString());
    }

    private Result compare(String experiment, String... more) {
        List<String> command = new ArrayList<>(List.of("compare", "mlflow:" + experiment));
        command.addAll(List.of(more));
        return shell.run(command.toArray(String[]::new));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static JsonObject effect(Result result) {
        assertThat(result.code()).as(result.err()).isZero();
        return result.json().getAsJsonArray("effects").get(0).getAsJsonObject();
    }

    // ---- reading

    @Test
    void comparesTwoVariantsByParams() {
        try (ForeignLog log = new ForeignLog(server, "logged: depths")) {
            log.twoVariants();
            Result result = compare("logged: depths", "--variant-by", "depth", "--metric", "acc:maximize");
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(oneLine(result.out()))
                    .startsWith("6: acc is 0.051 higher than 3 (0.806 against 0.755) over 10 seeds; chance hardly"
                            + " explains that (p = 0.00195), so it is better.")
                    .contains("Only this differs")
                    .contains("20 runs in the experiment logged: depths at " + server + " 6: acc is 0.051 higher");
            JsonObject byId = effect(
                    compare(log.id(), "--variant-by", "depth", "--metric", "acc:max", "--baseline", "6", "-f", "json"));
            assertThat(byId.get("verdict").getAsString()).isEqualTo("worse");
            assertThat(byId.get("n").getAsInt()).isEqualTo(10);
        }
    }

    /** The same runs in a file give the same figures. */
    @Test
    void givesTheFiguresOfAFileWithTheSameRuns() {
        try (ForeignLog log = new ForeignLog(server, "logged: as a file")) {
            log.twoVariants();
            StringBuilder text = new StringBuilder("variant,seed,acc\n");
            for (int seed = 1; seed <= 10; seed++) {
                for (String depth : List.of("3", "6")) {
                    text.append(depth).append(',').append(seed).append(',');
                    text.append(ForeignLog.accuracy(depth, seed)).append('\n');
                }
            }
            String file = shell.write("same.csv", text.toString());
            assertThat(effect(
                            compare("logged: as a file", "--variant-by", "depth", "--metric", "acc:max", "-f", "json")))
                    .isEqualTo(effect(shell.run("compare", file, "--metric", "acc:max", "-f", "json")));
        }
    }

    /** Ablate knows its own metrics, so that these need no goal, and are compared unasked. */
    @Test
    void comparesAnOwnMetricUnasked() {
        try (ForeignLog log = new ForeignLog(server, "logged: own")) {
            log.twoVariants();
            assertThat(compare("logged: own", "--variant-by", "depth").out()).startsWith("6: test/accuracy is 0.051");
            assertThat(compare("logged: own", "--variant-by", "depth", "--metric", "acc")
                            .err())
                    .contains("say which way is better: acc:minimize or acc:maximize");
        }
    }

    @Test
    void takesTagsAndNamesOfAnyScript() {
        try (ForeignLog log = new ForeignLog(server, "logged: 模型")) {
            for (int doc = 1; doc <= 8; doc++) {
                for (String model : List.of("größe", "模型")) {
                    log.run("r" + doc)
                            .tag("model", model)
                            .tag("doc_id", "文-" + doc)
                            .metric("f1: ü", model.equals("模型") ? doc + 1 : doc)
                            .end("FINISHED");
                }
            }
            Result result = compare(
                    "logged: 模型",
                    "--variant-by",
                    "tags.model",
                    "--pair-by",
                    "doc_id",
                    "--metric",
                    "f1: ü:max",
                    "-f",
                    "json");
            assertThat(effect(result).get("variant").getAsString()).isEqualTo("模型");
            assertThat(result.json().get("sentence").getAsString()).contains("over 8 docs");
        }
    }

    @Test
    void takesTheValueOfAStepOrTheBest() {
        try (ForeignLog log = new ForeignLog(server, "logged: steps")) {
            for (int seed = 1; seed <= 6; seed++) {
                log.run("a")
                        .param("seed", "" + seed)
                        .param("variant", "a")
                        .metric("loss", 5, 1, 4)
                        .end("FINISHED");
                log.run("b")
                        .param("seed", "" + seed)
                        .param("variant", "b")
                        .metric("loss", 3, 2, 3)
                        .end("FINISHED");
            }
            assertThat(effect(compare("logged: steps", "--metric", "loss:min", "-f", "json"))
                            .get("difference")
                            .getAsDouble())
                    .isEqualTo(-1);
            Result best = compare("logged: steps", "--metric", "loss:min", "-f", "json", "--at", "best");
            assertThat(effect(best).get("difference").getAsDouble()).isEqualTo(1);
            assertThat(best.err()).contains("Each run counts where its metric is best (--at best), which flatters");
            assertThat(effect(compare("logged: steps", "--metric", "loss:min", "-f", "json", "--at", "0"))
                            .get("difference")
                            .getAsDouble())
                    .isEqualTo(-2);
            assertThat(oneLine(compare("logged: steps", "--metric", "loss:min", "--at", "9")
                            .out()))
                    .contains("b has no value for seeds 1 to 6");
            assertThat(compare("logged: steps", "--metric", "loss:min", "--at", "first")
                            .err())
                    .contains("--at must be last, best or a step, got 'first'");
        }
    }

    @Test
    void countsFailedRunsAndMissingMetrics() {
        try (ForeignLog log = new ForeignLog(server, "logged: failed")) {
            for (int seed = 1; seed <= 9; seed++) {
                log.run("a")
                        .param("seed", "" + seed)
                        .param("variant", "a")
                        .metric("acc", seed)
                        .end("FINISHED");
                ForeignLog.Run b = log.run("b").param("seed", "" + seed).param("variant", "b");
                switch (seed) {
                    case 7 -> b.metric("acc", 100).end("FAILED");
                    case 8 -> b.end("FINISHED");
                    case 9 -> b.metric("acc", 100).end("RUNNING");
                    default -> b.metric("acc", seed + 1).end("FINISHED");
                }
            }
            log.delete(log.run("b")
                    .param("seed", "1")
                    .param("variant", "b")
                    .metric("acc", 50)
                    .end("FINISHED"));
            assertThat(oneLine(compare("logged: failed", "--metric", "acc:max").out()))
                    .startsWith(
                            "1 of 9 runs of b failed. b: acc is 1 higher than a (4.5 against 3.5) over 6 of 9 pairs;")
                    .contains("b did not finish with seed 9")
                    .contains("b failed with seed 7")
                    .contains("b has no value for seed 8");
        }
    }

    @Test
    void takesWhatMlflowStoresForInfiniteForARunThatDiverged() {
        try (ForeignLog log = new ForeignLog(server, "logged: diverged")) {
            for (int seed = 1; seed <= 7; seed++) {
                log.run("a")
                        .param("seed", "" + seed)
                        .param("variant", "a")
                        .metric("loss", seed)
                        .end("FINISHED");
                log.run("b")
                        .param("seed", "" + seed)
                        .param("variant", "b")
                        .metric("loss", seed == 3 ? Double.POSITIVE_INFINITY : seed == 4 ? Double.NaN : seed - 0.5)
                        .end("FINISHED");
            }
            assertThat(oneLine(
                            compare("logged: diverged", "--metric", "loss:min").out()))
                    .startsWith("1 of 7 runs of b failed.")
                    .contains("b is infinite with seed 3, which counts as failed")
                    .contains("b has no value for seed 4");
        }
    }

    @Test
    void namesSeveralRunsOfOneVariantAndPair() {
        try (ForeignLog log = new ForeignLog(server, "logged: twice")) {
            log.twoVariants();
            String again = log.run("again")
                    .param("depth", "6")
                    .param("seed", "4")
                    .metric("acc", 0.9)
                    .end("FINISHED");
            log.run("crashed")
                    .param("depth", "6")
                    .param("seed", "5")
                    .metric("acc", 0.1)
                    .end("FAILED");
            Result refused = compare("logged: twice", "--variant-by", "depth", "--metric", "acc:max");
            assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err())
                    .startsWith("error: several runs are of one variant and seed: leave some out")
                    .contains("--repeat mean")
                    .containsPattern(
                            "    6, seed 4: depth-6-4 \\([0-9a-f]{8}\\), again \\(" + again.substring(0, 8) + "\\)")
                    .containsPattern("    6, seed 5: depth-6-5 \\([0-9a-f]{8}\\), crashed \\([0-9a-f]{8}\\) FAILED");
            Result mean = compare(
                    "logged: twice", "--variant-by", "depth", "--metric", "acc:max", "--repeat", "mean", "-f", "json");
            assertThat(effect(mean).get("n").getAsInt()).isEqualTo(10);
            assertThat(mean.err())
                    .contains("Of 20 runs 2 are means of 2 (--repeat mean).")
                    .contains("1 run that did not finish is in no mean");
            Result filtered = compare(
                    "logged: twice",
                    "--variant-by",
                    "depth",
                    "--metric",
                    "acc:max",
                    "-f",
                    "json",
                    "--filter",
                    "params.seed != '4' and attributes.status = 'FINISHED'");
            assertThat(effect(filtered).get("n").getAsInt()).isEqualTo(9);
        }
    }

    @Test
    void listsWhatThereIsWhereItIsNotKnownWhatIsCompared() {
        try (ForeignLog log = new ForeignLog(server, "logged: unsaid")) {
            for (int take = 1; take <= 3; take++) {
                log.run("t" + take)
                        .param("lr", "0.1")
                        .param("take", "" + take)
                        .tag("host", take == 1 ? "a" : "b")
                        .metric("acc", take)
                        .end("FINISHED");
            }
            Result variant = compare("logged: unsaid", "--metric", "acc:max");
            assertThat(variant.code()).isEqualTo(ExitCode.USAGE);
            assertThat(variant.err()).isEqualTo("""
                    error: --variant-by is missing: name the param or tag that says what is compared
                        params: lr (1 value), take (3 values)
                        tags: host (2 values), mlflow.runName (3 values)
                    """);
            assertThat(compare("logged: unsaid", "--variant-by", "host", "--metric", "acc:max")
                            .err())
                    .startsWith("error: --pair-by is missing: name the param or tag that says which runs of different"
                            + " variants belong together, such as a seed\n    params: lr");
            assertThat(compare("logged: unsaid", "--variant-by", "hots").err())
                    .startsWith(
                            "error: --variant-by: no param or tag 'hots'; did you mean 'host'?\n    params: lr (1 value)");
            Result apart =
                    compare("logged: unsaid", "--variant-by", "host", "--pair-by", "take", "--metric", "acc:max");
            assertThat(apart.err())
                    .isEqualTo("error: no take has a run of the baseline 'a' and of another variant, so nothing is a"
                            + " pair; a has 1; b has 2 and 3\n");
            assertThat(compare("logged: unsaid", "--filter", "params.lr = '7'").err())
                    .contains("has no run that is active and fits the filter");
            assertThat(compare("logged: unsiad").err()).contains("did you mean 'logged: unsaid'?");
        }
    }

    @Test
    void saysWhichRunsSayNothingOfThemselves() {
        try (ForeignLog log = new ForeignLog(server, "logged: parents")) {
            log.twoVariants();
            log.run("sweep").tag("note", "a parent").end("FINISHED");
            log.run("half").param("depth", "3").metric("acc", 0.5).end("FINISHED");
            Result result = compare("logged: parents", "--variant-by", "depth", "--metric", "acc:max");
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err())
                    .containsPattern("1 run without the param depth is left out: sweep \\([0-9a-f]{8}\\)\\.")
                    .containsPattern("1 run without the param seed is left out: half \\([0-9a-f]{8}\\)\\.");
        }
    }

    @Test
    void comparesEachValueOfACellByItself() {
        try (ForeignLog log = new ForeignLog(server, "logged: cells")) {
            for (int seed = 1; seed <= 8; seed++) {
                for (String set : List.of("iris", "wine")) {
                    for (String model : List.of("old", "new")) {
                        double better = model.equals("new") ? (set.equals("iris") ? 1 : -1) : 0;
                        log.run("r")
                                .param("variant", model)
                                .param("seed", "" + seed)
                                .param("data", set)
                                .metric("acc", seed + better)
                                .end("FINISHED");
                    }
                }
            }
            assertThat(oneLine(compare("logged: cells", "--metric", "acc:max", "--cell", "data")
                            .out()))
                    .startsWith("new: acc against old is better in 1 of 2 cells, worse in 1")
                    .contains(" iris ")
                    .contains(" wine ");
            assertThat(compare("logged: cells", "--metric", "acc:max").err())
                    .startsWith("error: several runs are of one variant and seed");
        }
    }

    /** Its own runs say what they are: with folds a pair is a seed and a fold. */
    @Test
    void comparesUnaskedWhatAblateDelivered() {
        String spec = shell.write("logged-own.yaml", """
                version: 1
                name: "logged: delivered"
                dataset: { plugin: or-gate }
                data: { split: { folds: 2 } }
                trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 20 }
                variants: { bias: { trainer.bias: true }, no-bias: { trainer.bias: false } }
                seeds: { count: 3, base: 7 }
                """);
        Result run = shell.run("run", spec, "-f", "json");
        assertThat(run.code()).as(run.err()).isZero();
        String primary = effect(run).get("metric").getAsString();
        JsonObject read =
                effect(compare("logged: delivered", "--metric", primary, "--baseline", "no-bias", "-f", "json"));
        JsonObject own = run.json().getAsJsonArray("effects").asList().stream()
                .map(each -> each.getAsJsonObject())
                .filter(each -> each.get("metric").getAsString().equals(primary))
                .findFirst()
                .orElseThrow();
        assertThat(read.get("n").getAsInt()).isEqualTo(6).isEqualTo(own.get("n").getAsInt());
        double sign = own.get("baseline").getAsString().equals("no-bias") ? 1 : -1;
        assertThat(read.get("difference").getAsDouble())
                .isEqualTo(sign * own.get("difference").getAsDouble());
    }

    @Test
    void refusesOptionsThatDoNotGoWithIt() {
        assertThat(compare("").err()).contains("name the experiment: mlflow:NAME, or mlflow:ID");
        assertThat(compare("x", "--seeds", "1").err()).contains("--set, --seeds and --repeats go with a spec alone");
        assertThat(compare("x", "--read", "na=-").err()).contains("--read goes with a CSV file alone");
        assertThat(compare("x", "--write", "--experiment", "y").err())
                .contains("--experiment goes with --write of a CSV file alone");
        String file = shell.write("f.csv", "variant,seed,loss\na,1,1\nb,1,2\n");
        assertThat(shell.run("compare", file, "--at", "best").err()).contains("go with mlflow:EXPERIMENT alone");
        assertThat(shell.run("compare", "or-gate-bias", "--write").err()).contains("--write goes with a CSV file or");
        Result nowhere = new Shell(folder).run("compare", "mlflow:x");
        assertThat(nowhere.code()).isEqualTo(ExitCode.USAGE);
        assertThat(nowhere.err())
                .contains("there is no MLflow server to read from")
                .contains("ablate ui");
    }

    // ---- writing

    private static List<Service.Run> answers(ForeignLog log) {
        return log.active().stream()
                .filter(run -> tags(run).getOrDefault("ablate.role", "").equals("parent"))
                .toList();
    }

    private static Map<String, String> tags(Service.Run run) {
        return run.getData().getTagsList().stream()
                .collect(Collectors.toMap(Service.RunTag::getKey, Service.RunTag::getValue));
    }

    private static Map<String, Double> metrics(Service.Run run) {
        return run.getData().getMetricsList().stream()
                .collect(Collectors.toMap(Service.Metric::getKey, Service.Metric::getValue));
    }

    private String artifact(String run, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.resolve("/get-artifact?run_uuid=" + run + "&path=" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }

    @Test
    void writesTheAnswerOntoOneRunHoweverOftenItIsAsked() throws Exception {
        try (ForeignLog log = new ForeignLog(server, "logged: written")) {
            log.twoVariants();
            String[] question = {"--variant-by", "depth", "--metric", "acc:max", "--write"};
            Result first = compare("logged: written", question);
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(oneLine(first.out()))
                    .as("the sentence comes last, where it is read")
                    .endsWith("hardly explains that (p = 0.00195), so it is better. ");
            assertThat(first.out())
                    .contains("\nIn MLflow: " + server + "/#/experiments/" + log.id() + "/runs/")
                    .contains("/artifacts/report.html?workflowType=machine_learning\n");
            assertThat(answers(log)).hasSize(1);
            Service.Run answer = answers(log).get(0);
            assertThat(answer.getInfo().getStatus()).isEqualTo(Service.RunStatus.FINISHED);
            assertThat(answer.getInfo().getRunName()).isEqualTo("acc: 6 against 3");
            assertThat(tags(answer).get("mlflow.note.content")).startsWith("6: acc is 0.051 higher than 3");
            assertThat(metrics(answer))
                    .containsOnlyKeys(
                            "comparison/acc/6/difference",
                            "comparison/acc/6/p",
                            "comparison/acc/6/low",
                            "comparison/acc/6/high");
            String id = answer.getInfo().getRunId();
            assertThat(artifact(id, "report.html")).contains("6: acc is 0.051 higher than 3");

            // one seed more, and the other seeds' runs as they were
            for (String depth : List.of("3", "6")) {
                log.run("more")
                        .param("depth", depth)
                        .param("seed", "11")
                        .metric("acc", depth.equals("6") ? 1 : 0.5)
                        .end("FINISHED");
            }
            Result second = compare("logged: written", question);
            assertThat(second.code()).as(second.err()).isZero();
            assertThat(oneLine(second.out())).contains("over 11 seeds").contains("22 runs");
            assertThat(answers(log)).hasSize(1);
            Service.Run again = answers(log).get(0);
            assertThat(again.getInfo().getRunId()).isEqualTo(id);
            assertThat(metrics(again).get("comparison/acc/6/difference"))
                    .isGreaterThan(metrics(answer).get("comparison/acc/6/difference"));
            assertThat(tags(again).get("mlflow.note.content")).contains("over 11 seeds");
            assertThat(artifact(id, "report.html")).contains("over 11 seeds");

            // another question is another run
            compare("logged: written", "--variant-by", "depth", "--metric", "acc:max", "--write", "--baseline", "6");
            assertThat(answers(log)).hasSize(2);
        }
    }

    @Test
    void writesWhatAFileSaysIntoAnExperimentOfItsName() throws IOException {
        String name = "logged-file-" + Long.toHexString(folder.hashCode());
        Path file = folder.resolve(name + ".csv");
        Files.writeString(file, "variant,seed,loss\na,1,1\nb,1,2\na,2,1\nb,2,3\n");
        Result result = shell.run("compare", file.toString(), "--metric", "loss:min", "--write", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        String page = result.json().get("mlflow").getAsString();
        assertThat(page).startsWith(server + "/#/experiments/");
        assertThat(result.err()).contains("In MLflow: " + page);
        Result back = compare(name, "--metric", "loss:min");
        assertThat(back.err()).as("there is nothing but the answer").contains("has no run that is active");
        Result named = shell.run(
                "compare", file.toString(), "--metric", "loss:min", "--write", "--experiment", name + "-other");
        assertThat(named.out()).contains("In MLflow: ").doesNotContain(page);
    }

    @Test
    void printsTheAnswerWhereItCannotBeWritten() {
        String file = shell.write("f.csv", "variant,seed,loss\na,1,1\nb,1,2\n");
        Result result =
                shell.run("compare", file, "--metric", "loss:min", "--write", "--tracking-uri", "http://127.0.0.1:9");
        assertThat(result.code()).isEqualTo(ExitCode.UNDELIVERED);
        assertThat(result.out()).startsWith("b: loss is 1 higher than a");
        assertThat(result.err()).contains("It is not in MLflow: MLflow at http://127.0.0.1:9 refused the connection");
    }
}
