package dev.ablate.worker.exchange;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ablate.worker.spec.InputFile;
import dev.ablate.worker.spec.PluginSpec;
import dev.ablate.worker.spec.SealedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Plain data as JSON and back: what is neither a scalar nor a list is an object whose one key says what it is. */
final class PlainJson {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

    private static final String MAP = "map";
    private static final String FILE = "file";
    private static final String SEALED = "env";

    private PlainJson() {}

    static JsonObject of(PluginSpec plugin) {
        JsonObject json = new JsonObject();
        json.addProperty("plugin", plugin.plugin());
        JsonObject options = new JsonObject();
        plugin.options().forEach((name, value) -> options.add(name, of(value)));
        json.add("options", options);
        return json;
    }

    static PluginSpec plugin(JsonObject json) {
        Map<String, Object> options = new LinkedHashMap<>();
        json.getAsJsonObject("options")
                .entrySet()
                .forEach(option -> options.put(option.getKey(), value(option.getValue())));
        return new PluginSpec(json.get("plugin").getAsString(), options);
    }

    private static JsonElement of(Object value) {
        if (value instanceof String text) {
            return new JsonPrimitive(text);
        } else if (value instanceof Boolean bool) {
            return new JsonPrimitive(bool);
        } else if (value instanceof Integer || value instanceof Long || value instanceof Double) {
            return new JsonPrimitive((Number) value);
        } else if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(item -> array.add(of(item)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            JsonObject entries = new JsonObject();
            map.forEach((key, entry) -> entries.add(key.toString(), of(entry)));
            return only(MAP, entries);
        } else if (value instanceof InputFile file) {
            JsonArray parts = new JsonArray();
            parts.add(file.path());
            parts.add(file.sha256());
            return only(FILE, parts);
        } else if (value instanceof SealedValue sealed) {
            JsonArray parts = new JsonArray();
            parts.add(sealed.written());
            parts.add(sealed.form().name());
            parts.add(sealed.seal());
            return only(SEALED, parts);
        }
        throw new IllegalArgumentException("a " + value.getClass().getName() + " is not plain data");
    }

    private static JsonObject only(String key, JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(key, value);
        return object;
    }

    private static Object value(JsonElement json) {
        if (json.isJsonArray()) {
            List<Object> items = new ArrayList<>();
            json.getAsJsonArray().forEach(item -> items.add(value(item)));
            return items;
        } else if (json.isJsonObject()) {
            return object(json.getAsJsonObject());
        }
        JsonPrimitive scalar = json.getAsJsonPrimitive();
        if (scalar.isBoolean()) {
            return scalar.getAsBoolean();
        } else if (scalar.isString()) {
            return scalar.getAsString();
        }
        String digits = scalar.getAsString();
        if (WHOLE.matcher(digits).matches()) {
            return Long.valueOf(digits);
        }
        return Double.valueOf(digits);
    }

    private static Object object(JsonObject json) {
        if (json.has(FILE)) {
            JsonArray parts = json.getAsJsonArray(FILE);
            return new InputFile(parts.get(0).getAsString(), parts.get(1).getAsString());
        } else if (json.has(SEALED)) {
            JsonArray parts = json.getAsJsonArray(SEALED);
            return new SealedValue(
                    parts.get(0).getAsString(),
                    SealedValue.Form.valueOf(parts.get(1).getAsString()),
                    parts.get(2).getAsString());
        }
        Map<String, Object> map = new LinkedHashMap<>();
        json.getAsJsonObject(MAP).entrySet().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        return map;
    }

    static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    static List<String> texts(JsonArray array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.getAsString()));
        return texts;
    }

    static JsonObject texts(Map<String, String> texts) {
        JsonObject object = new JsonObject();
        texts.forEach(object::addProperty);
        return object;
    }

    static Map<String, String> texts(JsonObject object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.entrySet()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
        return texts;
    }
}
