package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.LoggedNote.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program logged is there once, whatever becomes of a request. */
@ManagedMlflow
@Order(4)
class LoggedDeliveryTest {

    private static final String OUTER = "c0ffee";
    private static final String INNER = "c0ffee01";

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;
    private String experiment = "";

    LoggedDeliveryTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @BeforeEach
    void nameTheExperiment(TestInfo test) {
        experiment = getClass().getSimpleName()
                + test.getTestMethod().orElseThrow().getName()
                + test.getDisplayName().replaceAll("[^a-z]", "");
    }

    private static LoggedNote note(String run, Kind kind, String name, String value) {
        return new LoggedNote(run, kind, name, 0, 0, value);
    }

    private static LoggedNote value(String run, String name, long step, long time, double value) {
        return new LoggedNote(run, Kind.METRIC, name, step, time, Double.toString(value));
    }

    private static void log(RunLog log) {
        List<LoggedNote> notes = new ArrayList<>(List.of(
                note("run", Kind.PARAM, "lr", "0.1"),
                note("run", Kind.PARAM, "seed", "of the script"),
                note("run", Kind.TAG, "who", "me"),
                note("run", Kind.TAG, "ablate.role", "mine"),
                note("run", Kind.TAG, "ablate.model.best", "m-1"),
                note("run", Kind.TAG, "ablate.model.best-2", "m-2"),
                note("run", Kind.TAG, "ablate.model.half", "m-3"),
                value("run", "val/loss", 0, 11, 0.5),
                value("run", "val/loss", 0, 12, 0.5),
                value("run", "val/loss", 7, 13, 0.25),
                value("run", "val/loss", 3, 14, Double.NaN),
                value("run", "train/mse", 3, 15, 99),
                note(
                        "run",
                        Kind.INPUT,
                        "wine",
                        "{\"digest\":\"ab\",\"context\":\"training\",\"source_type\":\"local\",\"source\":\"{}\"}"),
                new LoggedNote("run", Kind.CHILD, "outer", 0, 1_772_359_200_500L, OUTER),
                note(OUTER, Kind.TAG, "mlflow.source.name", "train.py"),
                note(OUTER, Kind.TAG, "ablate.model.best", "m-4"),
                value(OUTER, "val/loss", 2, 16, Double.POSITIVE_INFINITY),
                new LoggedNote(OUTER, Kind.CHILD, "", 0, 1_772_359_200_600L, INNER),
                new LoggedNote(INNER, Kind.END, "FAILED", 0, 1_772_359_200_700L, "")));
        for (int k = 0; k < 1_200; k++) {
            notes.add(value(INNER, "many", k, 1_000 + k, k / 7.0));
        }
        Map<String, byte[]> files = new HashMap<>();
        files.put("logged/run/plots/a b.txt", bytes("abc"));
        files.put("logged/" + OUTER + "/x.txt", bytes("outer"));
        for (String folder : List.of("run/best", "run/best-2", "run/half", OUTER + "/best")) {
            files.put("logged/" + folder + "/MLmodel", bytes("run_id: r\nflavors: {}\nmodel_id: m-1\n"));
            files.put("logged/" + folder + "/deep/weights.bin", bytes(folder));
            String status = folder.endsWith("half") ? "PENDING" : "READY";
            files.put("logged/" + folder + "/logged-model.json", bytes("""
                            {"name": "best", "model_type": "net", "status": "LOGGED_MODEL_STATUS",
                             "params": [{"key": "C", "value": "1"}], "tags": [{"key": "who", "value": "me"}]}
                            """.replace("STATUS", status)));
        }
        log.logged(notes, files);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Trains all; the first run's program logs. */
    private static void train(Lab lab) {
        lab.record();
        lab.plan.runs().forEach(run -> {
            RunLog log = lab.store.begin(run, false);
            lab.points(log, 0, 2);
            if (run.equals(lab.run(0))) {
                log(log);
            }
            log.finish(false, 10, Map.of());
        });
        lab.publish();
    }

    private List<Rest.Run> logged() {
        return rest.active(experiment).stream()
                .filter(run -> "logged".equals(run.tags().get("ablate.role")))
                .toList();
    }

    private void assertThereOnce(Lab lab) {
        Rest.Run main = rest.children(experiment).stream()
                .filter(run -> lab.run(0).key().hex().equals(run.tags().get("ablate.key")))
                .findFirst()
                .orElseThrow();
        assertThat(main.params()).contains(entry("lr", "0.1"), entry("logged/seed", "of the script"));
        assertThat(main.tags()).contains(entry("who", "me"), entry("ablate.role", "child"));
        assertThat(rest.history(main.id(), "val/loss"))
                .containsExactlyInAnyOrder(
                        new Rest.Value(0, 0.5, 11),
                        new Rest.Value(0, 0.5, 12),
                        new Rest.Value(7, 0.25, 13),
                        new Rest.Value(3, Double.NaN, 14));
        assertThat(rest.history(main.id(), "train/mse")).hasSize(2);
        assertThat(rest.history(main.id(), "logged/train/mse")).containsExactly(new Rest.Value(3, 99, 15));
        assertThat(main.json().toString()).contains("wine");
        assertThat(files(main.id(), "plots")).contains("plots/a b.txt");
        // which its program did not finish
        assertThat(files(main.id(), "")).contains("half").doesNotContain("best");
        assertModels(main, "best", "best-2");

        List<Rest.Run> further = logged();
        assertThat(further).extracting(run -> run.info("run_name")).hasSize(2).startsWith("outer");
        Rest.Run outer = further.get(0);
        Rest.Run inner = further.get(1);
        assertThat(outer.tags())
                .contains(entry("mlflow.parentRunId", main.id()), entry("mlflow.source.name", "train.py"));
        assertThat(outer.info("status")).isEqualTo("FINISHED");
        assertThat(outer.info("start_time")).isEqualTo("1772359200500");
        assertThat(rest.history(outer.id(), "val/loss")).containsExactly(new Rest.Value(2, Double.MAX_VALUE, 16));
        assertThat(files(outer.id(), "")).contains("x.txt").doesNotContain("best");
        assertModels(outer, "best");
        assertThat(inner.tags()).contains(entry("mlflow.parentRunId", outer.id()));
        assertThat(inner.info("status")).isEqualTo("FAILED");
        assertThat(inner.info("end_time")).isEqualTo("1772359200700");
        assertThat(rest.history(inner.id(), "many")).hasSize(1_200).doesNotHaveDuplicates();
    }

    /** Each there once, whole, and linked to the run. */
    private void assertModels(Rest.Run run, String... folders) {
        List<JsonObject> models = rest.models(rest.experiment(experiment)).stream()
                .filter(model -> model.get("source_run_id").getAsString().equals(run.id()))
                .toList();
        Map<String, JsonObject> byFolder = new HashMap<>();
        models.forEach(model -> byFolder.put(tag(model, "ablate.logged.model"), model));
        assertThat(models).hasSize(folders.length);
        assertThat(byFolder).containsOnlyKeys(folders);
        byFolder.forEach((folder, model) -> {
            String id = model.get("model_id").getAsString();
            assertThat(model.get("name").getAsString()).isEqualTo("best");
            assertThat(model.get("model_type").getAsString()).isEqualTo("net");
            assertThat(model.get("status").getAsString()).isEqualTo("LOGGED_MODEL_READY");
            assertThat(tag(model, "who")).isEqualTo("me");
            assertThat(rest.get("/api/2.0/mlflow/logged-models/" + id).toString())
                    .contains("\"params\":[{\"key\":\"C\",\"value\":\"1\"}]");
            assertThat(rest.modelFiles(id)).containsOnlyKeys("MLmodel", "deep", "logged-model.json");
            String described =
                    "flavors: {}\nartifact_path: \"" + model.get("artifact_uri").getAsString() + "\"\nmodel_id: \"" + id
                            + "\"\nmodel_uuid: \"" + id + "\"\nrun_id: \"" + run.id() + "\"\n";
            assertThat(rest.modelFiles(id).get("MLmodel")).isEqualTo(described.length());
        });
        assertThat(Rest.array(run.json().getAsJsonObject("outputs"), "model_outputs"))
                .extracting(output -> output.getAsJsonObject().get("model_id").getAsString())
                .containsExactlyInAnyOrderElementsOf(models.stream()
                        .map(model -> model.get("model_id").getAsString())
                        .toList());
    }

    private static String tag(JsonObject model, String name) {
        for (JsonElement tag : Rest.array(model, "tags")) {
            if (tag.getAsJsonObject().get("key").getAsString().equals(name)) {
                return tag.getAsJsonObject().get("value").getAsString();
            }
        }
        return "";
    }

    private String files(String run, String folder) {
        return rest.get("/api/2.0/mlflow/artifacts/list?run_id=" + run + (folder.isEmpty() ? "" : "&path=" + folder))
                .toString();
    }

    @Test
    void isThereOnce() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            train(lab);
            Delivery.Report first = lab.deliver(Lab.at(server));
            assertThat(first.problem()).isEmpty();
            assertThereOnce(lab);
            List<Rest.Run> before = rest.active(experiment);

            assertThat(lab.verify(Lab.at(server)).problem()).isEmpty();
            // as if the ledger had been lost: everything is sent to the same runs again
            lab.store.ledger().entries(Lab.at(server).id()).forEach(lab.store.ledger()::remove);
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            assertThereOnce(lab);
            assertThat(rest.active(experiment)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/2.0/mlflow/runs/create",
                "/api/2.0/mlflow/runs/log-batch",
                "/api/2.0/mlflow/runs/log-inputs",
                "/api/2.0/mlflow/runs/update",
                "/api/2.0/mlflow/logged-models",
                "/api/2.0/mlflow/runs/outputs"
            })
    void isThereOnceWhereAnAnswerIsLost(String path) {
        Set<String> lost = ConcurrentHashMap.newKeySet();
        // who is at work says so by a text that is another one each time
        FaultyServer.Mood mood =
                (method, asked, body) -> asked.equals(path) && !body.contains("ablate.at_work") && lost.add(body)
                        ? new FaultyServer.LoseAnswer(502, "text/html", "<html>Bad gateway</html>")
                        : new FaultyServer.Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, mood)) {
            train(lab);
            Endpoint destination = new Endpoint("test", faulty.address(), Access.open());
            assertThat(lab.deliver(destination).problem()).isEmpty();
            assertThat(lost).isNotEmpty();
            assertThereOnce(lab);
        }
    }

    /** As a server before MLflow 3 does. */
    @Test
    void isAmongTheFilesOfItsRunWhereThereAreNoLoggedModels() {
        FaultyServer.Mood old = (method, path, body) -> path.contains("logged-models")
                ? new FaultyServer.Answer(404, "text/html", "<html>Not Found</html>")
                : path.equals("/version")
                        ? new FaultyServer.Answer(200, "text/plain", "2.22.0")
                        : new FaultyServer.Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, old)) {
            train(lab);
            Endpoint destination = new Endpoint("test", faulty.address(), Access.open());
            assertThat(lab.deliver(destination).problem()).isEmpty();
            Rest.Run main = rest.children(experiment).stream()
                    .filter(run -> "me".equals(run.tags().get("who")))
                    .findFirst()
                    .orElseThrow();
            assertThat(rest.artifacts(main.id())).contains("best", "best-2", "half");
            assertThat(files(main.id(), "best")).contains("best/MLmodel", "best/deep", "best/logged-model.json");
            assertThat(rest.artifacts(logged().get(0).id())).contains("best", "x.txt");
            assertThat(rest.models(rest.experiment(experiment))).isEmpty();
            assertThat(lab.verify(destination).problem()).isEmpty();
        }
    }

    @Test
    void aLostModelIsFoundAndSentAgain() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            train(lab);
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            String lost = rest.models(rest.experiment(experiment))
                    .get(0)
                    .get("model_id")
                    .getAsString();
            rest.delete("/api/2.0/mlflow/logged-models/" + lost);
            lab.store.ledger().entries(Lab.at(server).id()).forEach(lab.store.ledger()::remove);
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            assertThat(rest.models(rest.experiment(experiment)))
                    .hasSize(3)
                    .noneMatch(model -> model.get("model_id").getAsString().equals(lost));
        }
    }

    @Test
    void goesWithTheRunWhoseProgramBeganIt() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            train(lab);
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            assertThat(logged()).hasSize(2);
            RunLog again = lab.store.begin(lab.run(0), true);
            lab.points(again, 0, 2);
            again.finish(false, 10, Map.of());
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            assertThat(logged()).isEmpty();
        }
    }
}
