package dev.ablate.trainers.python;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Plain data as JSON. */
final class Json {

    private Json() {}

    static JsonArray list(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    /** Texts, truth values and numbers by name. */
    static JsonObject map(Map<String, Object> values) {
        JsonObject object = new JsonObject();
        values.forEach((name, value) -> {
            if (value instanceof Number number) {
                object.addProperty(name, number);
            } else if (value instanceof Boolean bool) {
                object.addProperty(name, bool);
            } else {
                object.addProperty(name, value.toString());
            }
        });
        return object;
    }
}
