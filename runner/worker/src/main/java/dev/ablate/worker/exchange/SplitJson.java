package dev.ablate.worker.exchange;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Fold;
import java.util.Optional;

/** {@link SplitSettings} in a task's file. */
final class SplitJson {

    private SplitJson() {}

    static JsonObject of(SplitSettings split) {
        JsonObject json = new JsonObject();
        json.addProperty("test", split.test());
        json.addProperty("validation", split.validation());
        json.addProperty("take", split.take().name());
        json.addProperty("per", split.per().name());
        json.addProperty("stratify", split.stratify());
        split.group().ifPresent(group -> json.addProperty("group", group));
        split.fold().ifPresent(fold -> {
            json.addProperty("fold", fold.number());
            json.addProperty("folds", fold.of());
        });
        return json;
    }

    static SplitSettings read(JsonObject json) {
        return new SplitSettings(
                json.get("test").getAsDouble(),
                json.get("validation").getAsDouble(),
                SplitSettings.Take.valueOf(json.get("take").getAsString()),
                SplitSettings.Per.valueOf(json.get("per").getAsString()),
                json.get("stratify").getAsBoolean(),
                Optional.ofNullable(json.get("group")).map(JsonElement::getAsString),
                json.has("fold")
                        ? Optional.of(new Fold(
                                json.get("fold").getAsInt(), json.get("folds").getAsInt()))
                        : Optional.empty());
    }
}
