package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Registration;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.server.OtherServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real servers of other versions of MLflow have what the store has, and their Python loads the models.
 *
 * <p>{@code bench/versions/run} installs the versions that {@code ablate.mlflow.versions} names, each in a folder {@code mlflow-VERSION}
 * below {@code ablate.mlflow.environments}; where {@code ablate.mlflow.table} names a file, the rows of docs/reliability.md are added to
 * it.
 */
@EnabledIfSystemProperty(
        named = "ablate.mlflow.versions",
        matches = ".+",
        disabledReason = "bench/versions/run installs other versions of MLflow first")
class VersionsTest {

    private static final String EXPERIMENT = "versions";

    /** Predicts with each model that is named to it. */
    private static final String READER = """
            import json, sys
            import mlflow, numpy
            mlflow.set_tracking_uri(sys.argv[1])
            rows = numpy.array([[0.0, 0.0], [1.0, 2.0]])
            import pandas
            frame = pandas.DataFrame(rows, columns=["x1", "x2"])
            print(json.dumps([numpy.asarray(mlflow.pyfunc.load_model(uri).predict(frame)).ravel().tolist() for uri in sys.argv[2:]]))
            """;

    @TempDir
    private Path home;

    static List<String> versions() {
        return List.of(System.getProperty("ablate.mlflow.versions", "").split(","));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void hasWhatTheStoreHas(String version) throws Exception {
        Path python = Path.of(System.getProperty("ablate.mlflow.environments"))
                .resolve("mlflow-" + version)
                .resolve("bin/python");
        try (OtherServer server = OtherServer.start(python, home.resolve("server"));
                Lab lab = new Lab(home.resolve("home"), EXPERIMENT, List.of(1L, 2L))) {
            assertThat(server.version()).isEqualTo(version);
            boolean logged = !version.startsWith("2.");
            lab.trainAllWithModels(30);
            PlannedRun best = lab.run(1);
            lab.store.register(
                    lab.plan.key(), Optional.of(new Registration("the best of them", best.key(), "it did best")));

            Delivery.Report report = lab.deliver(Lab.at(server.address()));
            assertThat(report.problem()).isEmpty();
            assertThat(report.remarks()).hasSize(logged ? 0 : 1).allMatch(words -> words.contains("older than 3.0"));
            assertIsThereOnce(lab, server.address(), logged);

            // everything again to the same runs, and every first answer to a write is lost
            lab.store.ledger().entries(Lab.at(server.address()).id()).forEach(lab.store.ledger()::remove);
            List<String> lost = new ArrayList<>();
            FaultyServer.Mood mood = (method, path, body) -> !method.equals("GET")
                            && !path.endsWith("/search")
                            && lost.size() < 40
                            && lost.add(path)
                            && lost.size() % 2 == 1
                    ? new FaultyServer.LoseAnswer(502, "text/html", "<html>Bad gateway</html>")
                    : new FaultyServer.Pass();
            try (FaultyServer faulty = new FaultyServer(server.address(), mood)) {
                assertThat(lab.deliver(new Endpoint(Lab.at(server.address()).id(), faulty.address(), Access.open()))
                                .problem())
                        .isEmpty();
            }
            assertThat(lost).isNotEmpty();
            assertIsThereOnce(lab, server.address(), logged);
            assertThat(versionsOf(server.address())).isEqualTo(1);

            Rest rest = new Rest(server.address());
            int models = load(python, server.address(), rest, logged);
            Path table = Path.of(System.getProperty("ablate.mlflow.table", ""));
            if (!table.toString().isEmpty()) {
                Files.writeString(
                        table,
                        row(version, lab, rest, models, report.remarks()),
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        }
    }

    private static void assertIsThereOnce(Lab lab, URI server, boolean logged) {
        Rest rest = new Rest(server);
        StoreOnServer found = StoreOnServer.of(lab, rest);
        assertThat(found.lost()).isEmpty();
        assertThat(found.doubled()).isEmpty();
        for (Rest.Run child : rest.children(EXPERIMENT)) {
            assertThat(child.json().getAsJsonObject("inputs").getAsJsonArray("dataset_inputs"))
                    .hasSize(1);
            assertThat(modelsOf(child)).hasSize(logged ? 1 : 0);
            if (!logged) {
                assertThat(rest.artifact(child.id(), "model/MLmodel")).contains("loader_module: mlflow.onnx");
            }
        }
        assertThat(rest.parent(EXPERIMENT).tags().get("mlflow.note.content")).startsWith("bias: train/mse is lower.");
    }

    private static List<String> modelsOf(Rest.Run run) {
        JsonObject outputs = run.json().getAsJsonObject("outputs");
        JsonArray models = outputs == null ? null : outputs.getAsJsonArray("model_outputs");
        return models == null
                ? List.of()
                : models.asList().stream()
                        .map(each -> each.getAsJsonObject().get("model_id").getAsString())
                        .toList();
    }

    private static int versionsOf(URI server) {
        return new Rest(server)
                .get("/api/2.0/mlflow/model-versions/search?filter=name%3D%27the+best+of+them%27")
                .getAsJsonArray("model_versions")
                .size();
    }

    /** How many models that version's own Python loads and predicts with, the registered one among them. */
    private int load(Path python, URI server, Rest rest, boolean logged) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(python.toString(), "-W", "ignore", "-c", READER, server.toString()));
        rest.children(EXPERIMENT)
                .forEach(run ->
                        command.add(logged ? "models:/" + modelsOf(run).get(0) : "runs:/" + run.id() + "/model"));
        command.add("models:/the best of them/1");
        Path said = home.resolve("python.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
        builder.environment()
                .putAll(Map.of(
                        "MLFLOW_DISABLE_TELEMETRY", "true",
                        "DO_NOT_TRACK", "true",
                        "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false",
                        "TMPDIR", home.toString()));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        JsonArray answers = JsonParser.parseString(printed).getAsJsonArray();
        // 1.5 x1 - 0.5 x2 through a sigmoid
        answers.forEach(each -> assertThat(each.getAsJsonArray().asList())
                .extracting(JsonElement::getAsDouble)
                .usingComparatorForType(new DoubleComparator(1e-12), Double.class)
                .containsExactly(0.5, 1 / (1 + Math.exp(-0.5))));
        return answers.size();
    }

    private static String row(String version, Lab lab, Rest rest, int models, List<String> remarks) {
        int runs = lab.plan.runs().size() + 1;
        int params =
                lab.plan.runs().stream().mapToInt(run -> run.params().size()).sum();
        int points = lab.plan.runs().stream()
                .mapToInt(run -> lab.store
                        .points(lab.store.find(run.key()).orElseThrow().id(), 0, Integer.MAX_VALUE)
                        .size())
                .sum();
        int files = rest.children(EXPERIMENT).stream()
                        .mapToInt(run -> rest.artifacts(run.id()).size())
                        .sum()
                + lab.store.files(lab.plan.key()).size();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %s |%n",
                version,
                runs,
                params,
                points,
                files,
                models,
                remarks.isEmpty() ? "nothing" : String.join("; ", remarks));
    }
}
