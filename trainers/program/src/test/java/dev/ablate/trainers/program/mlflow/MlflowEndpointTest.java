package dev.ablate.trainers.program.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.core.note.Note;
import dev.ablate.core.note.RecordedNotes;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The calls of MLflow's clients, one by one. */
@Timeout(60)
class MlflowEndpointTest {

    private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts";

    private final HttpClient client = HttpClient.newHttpClient();
    private final RecordedNotes notes = new RecordedNotes();
    private final Map<String, String> environment = new HashMap<>();

    private MlflowEndpoint endpoint;
    private String main = "";

    MlflowEndpointTest() throws IOException {
        endpoint = MlflowEndpoint.start(notes);
    }

    @BeforeEach
    void know() {
        environment.putAll(Map.of("MLFLOW_S3_ENDPOINT_URL", "http://else", "DATABRICKS_HOST", "h", "NO_PROXY", "a"));
        endpoint.put(environment);
        main = environment.getOrDefault("MLFLOW_RUN_ID", "");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private HttpResponse<String> send(String method, String path, byte[] body, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(environment.get("MLFLOW_TRACKING_URI") + path))
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(
                method,
                path.startsWith("/") ? path : "/api/2.0/mlflow/" + path,
                body.replace('\'', '"').replace("MAIN", main).getBytes(StandardCharsets.UTF_8),
                environment.getOrDefault("MLFLOW_TRACKING_TOKEN", ""));
    }

    private JsonObject post(String path, String body) throws Exception {
        return json(send("POST", path, body));
    }

    private JsonObject get(String path) throws Exception {
        return json(send("GET", path, ""));
    }

    private static JsonObject json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private void assertRefused(int status, String code, String part, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonObject error = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(error.get("error_code").getAsString()).isEqualTo(code);
        assertThat(error.get("message").getAsString()).contains(part);
    }

    private static String id(JsonObject made) {
        return made.getAsJsonObject("run").getAsJsonObject("info").get("run_id").getAsString();
    }

    @Test
    void theEnvironmentNamesNoOtherServer() {
        assertThat(environment)
                .doesNotContainKeys("MLFLOW_S3_ENDPOINT_URL", "DATABRICKS_HOST")
                .containsEntry("NO_PROXY", "a,127.0.0.1");
        assertThat(environment.get("MLFLOW_TRACKING_URI"))
                .startsWith("http://127.0.0.1:")
                .doesNotContain(environment.get("MLFLOW_TRACKING_TOKEN"));
    }

    @Test
    void onlyTheProgramItselfMayCall() throws Exception {
        HttpResponse<String> answer = send("GET", "/api/2.0/mlflow/runs/get?run_id=" + main, new byte[0], "guessed");
        assertRefused(403, "PERMISSION_DENIED", "MLFLOW_TRACKING_TOKEN", answer);
        assertThat(endpoint.wasUsed()).isFalse();
    }

    /** A page in a browser that has the port under a name of its own. */
    @Test
    void callsToAnotherHostAreRefused() throws Exception {
        URI server = URI.create(environment.get("MLFLOW_TRACKING_URI"));
        assertThat(statusAt("rebound.example:" + server.getPort(), server)).startsWith("HTTP/1.1 403");
        assertThat(endpoint.wasUsed()).isFalse();
        assertThat(statusAt(server.getAuthority(), server)).startsWith("HTTP/1.1 200");
    }

    private String statusAt(String host, URI server) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            String request = "GET /api/2.0/mlflow/runs/get?run_id=" + main + " HTTP/1.1\r\nHost: " + host
                    + "\r\nAuthorization: Bearer " + environment.get("MLFLOW_TRACKING_TOKEN")
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyExperimentIsTheOneOfTheRun() throws Exception {
        JsonObject found =
                get("experiments/get-by-name?experiment_name=my%20own").getAsJsonObject("experiment");
        assertThat(found.get("name").getAsString()).isEqualTo("my own");
        String id = get("runs/get?run_id=" + main)
                .getAsJsonObject("run")
                .getAsJsonObject("info")
                .get("experiment_id")
                .getAsString();
        assertThat(found.get("experiment_id").getAsString()).isEqualTo(id);
        assertThat(post("experiments/create", "{'name': 'other'}")
                        .get("experiment_id")
                        .getAsString())
                .isEqualTo(id);
        assertThat(notes.all())
                .containsExactly(
                        new Note.Tag("ablate.experiment", "my own"), new Note.Tag("ablate.experiment", "other"));
    }

