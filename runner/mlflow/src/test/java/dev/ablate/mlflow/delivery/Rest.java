package dev.ablate.mlflow.delivery;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads a tracking server without any code of the program. */
public final class Rest {

    /** As many values as an answer may hold. */
    static final int MOST_VALUES = 25_000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    /** The ids of experiments by name: an experiment keeps its own. */
    private final Map<String, String> experiments = new ConcurrentHashMap<>();

    private @Nullable Boolean knowsModels;

    public Rest(URI server) {
        this.server = server;
    }

    /** A run: its JSON, and the parts that tests look at. */
    record Run(JsonObject json) {

        String id() {
            return info("run_id");
        }

        String info(String name) {
            return json.getAsJsonObject("info").get(name).getAsString();
        }

        Map<String, String> tags() {
            return pairs("tags");
        }

        Map<String, String> params() {
            return pairs("params");
        }

        Map<String, Double> metrics() {
            Map<String, Double> found = new LinkedHashMap<>();
            pairs("metrics").forEach((key, value) -> found.put(key, Double.valueOf(value)));
            return found;
        }

        private Map<String, String> pairs(String name) {
            Map<String, String> found = new LinkedHashMap<>();
            JsonArray all = json.getAsJsonObject("data").getAsJsonArray(name);
            if (all != null) {
                all.forEach(each -> found.put(
                        each.getAsJsonObject().get("key").getAsString(),
                        each.getAsJsonObject().get("value").getAsString()));
            }
            return found;
        }
    }

    /** A point of a metric. */
    record Value(long step, double value, long timestamp) {}

    public String experiment(String name) {
        return experiments.computeIfAbsent(
                name, unknown -> experimentJson(unknown).get("experiment_id").getAsString());
    }

