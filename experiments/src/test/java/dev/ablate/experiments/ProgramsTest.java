package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of Python as trainers, from the command line. */
class ProgramsTest {

    private static final String SPEC = """
            version: 1
            name: scripts
            dataset: { plugin: none }
            trainer:
              plugin: program
              command: [python3, train.py, "{x}", "{seed}"]
              options: { x: 1 }
              inputs: [train.py, lib/]
              outputs: ["*.txt"]
              metrics: { accuracy: maximize }
            seeds: { count: 6 }
            variants: { more: { trainer.options.x: 2 }, less: {} }
            compare: { baseline: less }
            """;

    private static final String SCRIPT = """
            import sys
            sys.path.insert(0, "lib")
            from helper import score
            open("model.txt", "w").write("model of " + sys.argv[2])
            for step in range(1, 4):
                print("step", f"step={step} accuracy={score(float(sys.argv[1]), int(sys.argv[2])) * step}")
            """;

    @TempDir
    private Path folder;

    private Ablate ablate = new Ablate(Path.of(""));

    @BeforeEach
    void open() throws Exception {
        ablate = new Ablate(folder);
        Files.createDirectories(folder.resolve("lib"));
        ablate.write("lib/helper.py", "def score(x, seed):\n    return x + seed / 100\n");
        ablate.write("train.py", SCRIPT);
        ablate.write("scripts.yaml", SPEC);
    }