    @Test
    void theFirstRunIsThisOneAndOthersStandBelowIt() throws Exception {
        assertThat(id(post("runs/create", "{'run_name': 'mine', 'start_time': 5}")))
                .isEqualTo(main);
        String second =
                id(post("runs/create", "{'run_name': 'fold', 'start_time': 6, 'tags': [{'key': 'a', 'value': 'b'}]}"));
        String inner = id(post(
                "runs/create",
                "{'run_name': 'inner', 'tags': [{'key': 'mlflow.parentRunId', 'value': '" + second + "'}]}"));
        assertThat(List.of(main, second, inner)).doesNotHaveDuplicates();
        post("runs/update", "{'run_id': '" + second + "', 'status': 'FAILED', 'end_time': 9}");
        assertThat(notes.children()).containsOnlyKeys("fold");
        RecordedNotes fold = Objects.requireNonNull(notes.children().get("fold"));
        assertThat(fold.all()).containsExactly(new Note.Tag("a", "b"), new Note.End("FAILED", 9));
        assertThat(fold.children()).containsOnlyKeys("inner");
    }

    @Test
    void aRunThatIsResumedIsNotBegunOnceMore() throws Exception {
        // so a client does that finds MLFLOW_RUN_ID
        get("runs/get?run_id=" + main);
        post("runs/update", "{'run_id': 'MAIN', 'status': 'RUNNING'}");
        assertThat(id(post("runs/create", "{'start_time': 6}"))).isNotEqualTo(main);
    }

    @Test
    void valuesNeedNotRise() throws Exception {
        post("runs/log-metric", "{'run_id': 'MAIN', 'key': 'val/loss', 'value': 0.5, 'timestamp': 7, 'step': 3}");
        post(
                "runs/log-batch",
                "{'run_id': 'MAIN', 'metrics': [{'key': 'val/loss', 'value': 0.25, 'timestamp': 8, 'step': 1},"
                        + "{'key': 'val/loss', 'value': 'NaN', 'timestamp': 9, 'step': 1}], 'params': [{'key': 'lr', 'value': '1'}],"
                        + "'tags': [{'key': 'who', 'value': 'me'}]}");
        List<Note.Metric> expected = List.of(
                new Note.Metric("val/loss", 3, 7, 0.5),
                new Note.Metric("val/loss", 1, 8, 0.25),
                new Note.Metric("val/loss", 1, 9, Double.NaN));
        assertThat(endpoint.values()).isEqualTo(expected);
        assertThat(endpoint.values()).isEmpty();
        assertThat(notes.all()).startsWith(expected.toArray(Note.Metric[]::new));
        assertThat(notes.all()).endsWith(new Note.Param("lr", "1"), new Note.Tag("who", "me"));
        assertThat(get("metrics/get-history?run_id=" + main + "&metric_key=val%2Floss")
                        .getAsJsonArray("metrics"))
                .hasSize(3);
        JsonObject latest = get("runs/get?run_id=" + main)
                .getAsJsonObject("run")
                .getAsJsonObject("data")
                .getAsJsonArray("metrics")
                .get(0)
                .getAsJsonObject();
        assertThat(latest.get("value").getAsDouble()).isEqualTo(0.5);
    }

