package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ablate.core.note.Note;
import java.util.List;

/** Calls about models as MLflow 3 has them. */
final class ModelCalls {

    private final Runs runs;
    private final Models models;

    ModelCalls(Runs runs, Models models) {
        this.runs = runs;
        this.models = models;
    }

    void addTo(Router router) {
        router.add("POST", "logged-models", this::create);
        router.add("POST", "logged-models/search", call -> {
            JsonArray all = new JsonArray();
            models.all().forEach(model -> all.add(models.json(model)));
            return Call.only("models", all);
        });
        router.add("GET", "logged-models/*", call -> answer(models.get(call.part(0))));
        router.add("PATCH", "logged-models/*", call -> {
            Models.Model model = models.get(call.part(0));
            model.status(call.required("status"));
            models.store(model);
            return answer(model);
        });
        router.add("POST", "logged-models/*/params", call -> {
            Models.Model model = models.get(call.part(1));
            model.params().putAll(Call.pairs(call.body(), "params"));
            models.store(model);
            return new JsonObject();
        });
        router.add("PATCH", "logged-models/*/tags", call -> {
            Models.Model model = models.get(call.part(1));
            model.tags().putAll(Call.pairs(call.body(), "tags"));
            models.store(model);
            return answer(model);
        });
        router.add("DELETE", "logged-models/*/tags/*", call -> {
            Models.Model model = models.get(call.part(2));
            model.tags().remove(call.part(0));
            models.store(model);
            return new JsonObject();
        });
    }

    private JsonObject create(Call call) {
        String source = call.text("source_run_id");
        ClientRun run = source.isEmpty() ? runs.main() : runs.get(source);
        runs.take();
        Models.Model model = models.begin(call.text("name"), call.text("model_type"), run);
        model.params().putAll(Call.pairs(call.body(), "params"));
        model.tags().putAll(Call.pairs(call.body(), "tags"));
        run.notes().add(List.of(new Note.Tag("ablate.model." + model.folder(), model.id())));
        models.store(model);
        return answer(model);
    }

    private JsonObject answer(Models.Model model) {
        return Call.only("model", models.json(model));
    }
}