    private Ablate.Result run(String... more) {
        return ablate.run(Stream.concat(Stream.of("run", "scripts.yaml", "--offline"), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void areComparedByWhatTheyReport() {
        Ablate.Result result = run();
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("more: accuracy is 3 higher than less (6.10 against 3.10) over 6 seeds")
                .contains("trainer.options.x  2     1");
    }

    @Test
    void runAgainWhereAnInputHasChanged() {
        assertThat(run().out()).contains("12 run, 0 reused");
        assertThat(run().out()).contains("0 run, 12 reused");
        ablate.write("lib/helper.py", "def score(x, seed):\n    return x + seed / 50\n");
        assertThat(run().out()).contains("12 run, 0 reused");
    }

    @Test
    void areRefusedWhereAnInputIsMissing() {
        ablate.write("scripts.yaml", SPEC.replace("lib/", "lob/"));
        Ablate.Result result = run();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "scripts.yaml:8:22: error: item 2 of trainer.inputs must name a file that is there, got 'lob/'");
    }

    @Test
    void areRefusedWhereTheProgramIsMissing() {
        ablate.write("scripts.yaml", SPEC.replace("python3", "pyhton3"));
        for (String command : List.of("validate", "plan", "run")) {
            Ablate.Result result = ablate.run(command, "scripts.yaml");
            assertThat(result.code()).as(command).isEqualTo(2);
            assertThat(result.err())
                    .startsWith("scripts.yaml:6:12: error: trainer.command: no program 'pyhton3' on the PATH\n")
                    .contains("^ did you mean 'python3'?\n1 error; ");
        }
    }

    @Test
    void areRefusedOnceForAllVariants() {
        ablate.write("scripts.yaml", SPEC.replace("{x}", "{y}").replace("less: {}", "less: { trainer.options.z: 1 }"));
        assertThat(ablate.run("validate", "scripts.yaml").err()).isEqualTo("""
                scripts.yaml:6:12: error: trainer.command: {y} is not an option; write {{ for a brace
                  6 |   command: [python3, train.py, "{y}", "{seed}"]
                    |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                    in variant more: there are checkpoint_dir, data_dir, run_dir, seed, slot, variant, x
                    in variant less: there are checkpoint_dir, data_dir, run_dir, seed, slot, variant, x, z
                1 error; nothing was run.
                """);
    }

    /** There are no rows, so nothing is said of any. */
    @Test
    void haveNoDataWhereTheyBringTheirOwn() {
        assertThat(run().code()).isZero();
        assertThat(ablate.run("render", "scripts.yaml").out()).doesNotContain("data:", "decide:");
        assertThat(ablate.run("describe", "dataset", "none").out()).endsWith("no options\n\nno rows\n");
        Ablate.Result json = run("-f", "json");
        assertThat(json.json()
                        .getAsJsonArray("runs")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("metrics")
                        .keySet())
                .containsExactly("accuracy");
    }

    @Test
    void areRefusedWhatIsAboutRows() {
        ablate.write("scripts.yaml", SPEC.replace("more: {", "rows: { data.features: [x] }, more: {") + """
                data: { split: { test: 0.2, stratify: true }, scale: { target: standard }, missing: { numbers: drop } }
                stop: { when: train/mse, below: 0.1 }
                decide: { threshold: 0.4 }
                predict: [[1]]
                """);
        Ablate.Result result = ablate.run("validate", "scripts.yaml");
        assertThat(result.code()).isEqualTo(2);
        for (String about : List.of(
                "12:21: error: data.features",
                "14:18: error: data.split",
                "14:56: error: data.scale",
                "14:87: error: data.missing",
                "15:9: error: stop",
                "16:11: error: decide.threshold",
                "17:1: error: predict")) {
            assertThat(result.err()).contains("scripts.yaml:" + about + " is about rows, and dataset 'none' has none");
        }
        assertThat(result.err()).endsWith("7 errors; nothing was run.\n");
    }

    @Test
    void offerTheirOwnMetricsAlone() {
        assertThat(refusal(SPEC.replace("baseline: less", "primary: train/mse")))
                .contains("there are no rows to measure train/mse on, as the dataset has none", "there are accuracy\n");
        assertThat(refusal(SPEC.replace("baseline: less", "primary: acuracy")))
                .contains("no metric 'acuracy'; there are accuracy\n");
        assertThat(refusal(SPEC.replace("more: {", "more: { trainer.metrics: { f1: maximize },")))
                .contains("the variants report no metric in common");
        // what it would report is not known
        assertThat(refusal(SPEC.replace("command:", "comand:").replace("baseline: less", "primary: accuracy")))
                .contains("unknown key 'comand'")
                .endsWith("1 error; nothing was run.\n");
    }

    @Test
    void leaveADatasetWithoutRowsToThemselves() {
        assertThat(refusal(SPEC.replace("{ trainer.options.x: 2 }", "{ trainer: { plugin: exact } }")))
                .contains("trainer 'exact' learns from rows, and dataset 'none' has none")
                .contains("name a dataset that has rows, or a trainer that brings its own data");
    }

    private String refusal(String spec) {
        ablate.write("scripts.yaml", spec);
        Ablate.Result result = ablate.run("validate", "scripts.yaml");
        assertThat(result.code()).isEqualTo(2);
        return result.err();
    }

    @Test
    void arePredictionsMeasuredByAblate() {
        ablate.write("knn.py", """
                import csv, json, os, sys
                rows = list(csv.reader(open(sys.argv[1] + "/train.csv")))[1:]
                test = list(csv.reader(open(sys.argv[1] + "/test.csv")))[1:]
                k = int(sys.argv[2])
                with open("answers.csv", "w") as answers:
                    for row in test:
                        near = sorted(rows, key=lambda other: abs(float(row[0]) - float(other[0])))[:k]
                        answers.write(str(sum(float(other[-1]) for other in near) / k) + "\\n")
                with open(os.environ["ABLATE_REPORT"], "a") as report:
                    report.write(json.dumps({"predictions": "answers.csv"}))
                """);
        String spec = """
                version: 1
                name: knn
                dataset: { plugin: house-price }
                data: { split: { test: 0.5 } }
                trainer: { plugin: program, command: [python3, knn.py, "{data_dir}", "{k}"], options: { k: 1 }, inputs: [knn.py] }
                seeds: { count: 2 }
                variants: { three: { trainer.options.k: 3 }, one: {} }
                compare: { baseline: one }
                """;
        ablate.write("scripts.yaml", spec);
        Ablate.Result result = run("-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        JsonObject metrics =
                result.json().getAsJsonArray("runs").get(0).getAsJsonObject().getAsJsonObject("metrics");
        assertThat(metrics.keySet()).contains("test/mse", "test/mae").noneMatch(name -> name.startsWith("train/"));
        assertThat(metrics.get("test/mse").getAsDouble()).isPositive();
        assertThat(refusal(spec.replace("baseline: one", "primary: train/mse")))
                .contains("there is no model to measure train/mse of")
                .contains("compare test/mse");
        assertThat(refusal(spec.replace("data: { split: { test: 0.5 } }\n", "")))
                .contains("the variants report no metric in common");
        assertThat(refusal(spec.replace("variants:", "stop: { when: train/mse, below: 1 }\nvariants:")))
                .contains("stop.when must be measured at every step");
        assertThat(refusal(spec.replace("house-price", "none").replace("data: { split: { test: 0.5 } }\n", "")))
                .contains("{data_dir} has no data, as the dataset has no rows")
                .contains("trainer.metrics: must name what the program reports, such as { loss: minimize }")
                .contains("the variants report no metric in common");
    }

    @Test
    void areReportedWhereAFileIsNotAnInput() {
        ablate.write("scripts.yaml", SPEC.replace("[train.py, lib/]", "[lib/]"));
        assertThat(ablate.run("validate", "scripts.yaml").err())
                .contains(
                        "scripts.yaml:6:12: warning: train.py is not among the inputs, so that it is not in the folder in"
                                + " which the program works: add to inputs: [train.py]");
        ablate.write("scripts.yaml", SPEC);
        assertThat(ablate.run("validate", "scripts.yaml").err()).doesNotContain("warning");
    }

    @Test
    void areReportedWhereAnOptionDoesNotReachThem() {
        ablate.write("scripts.yaml", SPEC.replace("trainer.options.x: 2", "trainer.options.y: 2"));
        assertThat(ablate.run("validate", "scripts.yaml").err())
                .contains(
                        "scripts.yaml:7:14: warning: the program does not get y: write {y} in command or env, or mend the name");
    }

    @Test
    void areAskedWhetherTheSeedReachesThem() {
        ablate.write("train.py", "import sys\nopen('m.txt', 'w')\nprint('accuracy', '=', sys.argv[1])\n");
        assertThat(run().out().replaceAll("\\s+", " "))
                .contains("more: all 6 runs report the same values. Does the seed reach the program?")
                .doesNotContain("data.split");
    }

    /** A name makes a difference once the program gets it. */
    @Test
    void areOthersByTheNameOfTheirVariantAlone() {
        ablate.write("train.py", "import sys\nopen('m.txt', 'w')\nprint('accuracy', '=', len(sys.argv[1]))\n");
        String spec = SPEC.replace("{ trainer.options.x: 2 }", "{}").replace("\"{x}\"", "\"{variant}\"");
        assertThat(refusal(spec.replace("{variant}", "{x}"))).contains("variants 'more' and 'less' are the same");
        ablate.write("scripts.yaml", spec.replace("less", "as-much"));
        assertThat(run().out()).startsWith("more: accuracy is 3 lower than as-much (4 against 7)");
    }

    /** A GPU each: no two that go on at a time have the same number. */
    @Test
    void areNumberedWhileTheyGoOnAtATime() {
        ablate.write("train.py", """
                import os, time
                open("m.txt", "w")
                mine = os.path.join(os.environ["TAKEN"], os.environ["ABLATE_SLOT"])
                os.mkdir(mine)
                time.sleep(0.3)
                os.rmdir(mine)
                print("accuracy", "=", os.environ["ABLATE_SLOT"])
                """);
        ablate.with("TAKEN", folder.toString());
        assertThat(slots("--jobs", "3")).containsExactlyInAnyOrder(0.0, 1.0, 2.0);
        // programs go one at a time unless asked
        assertThat(slots("--force")).containsExactly(0.0);
    }

    private Set<Double> slots(String... more) {
        Ablate.Result result =
                run(Stream.concat(Stream.of("-f", "json"), Stream.of(more)).toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        Set<Double> slots = new HashSet<>();
        for (JsonElement run : result.json().getAsJsonArray("runs")) {
            slots.add(run.getAsJsonObject()
                    .getAsJsonObject("metrics")
                    .get("accuracy")
                    .getAsDouble());
        }
        return slots;
    }

    @Test
    void areSweptByTheirOptions() {
        ablate.write(
                "scripts.yaml",
                SPEC.replace("more: { trainer.options.x: 2 }, ", "")
                        + "sweep: { params: { trainer.options.x: [1, 3] } }\n");
        Ablate.Result result = run();
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("accuracy is 3.10 to 9.11 in 2 cells");
    }

    @Test
    void failWithWhatTheyPrinted() {
        ablate.write("train.py", "print('accuracy=1')\nraise ValueError('no such layer')\n");
        Ablate.Result result = run();
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().replaceAll("\\s+", " "))
                .contains("exit code 1; its last lines: accuracy=1 |", "no such layer");
    }

    @Test
    void failWhereTheyTakeTooLong() {
        ablate.write("train.py", "import time\nprint('accuracy=1', flush=True)\ntime.sleep(100)\n");
        Ablate.Result result = run("--set", "run.timeout=1s", "--only", "less", "--seeds", "1");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("run less/seed=1 timed out after 1s");
    }
}
