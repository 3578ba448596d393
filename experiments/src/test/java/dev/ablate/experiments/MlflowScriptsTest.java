package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scripts that log to MLflow with its own client, run as they are, and what arrives of it in a real server.
 *
 * <p>{@code bench/versions/run} runs it with clients of other versions, by the Python that {@code ablate.mlflow.client} names.
 */
@ManagedMlflow
@Order(6)
class MlflowScriptsTest {

    private static final String SPEC = """
            version: 1
            name: NAME
            dataset: { plugin: none }
            trainer:
              plugin: program
              command: [PYTHON, train.py, "{C}", "{seed}"]
              options: { C: 1.0 }
              inputs: [train.py]
              metrics: { training_accuracy_score: maximize, val/loss: minimize }
            seeds: { count: 1 }
            variants: { strong: { trainer.options.C: 0.001 }, weak: {} }
            compare: { baseline: weak, primary: training_accuracy_score }
            """;

    private static final String AUTOLOG = """
            import sys, warnings
            warnings.filterwarnings("ignore")
            import mlflow
            from sklearn.datasets import load_iris
            from sklearn.linear_model import LogisticRegression
            mlflow.set_experiment("an experiment of its own")
            mlflow.autolog()
            rows, targets = load_iris(return_X_y=True)
            with mlflow.start_run(run_name="mine"):
                LogisticRegression(C=float(sys.argv[1]), max_iter=500).fit(rows, targets)
                for step in (0, 5, 3):
                    mlflow.log_metric("val/loss", 1 / (step + 1), step=step)
                mlflow.set_tag("who", "me")
                mlflow.log_dict({"a": 1}, "notes/deep/a.json")
                with mlflow.start_run(run_name="fold", nested=True):
                    mlflow.log_param("k", 1)
            """;

    @TempDir
    private Path folder;

    private final URI server;
    private final MlflowReader reader;
    private Ablate ablate = new Ablate(Path.of(""));

    MlflowScriptsTest(URI server) {
        this.server = server;
        this.reader = new MlflowReader(server);
    }

    @BeforeEach
    void open() {
        ablate = new Ablate(folder);
    }

    private void write(String name, String script) throws IOException {
        String client = System.getProperty("ablate.mlflow.client", "");
        String python = client.isEmpty() ? PythonScriptsTest.python() : client;
        ablate.write("spec.yaml", SPEC.replace("NAME", name).replace("PYTHON", python));
        ablate.write("train.py", script);
    }

    private void sync() {
        Ablate.Result synced = ablate.run("sync", "--tracking-uri", server.toString());
        assertThat(synced.code()).as(synced.err()).isZero();
    }

    private List<MlflowReader.Run> runs(String experiment, String role) {
        return reader.runs(experiment).stream()
                .filter(run -> role.equals(run.tags().get("ablate.role")))
                .toList();
    }

    /** What MLflow's own client has of a model: the classes of flowers, and what it knows of the model. */
    private String loaded(String model) throws Exception {
        ProcessBuilder client = new ProcessBuilder(PythonScriptsTest.python(), "-c", """
                import sys, mlflow
                from sklearn.datasets import load_iris
                model = mlflow.pyfunc.load_model(sys.argv[1])
                print(model.predict(load_iris(return_X_y=True)[0]), model.metadata.run_id)
                """, model);
        client.environment().put("MLFLOW_TRACKING_URI", server.toString());
        client.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = client.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }

    @Test
    void areComparedAndDeliveredAsTheyAre() throws Exception {
        write("script-autolog", AUTOLOG);
        Ablate.Result result = ablate.run("run", "spec.yaml", "--tracking-uri", server.toString());
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .startsWith("strong: training_accuracy_score is ")
                .contains("val_loss");
        // whatever was delivered is there once
        sync();
        List<MlflowReader.Run> children = runs("script-autolog", "child");
        assertThat(children).hasSize(2);
        for (MlflowReader.Run run : children) {
            assertThat(run.params()).containsEntry("max_iter", "500").containsKey("trainer.options.C");
            assertThat(run.tags())
                    .contains(
                            entry("who", "me"),
                            entry("estimator_name", "LogisticRegression"),
                            entry("ablate.experiment", "an experiment of its own"));
            assertThat(reader.history(run, "val/loss")).isEqualTo(Map.of(0L, 1.0, 5L, 1 / 6.0, 3L, 0.25));
            assertThat(reader.history(run, "training_accuracy_score")).hasSize(1);
            assertThat(reader.artifacts(run)).contains("notes", "training_confusion_matrix.png");
            assertThat(loaded("runs:/" + run.id() + "/model")).startsWith("[0 0 0");
        }
        assertThat(runs("script-autolog", "logged"))
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.params()).containsEntry("k", "1"))
                .extracting(run -> run.tags().get("mlflow.parentRunId"))
                .containsExactlyInAnyOrderElementsOf(
                        children.stream().map(MlflowReader.Run::id).toList());
    }

    @Test
    void keepWhatTheyLoggedBeforeTheyWereKilled() throws Exception {
        write("script-killed", """
                import os, sys, time, mlflow
                again = os.path.exists(os.path.join(os.environ["ABLATE_CHECKPOINT"], "begun"))
                for step in range(4):
                    mlflow.log_metric("training_accuracy_score", step / 4, step=step)
                    mlflow.log_metric("val/loss", 1.0, step=step)
                mlflow.log_param("lr", 0.1)
                open(os.path.join(os.environ["ABLATE_CHECKPOINT"], "begun"), "w").close()
                parent = os.getppid()
                while not again and os.getppid() == parent:
                    time.sleep(0.1)
                mlflow.log_metric("val/loss", 0.5, step=9)
                """);
        Process process = ablate.start("run", "spec.yaml", "--only", "weak", "--offline");
        Path checkpoints = ablate.home().resolve("checkpoints");
        while (!begun(checkpoints)) {
            assertThat(process.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        process.destroyForcibly().waitFor();
        sync();
        assertThat(runs("script-killed", "child")).singleElement().satisfies(run -> {
            assertThat(run.params()).containsEntry("lr", "0.1");
            assertThat(reader.history(run, "val/loss")).hasSize(4);
        });
        Ablate.Result again = ablate.run("run", "spec.yaml", "--only", "weak", "--offline");
        assertThat(again.code()).as(again.out() + again.err()).isZero();
        sync();
        assertThat(runs("script-killed", "child")).singleElement().satisfies(run -> {
            assertThat(reader.history(run, "val/loss")).hasSize(5);
            assertThat(reader.history(run, "training_accuracy_score")).hasSize(4);
        });
    }

    private static boolean begun(Path checkpoints) throws Exception {
        if (!Files.isDirectory(checkpoints)) {
            return false;
        }
        try (var walk = Files.walk(checkpoints)) {
            return walk.anyMatch(path -> path.endsWith("begun"));
        }
    }

    @Test
    void areReportedWhereTheyLogElsewhere() throws IOException {
        write("script-elsewhere", """
                import mlflow
                mlflow.set_tracking_uri("sqlite:///mlflow.db")
                print("training_accuracy_score=1 val/loss=2")
                mlflow.log_metric("training_accuracy_score", 0.5)
                """);
        Ablate.Result result = ablate.run("run", "spec.yaml", "--only", "weak", "--offline");
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out().replaceAll("\\s+", " "))
                .contains(
                        "weak/seed=1: the program logged to an MLflow store of its own in its folder, and not to its run:"
                                + " see set_tracking_uri in train.py:2.");
    }
}
