package dev.ablate.mlflow.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tracking server's REST interface, for what its Java client does not know: JSON in, JSON out, nothing else taken for an answer. */
public final class Rest {

    private final Http http;
    private final Endpoint destination;

    public Rest(Http http, Endpoint destination) {
        this.http = http;
        this.destination = destination;
    }

    JsonObject get(String path, Map<String, String> query) {
        String asked = query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send("GET", asked.isEmpty() ? path : path + "?" + asked, null);
    }

    JsonObject post(String path, JsonObject body) {
        return send("POST", path, body);
    }

    /**
     * Sends a request.
     *
     * @param body null: none
     * @throws ServerFailure if it is not fulfilled; {@link ServerFailure.Kind#UNKNOWN} where the server has no such path
     */
    JsonObject send(String method, String path, @Nullable JsonObject body) {
        Http.Answer answer = http.send(
                method,
                URI.create(destination.server() + "/api/2.0/mlflow/" + path),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()),
                destination.access().timeout());
        if (answer.status() == 404 && !answer.body().contains("\"error_code\"")) {
            throw new ServerFailure(
                    ServerFailure.Kind.UNKNOWN, destination.server(), "does not know of " + path.split("/", 2)[0]);
        }
        http.check(answer, "");
        try {
            if (JsonParser.parseString(answer.body()) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            // reported below
        }
        throw foreign();
    }

    /** The failure of an answer that MLflow would not give. */
    ServerFailure foreign() {
        return http.foreign();
    }

    /** The objects in a list that may be left out. */
    static List<JsonObject> objects(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonArray array
                ? StreamSupport.stream(array.spliterator(), false)
                        .filter(JsonObject.class::isInstance)
                        .map(JsonElement::getAsJsonObject)
                        .toList()
                : List.of();
    }

    /** An object that may be left out. */
    static JsonObject object(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    /** A text that may be left out. */
    static String text(JsonObject parent, String name) {
        JsonElement found = parent.get(name);
        return found == null || !found.isJsonPrimitive() ? "" : found.getAsString();
    }

    /** Tags by name. */
    static Map<String, String> tags(JsonObject parent) {
        Map<String, String> tags = new LinkedHashMap<>();
        objects(parent, "tags").forEach(tag -> tags.put(text(tag, "key"), text(tag, "value")));
        return tags;
    }

    /** Tags, or whatever else has a key and a value. */
    static JsonArray pairs(Map<String, String> values) {
        JsonArray pairs = new JsonArray();
        values.forEach((key, value) -> {
            JsonObject pair = new JsonObject();
            pair.addProperty("key", key);
            pair.addProperty("value", value);
            pairs.add(pair);
        });
        return pairs;
    }
}