    @Test
    void whatIsOutsideOfTheBoundsIsRefusedAsAWhole() throws Exception {
        String lr =
                "{'run_id': 'MAIN', 'params': [{'key': 'lr', 'value': '%s'}], 'metrics': [{'key': 'm', 'value': 1}]}";
        post("runs/log-batch", lr.formatted("1"));
        assertRefused(
                400,
                "INVALID_PARAMETER_VALUE",
                "Param with key='lr' was already logged with value='1'",
                send("POST", "runs/log-batch", lr.formatted("2")));
        for (String bad : List.of(
                "{'run_id': 'MAIN', 'key': 'a*b', 'value': 'x'}",
                "{'run_id': 'MAIN', 'key': 'a/../b', 'value': 'x'}",
                "{'run_id': 'MAIN', 'key': '" + "k".repeat(251) + "', 'value': 'x'}",
                "{'run_id': 'MAIN', 'key': 'long', 'value': '" + "v".repeat(6001) + "'}",
                "[1")) {
            assertThat(send("POST", "runs/log-parameter", bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertRefused(
                404,
                "RESOURCE_DOES_NOT_EXIST",
                "Run with id=no not found",
                send("POST", "runs/set-tag", "{'run_id': 'no', 'key': 'a', 'value': 'x'}"));
        assertThat(notes.all()).containsExactly(new Note.Metric("m", 0, 0, 1), new Note.Param("lr", "1"));
    }

    @Test
    void aBatchHasTheBoundsOfMlflow() throws Exception {
        assertRefused(
                400,
                "INVALID_PARAMETER_VALUE",
                "Changing param values is not allowed. Param with key='lr' was already logged with value='1'",
                send(
                        "POST",
                        "runs/log-batch",
                        "{'run_id': 'MAIN', 'params': [{'key': 'lr', 'value': '1'}, {'key': 'lr', 'value': '2'}]}"));
        for (String kind : List.of("metrics", "params", "tags")) {
            int most = kind.equals("metrics") ? 1_000 : 100;
            assertRefused(
                    400,
                    "INVALID_PARAMETER_VALUE",
                    "at most " + String.format(Locale.ROOT, "%d", most) + " " + kind + ". Got " + (most + 1) + " "
                            + kind,
                    send("POST", "runs/log-batch", batch(kind, most + 1)));
        }
        assertThat(notes.all()).isEmpty();
        post("runs/log-batch", batch("metrics", 1_000));
        assertThat(notes.all()).hasSize(1_000);
    }

    private static String batch(String kind, int count) {
        return IntStream.range(0, count)
                .mapToObj(k -> "{'key': 'k" + k + "', 'value': " + k + "}")
                .collect(Collectors.joining(", ", "{'run_id': 'MAIN', '" + kind + "': [", "]}"));
    }

    @Test
    void tagsAreRemoved() throws Exception {
        post("runs/set-tag", "{'run_id': 'MAIN', 'key': 'a', 'value': 'x'}");
        post("runs/delete-tag", "{'run_id': 'MAIN', 'key': 'a'}");
        assertThat(notes.all()).containsExactly(new Note.Tag("a", "x"), new Note.Untag("a"));
        assertThat(send("POST", "runs/delete-tag", "{'run_id': 'MAIN', 'key': 'a'}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void filesAreStoredListedAndGivenBack() throws Exception {
        String root = FILES + "/1/" + main + "/artifacts";
        assertThat(send("PUT", root + "/a/b%20c.txt", "abc").statusCode()).isEqualTo(200);
        assertThat(new String(notes.artifacts().get("a/b c.txt"), StandardCharsets.UTF_8))
                .isEqualTo("abc");
        assertThat(send("GET", root + "/a/b%20c.txt", "").body()).isEqualTo("abc");
        assertThat(get("artifacts/list?run_id=" + main + "&path=a")
                        .getAsJsonArray("files")
                        .toString())
                .isEqualTo("[{\"path\":\"a/b c.txt\",\"is_dir\":false,\"file_size\":3}]");
        assertThat(get(FILES + "?path=1/" + main + "/artifacts")
                        .getAsJsonArray("files")
                        .toString())
                .isEqualTo("[{\"path\":\"a\",\"is_dir\":true}]");
        for (String bad : List.of(
                "/..%2F..%2Fx",
                "/a//b", "/%2e%2e/x", "/a%5Cb", "/", "/a%00b", "/a%0Ab", "/" + "a/".repeat(500) + "b")) {
            assertThat(send("PUT", root + bad, "abc").statusCode()).as(bad).isEqualTo(400);
        }
        assertThat(send("PUT", FILES + "/1/nobody/artifacts/x", "abc").statusCode())
                .isEqualTo(404);
        assertThat(send("GET", FILES + "/..%2f..%2fetc/passwd", "").statusCode())
                .isEqualTo(400);
        assertThat(notes.artifacts()).containsOnlyKeys("a/b c.txt");
    }

    @Test
    void filesOfModelsAreThoseOfTheRunThatMadeThem() throws Exception {
        String body = "{'experiment_id': '1', 'name': 'model', 'source_run_id': 'MAIN'}";
        for (int k = 0; k < 2; k++) {
            JsonObject info =
                    post("logged-models", body).getAsJsonObject("model").getAsJsonObject("info");
            String id = info.get("model_id").getAsString();
            assertThat(send("PUT", FILES + "/1/models/" + id + "/artifacts/MLmodel", "m" + k)
                            .statusCode())
                    .isEqualTo(200);
            post("logged-models/" + id + "/params", "{'params': [{'key': 'C', 'value': '1'}]}");
            JsonObject ready = json(send("PATCH", "logged-models/" + id, "{'status': 'LOGGED_MODEL_READY'}"));
            assertThat(ready.toString()).contains("LOGGED_MODEL_READY", "\"C\"");
            post("runs/outputs", "{'run_id': 'MAIN', 'models': [{'model_id': '" + id + "', 'step': 0}]}");
            assertThat(get("logged-models/" + id)).isEqualTo(ready);
        }
        assertThat(notes.artifacts())
                .containsOnlyKeys(
                        "model/MLmodel", "model/logged-model.json", "model-2/MLmodel", "model-2/logged-model.json");
        assertThat(get("runs/get?run_id=" + main).toString()).contains("model_outputs\":[{");
    }

    @Test
    void whatIsLoggedOfAModelIsStoredBesideItsFiles() throws Exception {
        JsonObject made = post(
                "logged-models",
                "{'name': 'best', 'source_run_id': 'MAIN', 'model_type': 'net', 'params': [{'key': 'C', 'value': '1'}]}");
        String id = made.getAsJsonObject("model")
                .getAsJsonObject("info")
                .get("model_id")
                .getAsString();
        json(send("PATCH", "logged-models/" + id + "/tags", "{'tags': [{'key': 'who', 'value': 'me'}]}"));
        String metric = "{'run_id': 'MAIN', 'key': 'loss', 'step': STEP, 'value': 0.5, 'model_id': '" + id
                + "', 'dataset_name': 'wine', 'dataset_digest': 'ab'}";
        post("runs/log-metric", metric.replace("STEP", "2"));
        post("runs/log-batch", "{'run_id': 'MAIN', 'metrics': [" + metric.replace("STEP", "1") + "]}");
        JsonObject stored = JsonParser.parseString(new String(
                        notes.artifacts().getOrDefault("best/logged-model.json", new byte[0]), StandardCharsets.UTF_8))
                .getAsJsonObject();
        assertThat(stored.get("model_type").getAsString()).isEqualTo("net");
        assertThat(stored.get("params")).hasToString("[{\"key\":\"C\",\"value\":\"1\"}]");
        assertThat(stored.get("tags")).hasToString("[{\"key\":\"who\",\"value\":\"me\"}]");
        assertThat(stored.getAsJsonArray("metrics")).hasSize(1);
        assertThat(stored.get("metrics").toString()).contains("\"step\":2", "\"dataset_name\":\"wine\"");
        assertThat(get("logged-models/" + id)
                        .getAsJsonObject("model")
                        .getAsJsonObject("data")
                        .get("metrics"))
                .isEqualTo(stored.get("metrics"));
        assertThat(notes.all()).containsOnlyOnce(new Note.Tag("ablate.dataset.loss", "wine (ab)"));
    }

    @Test
    void inputsAreNoted() throws Exception {
        post(
                "runs/log-inputs",
                "{'run_id': 'MAIN', 'datasets': [{'tags': [{'key': 'mlflow.data.context', 'value': 'train'}],"
                        + "'dataset': {'name': 'wine', 'digest': 'ab', 'source_type': 'code'}}]}");
        assertThat(notes.all())
                .containsExactly(
                        new Note.Input("wine", Map.of("digest", "ab", "source_type", "code", "context", "train")));
    }

    @Test
    void runsAreFoundByWhatTheyLogged() throws Exception {
        post("runs/create", "{'run_name': 'parent'}");
        for (int k = 1; k <= 3; k++) {
            String id = id(post(
                    "runs/create",
                    "{'run_name': 'r" + k + "', 'tags': [{'key': 'mlflow.parentRunId', 'value': 'MAIN'}]}"));
            post("runs/log-metric", "{'run_id': '" + id + "', 'key': 'loss', 'value': " + k + "}");
        }
        JsonObject found = post(
                "runs/search",
                "{'filter': 'tags.mlflow.parentRunId = \\\"MAIN\\\" and metrics.loss > 1', 'order_by': ['metrics.loss ASC']}");
        assertThat(found.getAsJsonArray("runs"))
                .extracting(run -> run.getAsJsonObject()
                        .getAsJsonObject("info")
                        .get("run_name")
                        .getAsString())
                .containsExactly("r2", "r3");
        assertThat(send("POST", "runs/search", "{'filter': 'loss in (1)'}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsNotDoneIsSaid() throws Exception {
        assertRefused(501, "NOT_IMPLEMENTED", "GET prompts/get", send("GET", "/api/3.0/mlflow/prompts/get?x=1", ""));
        assertThat(send("POST", "/v1/traces", "binary").statusCode()).isEqualTo(200);
        JsonObject version =
                post("model-versions/create", "{'name': 'best', 'source': 'models:/m-1', 'run_id': 'MAIN'}");
        assertThat(version.toString()).contains("READY");
        assertThat(get("model-versions/get?name=best&version=1")).isEqualTo(version);
        assertThat(notes.all()).containsExactly(new Note.Tag("ablate.registered.best", "models:/m-1"));
        assertThat(endpoint.remarks())
                .containsExactly(
                        "the MLflow call GET /api/3.0/mlflow/prompts/get is not answered here (501)",
                        "traces of MLflow are taken and dropped",
                        "no model was registered with MLflow: what the program asked for is in the run's tags");
    }
}
