package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.mlflow.delivery.ManagedMlflow;
import dev.ablate.mlflow.delivery.MlflowExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of Python that train and are measured, from the command line; in the Python of the program's own MLflow. */
@ManagedMlflow
class PythonScriptsTest {

    private static final String SPEC = """
            version: 1
            name: scripts
            dataset: { plugin: house-price }
            data: { split: { test: 0.3 }, scale: { features: standard, target: standard } }
            trainer:
              plugin: python
              python: PYTHON
              script: train.py
              options: { rate: 0.1, epochs: 20 }
            seeds: { count: 6 }
            variants: { fast: { trainer.options.rate: 0.5 }, slow: { trainer.options.rate: 0.001 } }
            compare: { baseline: slow, primary: mae }
            """;

    private static final String SCRIPT = """
            import os
            import numpy

            def train(options, data, random, report):
                columns = numpy.column_stack([data.rows, numpy.ones(len(data.rows))])
                weights = random("init").normal(size=columns.shape[1]) * 0.01
                for epoch in range(options["epochs"]):
                    report(epoch, options["epochs"], Linear(weights))
                    weights = weights - options["rate"] * columns.T @ (columns @ weights - data.targets) / len(columns)
                return Linear(weights)

            class Linear:
                def __init__(self, weights):
                    self.weights = weights
                def predict(self, rows):
                    return rows @ self.weights[:-1] + self.weights[-1]
            """;

    private static final String SAVES = """
            def save(model, folder):
                numpy.save(os.path.join(folder, "weights.npy"), model.weights)

            def load(folder):
                return Linear(numpy.load(os.path.join(folder, "weights.npy")))
            """;

    private final String python;

    @TempDir
    private Path folder;

    private Ablate ablate = new Ablate(Path.of(""));

    PythonScriptsTest(URI server) throws IOException {
        assertThat(server).isNotNull();
        this.python = python();
    }