    JsonObject experimentJson(String name) {
        return get("/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + encode(name))
                .getAsJsonObject("experiment");
    }

    /** The runs of an experiment; the first started first. */
    List<Run> runs(String experiment, String view) {
        JsonObject query = new JsonObject();
        JsonArray ids = new JsonArray();
        ids.add(experiment(experiment));
        query.add("experiment_ids", ids);
        query.addProperty("run_view_type", view);
        query.addProperty("max_results", 1000);
        JsonArray order = new JsonArray();
        order.add("attributes.start_time ASC");
        query.add("order_by", order);
        List<Run> found = new ArrayList<>();
        pages("/api/2.0/mlflow/runs/search", query, "runs").forEach(run -> found.add(new Run(run)));
        return found;
    }

    /** Whether there is an experiment of a name, in the trash or not. */
    boolean hasExperiment(String name) {
        JsonObject query = new JsonObject();
        query.addProperty("view_type", "ALL");
        query.addProperty("max_results", 1000);
        query.addProperty("filter", "name = '" + name + "'");
        return !pages("/api/2.0/mlflow/experiments/search", query, "experiments")
                .isEmpty();
    }

    List<Run> active(String experiment) {
        return runs(experiment, "ACTIVE_ONLY");
    }

    List<Run> children(String experiment) {
        return children(active(experiment));
    }

    static List<Run> children(List<Run> all) {
        return all.stream()
                .filter(run -> "child".equals(run.tags().get("ablate.role")))
                .toList();
    }

    Run parent(String experiment) {
        List<Run> parents = active(experiment).stream()
                .filter(run -> "parent".equals(run.tags().get("ablate.role")))
                .toList();
        if (parents.size() != 1) {
            throw new AssertionError("parents: " + parents);
        }
        return parents.get(0);
    }

    List<Value> history(String run, String key) {
        JsonObject all = get("/api/2.0/mlflow/metrics/get-history?max_results=" + MOST_VALUES + "&run_id=" + run
                + "&metric_key=" + encode(key));
        List<Value> found = new ArrayList<>();
        array(all, "metrics").forEach(each -> found.add(value(each)));
        return found;
    }

    /**
     * A metric's values in each of at most 100 runs, with one request, as MLflow's own pages ask for them.
     *
     * @throws AssertionError where they are more than an answer may hold
     */
    Map<String, List<Value>> histories(List<String> runs, String key) {
        JsonArray all = array(
                get("/ajax-api/2.0/mlflow/metrics/get-history-bulk?max_results=" + MOST_VALUES + "&metric_key="
                        + encode(key) + "&run_id=" + String.join("&run_id=", runs)),
                "metrics");
        if (all.size() == MOST_VALUES) {
            throw new AssertionError(key + " has more values in " + runs.size() + " runs than an answer holds");
        }
        Map<String, List<Value>> found = new LinkedHashMap<>();
        runs.forEach(run -> found.put(run, new ArrayList<>()));
        for (JsonElement each : all) {
            String run = each.getAsJsonObject().get("run_id").getAsString();
            found.computeIfAbsent(run, unknown -> new ArrayList<>()).add(value(each));
        }
        return found;
    }

    private static Value value(JsonElement read) {
        JsonObject value = read.getAsJsonObject();
        return new Value(
                value.get("step").getAsLong(),
                value.get("value").getAsDouble(),
                value.get("timestamp").getAsLong());
    }

    String artifact(String run, String path) {
        return new String(bytes(run, path), StandardCharsets.UTF_8);
    }

    /** An artifact of a run, byte for byte. */
    byte[] bytes(String run, String path) {
        return send(
                HttpRequest.newBuilder(server.resolve("/get-artifact?run_uuid=" + run + "&path=" + encode(path)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Whether the server is new enough to know logged models. */
    boolean knowsModels() {
        if (knowsModels == null) {
            knowsModels = !send(HttpRequest.newBuilder(server.resolve("/version"))
                            .build())
                    .startsWith("2.");
        }
        return knowsModels;
    }

    /**
     * What an experiment has of logged models: {@code info} of each.
     *
     * @param id of the experiment
     */
    List<JsonObject> models(String id) {
        JsonArray ids = new JsonArray();
        ids.add(id);
        JsonObject query = new JsonObject();
        query.add("experiment_ids", ids);
        query.addProperty("max_results", 1000);
        List<JsonObject> found = new ArrayList<>();
        pages("/api/2.0/mlflow/logged-models/search", query, "models")
                .forEach(model -> found.add(model.getAsJsonObject("info")));
        return found;
    }

    /** What a search finds, page by page. */
    private List<JsonObject> pages(String path, JsonObject query, String name) {
        List<JsonObject> found = new ArrayList<>();
        while (true) {
            JsonObject page = post(path, query);
            array(page, name).forEach(each -> found.add(each.getAsJsonObject()));
            if (!page.has("next_page_token")
                    || page.get("next_page_token").getAsString().isEmpty()) {
                return found;
            }
            query.add("page_token", page.get("next_page_token"));
        }
    }

    /** The sizes of a logged model's files by path. */
    Map<String, Long> modelFiles(String model) {
        Map<String, Long> found = new LinkedHashMap<>();
        array(get("/api/2.0/mlflow/logged-models/" + model + "/artifacts/directories"), "files")
                .forEach(file -> found.put(
                        file.getAsJsonObject().get("path").getAsString(),
                        file.getAsJsonObject().get("is_dir").getAsBoolean()
                                ? -1
                                : file.getAsJsonObject().get("file_size").getAsLong()));
        return found;
    }

    /** A list that may be left out, as may what it stands in. */
    static JsonArray array(@Nullable JsonObject parent, String name) {
        return parent != null && parent.get(name) instanceof JsonArray found ? found : new JsonArray();
    }

    List<String> artifacts(String run) {
        JsonArray files = get("/api/2.0/mlflow/artifacts/list?run_id=" + run).getAsJsonArray("files");
        List<String> found = new ArrayList<>();
        if (files != null) {
            files.forEach(file -> found.add(file.getAsJsonObject().get("path").getAsString()));
        }
        return found;
    }

    public JsonObject post(String path, JsonObject body) {
        return JsonParser.parseString(send(HttpRequest.newBuilder(server.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build()))
                .getAsJsonObject();
    }

    void post(String path, String key, String value) {
        JsonObject body = new JsonObject();
        body.addProperty(key, value);
        post(path, body);
    }

    void post(String path, Map<String, String> values) {
        JsonObject body = new JsonObject();
        values.forEach(body::addProperty);
        post(path, body);
    }

    void delete(String path, Map<String, String> values) {
        JsonObject body = new JsonObject();
        values.forEach(body::addProperty);
        send(HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .method("DELETE", HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    void delete(String path) {
        send(HttpRequest.newBuilder(server.resolve(path)).DELETE().build());
    }

    public JsonObject get(String path) {
        return JsonParser.parseString(
                        send(HttpRequest.newBuilder(server.resolve(path)).build()))
                .getAsJsonObject();
    }

    private String send(HttpRequest request) {
        return send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private <T> T send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            HttpResponse<T> answer = client.send(request, handler);
            if (answer.statusCode() != 200) {
                throw new AssertionError(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
