package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client asks for.
 *
 * @param method such as {@code POST}
 * @param path without what comes before the name of the call: {@code runs/log-batch}
 * @param query by name, without escapes
 * @param body an object; empty if there is none
 */
record Call(String method, String path, Map<String, String> query, JsonObject body) {

    /** A text of the body or the query; empty if it is in neither. */
    String text(String name) {
        String found = text(body, name);
        return found.isEmpty() ? query.getOrDefault(name, "") : found;
    }

    /** A text that has to be there. */
    String required(String name) {
        String found = text(name);
        if (found.isEmpty()) {
            throw ApiError.invalid("Missing value for required parameter '" + name + "'.");
        }
        return found;
    }

    /** The id of the run that is meant; older clients use another name. */
    String run() {
        String id = text("run_id");
        return id.isEmpty() ? required("run_uuid") : id;
    }

    /** A part of the path, counted from its end. */
    String part(int fromEnd) {
        String[] parts = path.split("/", -1);
        return parts[parts.length - 1 - fromEnd];
    }

    /** The objects of a list of the body. */
    List<JsonObject> objects(String name) {
        return objects(body, name);
    }

    static List<JsonObject> objects(JsonObject from, String name) {
        List<JsonObject> found = new ArrayList<>();
        if (from.get(name) instanceof JsonArray array) {
            for (JsonElement element : array) {
                if (!(element instanceof JsonObject object)) {
                    throw ApiError.invalid("Invalid value for parameter '" + name + "': it must be a list of objects.");
                }
                found.add(object);
            }
        }
        return found;
    }

    /** A text, or a number as it was written; empty if it is not there. */
    static String text(JsonObject from, String name) {
        JsonElement found = from.get(name);
        return found != null && found.isJsonPrimitive() ? found.getAsString() : "";
    }

    /** A whole number; 0 if it is not there. */
    static long whole(JsonObject from, String name) {
        String text = text(from, name);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            // some clients write whole numbers as 3.0
            return text.matches("-?\\d+") ? Long.parseLong(text) : (long) Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw ApiError.invalid("Invalid value '" + text + "' for parameter '" + name + "': it must be an integer.");
        }
    }

    /** Keys and values of a list of the body. */
    static Map<String, String> pairs(JsonObject from, String name) {
        Map<String, String> found = new LinkedHashMap<>();
        objects(from, name).forEach(pair -> found.put(text(pair, "key"), text(pair, "value")));
        return found;
    }

    /** A list of keys and values. */
    static JsonArray pairs(Map<String, String> pairs) {
        JsonArray array = new JsonArray();
        pairs.forEach((key, value) -> {
            JsonObject pair = new JsonObject();
            pair.addProperty("key", key);
            pair.addProperty("value", value);
            array.add(pair);
        });
        return array;
    }

    /** An object with one entry. */
    static JsonObject only(String name, JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(name, value);
        return object;
    }
}