    /** That of the program's own MLflow, which has NumPy and scikit-learn. */
    static String python() throws IOException {
        try (Stream<Path> folders = Files.list(MlflowExtension.shared())) {
            return folders.map(each -> each.resolve("bin/python"))
                    .filter(each -> each.toString().contains("mlflow-") && Files.isExecutable(each))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    @BeforeEach
    void open() {
        ablate = new Ablate(folder);
        ablate.write("train.py", SCRIPT);
        ablate.write("scripts.yaml", SPEC.replace("PYTHON", python));
    }

    private Ablate.Result run(String... more) {
        return ablate.run(Stream.concat(Stream.of("run", "scripts.yaml", "--offline"), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void areMeasuredAsAnyOtherModel() {
        Ablate.Result result = run();
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("fast: test/mae is")
                .contains("lower than slow")
                .contains("over 6 seeds");
        assertThat(run().out()).contains("0 run, 12 reused");
        ablate.write("train.py", SCRIPT + "\n");
        assertThat(run().out()).contains("12 run, 0 reused");
    }

    @Test
    void areStoppedByAStopRule() {
        Ablate.Result result = run(
                "--seeds",
                "1",
                "--set",
                "stop.when=train/mae",
                "--set",
                "stop.no_better_for=2",
                "--set",
                "stop.keep=best",
                "-f",
                "json");
        assertThat(result.code()).as(result.err()).isZero();
    }

    @Test
    void answerLaterWhereTheySave() {
        ablate.write("train.py", SCRIPT + SAVES);
        Ablate.Result result = run("--seeds", "1");
        assertThat(result.code()).as(result.err()).isZero();
        Ablate.Result answers = ablate.run("predict", "scripts.yaml", "--input", "1500,10", "--variant", "fast");
        assertThat(answers.code()).as(answers.out() + answers.err()).isZero();
        assertThat(answers.out()).contains("price");
        Ablate.Result report = ablate.run("report", "scripts.yaml", "-f", "html");
        assertThat(report.code()).as(report.err()).isZero();
    }

    @Test
    void sayWhereTheyFail() {
        ablate.write("train.py", "def train(options, data, random, report):\n    raise ValueError('no such layer')\n");
        Ablate.Result result = run("--seeds", "1");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().replaceAll("\\s+", " ")).contains("ended with ValueError: no such layer (train.py:2)");
    }

    @Test
    void areEndedWithTheProgram() throws Exception {
        ablate.write("train.py", """
                import os, time
                def train(options, data, random, report):
                    with open("pid.part", "w") as file:
                        file.write(str(os.getpid()))
                    os.rename("pid.part", "pid.txt")
                    time.sleep(1000)
                """);
        Process process = ablate.start("run", "scripts.yaml", "--offline");
        while (!Files.exists(folder.resolve("pid.txt"))) {
            Thread.sleep(50);
        }
        long pid = Long.parseLong(Files.readString(folder.resolve("pid.txt")));
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            Thread.sleep(50);
        }
    }

    @Test
    void areLeftOutWhereAnEstimatorIsNamed() {
        ablate.write(
                "scripts.yaml",
                SPEC.replace("PYTHON", python)
                        .replace("script: train.py", "estimator: sklearn.linear_model.SGDRegressor")
                        .replace("options: { rate: 0.1, epochs: 20 }", "params: { alpha: 0.1 }")
                        .replace("trainer.options.rate", "trainer.params.alpha"));
        Ablate.Result result = run("--set", "trainer.params.penalty=l2");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("over 6 seeds").contains("trainer.params.alpha");
    }

    private Ablate.Result check(String script) {
        ablate.write("checked.py", script);
        return ablate.run(
                "check",
                "checked.py",
                "--set",
                "trainer.python=" + python,
                "--set",
                "trainer.options.rate=0.1",
                "--set",
                "trainer.options.epochs=5");
    }

    @Test
    void doWhatIsAskedOfThem() {
        Ablate.Result result = check(SCRIPT + SAVES);
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).doesNotContain("FAIL").isEqualTo("""
                or-gate
                  ok    it trains, and answers finite numbers of the right shape, in 5 updates
                  ok    a seed gives the same again, after other runs too
                  ok    another seed gives something else
                  ok    it stops where it is asked to
                  ok    a row is answered the same alone and among others
                  ok    its model is stored, and answers the same when it is read again
                house-price
                  ok    it trains, and answers finite numbers of the right shape, in 5 updates
                  ok    a seed gives the same again, after other runs too
                  ok    another seed gives something else
                  ok    it stops where it is asked to
                  ok    a row is answered the same alone and among others
                  ok    its model is stored, and answers the same when it is read again

                checked.py does what is asked of it.
                """);
    }

    @Test
    void areFoundWhereTheyDoNotDoWhatIsAskedOfThem() {
        Ablate.Result result = check("""
                import numpy

                def train(options, data, random, report):
                    assert data.task != "regression"
                    chance = numpy.random.random()
                    model = lambda rows: (rows[:, 0] - rows[:, 0].mean()) * chance
                    for step in range(10):
                        try:
                            report(step, 10, model)
                        except Exception:
                            pass
                    return model

                def save(model, folder):
                    open(folder + "/empty", "w").close()

                def load(folder):
                    return lambda rows: rows[:, 0]
                """);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("  ok    it trains")
                .contains("  FAIL  a seed gives something else when it is run again")
                .contains(
                        "  FAIL  it does not stop where it is asked to: failed after 1 update",
                        "a report after ablate.Stop")
                .contains("  FAIL  a row is answered otherwise alone than among others")
                .contains("  FAIL  its model answers something else when it is read again")
                .contains(
                        "house-price\n  -     not checked, as a script for classes need not learn numbers: it does not"
                                + " train: ",
                        "AssertionError")
                .endsWith("checked.py does not do all that is asked of it.\n");
    }

    /** Nothing is wrong with one that learns classes alone, or numbers alone; with one that learns nothing there is. */
    @Test
    void areNotCheckedByDataThatTheyDoNotLearn() {
        String constant = """
                def train(options, data, random, report):
                    assert data.task in TASKS
                    return lambda rows: rows[:, 0] * 0 + 0.5
                """;
        Ablate.Result classes = check(constant.replace("TASKS", "('binary-classification', 'classes')"));
        assertThat(classes.code()).as(classes.out()).isZero();
        assertThat(classes.out())
                .contains("house-price\n  -     not checked, as a script for classes need not learn numbers: it")
                .doesNotContain("FAIL")
                .endsWith("checked.py does what is asked of it.\n");
        Ablate.Result numbers = check(constant.replace("TASKS", "('regression',)"));
        assertThat(numbers.code()).as(numbers.out()).isZero();
        assertThat(numbers.out())
                .contains("or-gate\n  -     not checked, as a script for numbers need not learn classes: it")
                .doesNotContain("FAIL");
        Ablate.Result none = check(constant.replace("TASKS", "()"));
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.out())
                .contains("or-gate\n  FAIL  it does not train: ", "house-price\n  FAIL  it does not train: ")
                .endsWith("checked.py does not do all that is asked of it.\n");
    }

    @Test
    void areRefusedWhereAPythonOrAScriptIsMissing() {
        ablate.write("scripts.yaml", SPEC.replace("PYTHON", "no-python").replace("train.py", "trian.py"));
        Ablate.Result result = run();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("trainer.python must be a Python that can be started, got 'no-python'");
        ablate.write("scripts.yaml", SPEC.replace("PYTHON", python).replace("train.py", "trian.py"));
        result = run();
        assertThat(result.err())
                .contains("scripts.yaml:8:11: error: trainer.script: must name a file that is there, got 'trian.py'");
    }
}
