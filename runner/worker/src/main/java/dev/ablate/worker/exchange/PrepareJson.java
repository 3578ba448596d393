package dev.ablate.worker.exchange;

import com.google.gson.JsonObject;
import dev.ablate.worker.spec.EncodeSettings;
import dev.ablate.worker.spec.EncodeSettings.Coding;
import dev.ablate.worker.spec.MissingSettings;
import dev.ablate.worker.spec.PrepareSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link PrepareSettings} in a task's file. */
final class PrepareJson {

    private PrepareJson() {}

    static JsonObject of(PrepareSettings settings) {
        MissingSettings missing = settings.missing();
        EncodeSettings encode = settings.encode();
        JsonObject json = new JsonObject();
        json.addProperty("numbers", missing.numbers().name());
        json.addProperty("indicator", missing.indicator());
        json.addProperty("categories", missing.categories().name());
        json.addProperty("coding", encode.categories().name());
        json.addProperty("most", encode.most());
        json.add("references", PlainJson.texts(encode.references()));
        json.addProperty("rare", encode.rare());
        JsonObject order = new JsonObject();
        encode.order().forEach((column, names) -> order.add(column, PlainJson.texts(names)));
        json.add("order", order);
        return json;
    }

    static PrepareSettings read(JsonObject json) {
        Map<String, List<String>> order = new LinkedHashMap<>();
        json.getAsJsonObject("order")
                .entrySet()
                .forEach(column -> order.put(
                        column.getKey(), PlainJson.texts(column.getValue().getAsJsonArray())));
        return new PrepareSettings(
                new MissingSettings(
                        MissingSettings.Numbers.valueOf(json.get("numbers").getAsString()),
                        json.get("indicator").getAsBoolean(),
                        MissingSettings.Categories.valueOf(
                                json.get("categories").getAsString())),
                new EncodeSettings(
                        Coding.valueOf(json.get("coding").getAsString()),
                        json.get("most").getAsBoolean(),
                        PlainJson.texts(json.getAsJsonObject("references")),
                        json.get("rare").getAsDouble(),
                        order));
    }
}
