package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ablate.core.note.Note;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls that begin, change and find runs. */
final class RunCalls {

    private static final String PARENT = "mlflow.parentRunId";

    /** The tag with the name that a program gave the run itself, which has one already. */
    private static final String GIVEN = "ablate.run_name";

    private static final Set<String> ENDS = Set.of("FINISHED", "FAILED", "KILLED");

    private final Runs runs;

    RunCalls(Runs runs) {
        this.runs = runs;
    }

    void addTo(Router router) {
        router.add("POST", "runs/create", this::create);
        router.add("GET", "runs/get", call -> Call.only("run", used(call).json(Runs.EXPERIMENT)));
        router.add("POST", "runs/update", this::update);
        router.add("POST", "runs/search", this::search);
    }

    private ClientRun used(Call call) {
        return runs.get(call.run());
    }

    private JsonObject create(Call call) {
        Map<String, String> tags = new LinkedHashMap<>(Call.pairs(call.body(), "tags"));
        String name = call.text("run_name");
        String tagged = tags.remove(ClientRun.NAME);
        if (name.isEmpty() && tagged != null) {
            name = tagged;
        }
        String parent = tags.getOrDefault(PARENT, "");
        tags.remove(PARENT);
        tags.forEach((key, value) -> {
            Limits.requireKey("tag", key);
            Limits.requireTag(value);
        });
        boolean first = !runs.isTaken() && parent.isEmpty();
        ClientRun run = first ? runs.main() : runs.begin(parent, name, Call.whole(call.body(), "start_time"));
        runs.take();
        run.user(call.text("user_id"));
        List<Note> notes = new ArrayList<>();
        tags.forEach((key, value) -> notes.add(new Note.Tag(key, value)));
        if (first && !name.isEmpty()) {
            notes.add(new Note.Tag(GIVEN, name));
            run.rename(name);
        }
        if (!notes.isEmpty()) {
            run.log(notes);
        }
        if (!parent.isEmpty()) {
            run.tags().put(PARENT, parent);
        }
        return Call.only("run", run.json(Runs.EXPERIMENT));
    }

    private JsonObject update(Call call) {
        ClientRun run = used(call);
        runs.take();
        String status = call.text("status");
        if (!status.isEmpty()) {
            long end = Call.whole(call.body(), "end_time");
            if (ENDS.contains(status) && run != runs.main()) {
                run.notes().add(List.of(new Note.End(status, end)));
            }
            run.status(status, end);
        }
        String name = call.text("run_name");
        if (!name.isEmpty() && !name.equals(run.name())) {
            run.notes().add(List.of(new Note.Tag(run == runs.main() ? GIVEN : ClientRun.NAME, name)));
            run.rename(name);
        }
        return Call.only("run_info", run.info(Runs.EXPERIMENT));
    }

    private JsonObject search(Call call) {
        List<ClientRun> found = new Filter(call.text("filter")).of(runs.all());
        List<String> order = new ArrayList<>();
        if (call.body().get("order_by") instanceof JsonArray wanted) {
            wanted.forEach(each -> order.add(each.getAsString()));
        }
        JsonArray all = new JsonArray();
        Filter.sorted(found, order).forEach(run -> all.add(run.json(Runs.EXPERIMENT)));
        return Call.only("runs", all);
    }
}
