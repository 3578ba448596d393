package dev.ablate.experiments;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Reads an MLflow server over REST, with no line of the code that delivered. */
final class MlflowReader {

    private static final int PAGE = 25_000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    MlflowReader(URI server) {
        this.server = server;
    }

    /** The experiment's id. */
    String experiment(String name) {
        return get("experiments/get-by-name?experiment_name=" + encoded(name))
                .getAsJsonObject("experiment")
                .get("experiment_id")
                .getAsString();
    }

    /** All runs of an experiment that are not in the trash. */
    List<Run> runs(String experiment) {
        JsonObject query = new JsonObject();
        JsonArray ids = new JsonArray();
        ids.add(experiment(experiment));
        query.add("experiment_ids", ids);
        query.addProperty("max_results", 1000);
        JsonElement runs = post("runs/search", query).get("runs");
        return runs == null
                ? List.of()
                : StreamSupport.stream(runs.getAsJsonArray().spliterator(), false)
                        .map(run -> new Run(run.getAsJsonObject()))
                        .toList();
    }

    /** Every point of a metric, by step. */
    Map<Long, Double> history(Run run, String metric) {
        Map<Long, Double> points = new TreeMap<>();
        JsonElement metrics = get("metrics/get-history?run_id=" + run.id() + "&metric_key=" + encoded(metric)
                        + "&max_results=" + PAGE)
                .get("metrics");
        if (metrics != null) {
            for (JsonElement element : metrics.getAsJsonArray()) {
                JsonObject point = element.getAsJsonObject();
                Double before = points.put(
                        point.get("step").getAsLong(), point.get("value").getAsDouble());
                if (before != null) {
                    throw new AssertionError(metric + " has two points at step " + point.get("step"));
                }
            }
        }
        return points;
    }

    /** The paths of the artifacts at the top of a run. */
    List<String> artifacts(Run run) {
        JsonElement files = get("artifacts/list?run_id=" + run.id()).get("files");
        List<String> paths = new ArrayList<>();
        if (files != null) {
            files.getAsJsonArray()
                    .forEach(
                            file -> paths.add(file.getAsJsonObject().get("path").getAsString()));
        }
        return paths;
    }

    /** A file of a run; empty for a folder. */
    String artifact(Run run, String path) {
        URI address = URI.create(server + "/get-artifact?run_uuid=" + run.id() + "&path=" + encoded(path));
        try {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(address).GET().build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonObject get(String path) {
        return send(HttpRequest.newBuilder(address(path)).GET().build());
    }

    private JsonObject post(String path, JsonObject body) {
        return send(HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private URI address(String path) {
        return URI.create(server + "/api/2.0/mlflow/" + path);
    }

    private JsonObject send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return JsonParser.parseString(answer.body()).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One run as the server returns it. */
    record Run(JsonObject json) {

        String id() {
            return info().get("run_id").getAsString();
        }

        String name() {
            return info().get("run_name").getAsString();
        }

        String status() {
            return info().get("status").getAsString();
        }

        long start() {
            return info().get("start_time").getAsLong();
        }

        long end() {
            return info().get("end_time").getAsLong();
        }

        Map<String, String> tags() {
            return pairs("tags");
        }

        Map<String, String> params() {
            return pairs("params");
        }

        /** The last value of each metric. */
        Map<String, Double> metrics() {
            Map<String, Double> metrics = new TreeMap<>();
            pairs("metrics").forEach((name, value) -> metrics.put(name, Double.valueOf(value)));
            return metrics;
        }

        private JsonObject info() {
            return json.getAsJsonObject("info");
        }

        private Map<String, String> pairs(String what) {
            Map<String, String> pairs = new TreeMap<>();
            JsonElement list = json.getAsJsonObject("data").get(what);
            if (list != null) {
                list.getAsJsonArray()
                        .forEach(pair -> pairs.put(
                                pair.getAsJsonObject().get("key").getAsString(),
                                pair.getAsJsonObject().get("value").getAsString()));
            }
            return pairs;
        }
    }
}
