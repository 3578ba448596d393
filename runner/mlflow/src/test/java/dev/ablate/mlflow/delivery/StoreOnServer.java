package dev.ablate.mlflow.delivery;

import com.google.common.collect.Lists;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.mlflow.image.ModelImage;
import dev.ablate.worker.data.DataPart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a laboratory's store with what a server has of it, over REST.
 *
 * @param lost what the server lacks, in words
 * @param doubled what it has too much of, in words
 */
record StoreOnServer(List<String> lost, List<String> doubled) {

    static StoreOnServer of(Lab lab, Rest rest) {
        return of(lab, rest, true);
    }

    /**
     * Compares.
     *
     * @param times whether points must have the times of this store: where two homes have equal runs, they are of one of them
     */
    static StoreOnServer of(Lab lab, Rest rest, boolean times) {
        StoreOnServer found = new StoreOnServer(new ArrayList<>(), new ArrayList<>());
        ComparisonRecord comparison = lab.store.comparison(lab.plan.key()).orElseThrow();
        List<Rest.Run> all = rest.active(lab.plan.name());
        Optional<List<JsonObject>> models = !all.isEmpty() && rest.knowsModels()
                ? Optional.of(rest.models(all.get(0).info("experiment_id")))
                : Optional.empty();
        found.parent(lab, rest, comparison, all);
        Map<String, List<Recorded>> metrics = new LinkedHashMap<>();
        for (ComparisonRecord.Member member : comparison.members()) {
            found.child(lab, rest, all, models, member, metrics);
        }
        metrics.forEach((name, runs) -> found.points(name, runs, rest, times));
        if (all.size() > comparison.members().size() + 1) {
            found.doubled.add("runs: " + all.size());
        }
        return found;
    }

    /** A metric's values in a run. */
    private record Recorded(String label, String run, List<Rest.Value> points) {}

    private void parent(Lab lab, Rest rest, ComparisonRecord comparison, List<Rest.Run> all) {
        List<Rest.Run> parents = all.stream()
                .filter(run -> "parent".equals(run.tags().get("ablate.role")))
                .toList();
        if (parents.size() > 1) {
            doubled.add("parent");
        }
        if (parents.isEmpty()) {
            lost.add("parent");
            return;
        }
        Rest.Run parent = parents.get(0);
        boolean finished =
                comparison.members().stream().allMatch(member -> member.run().status() == RunStatus.FINISHED);
        expect("status of the parent", finished ? "FINISHED" : "KILLED", parent.info("status"));
        lab.store
                .files(lab.plan.key())
                .forEach((path, content) ->
                        expect(path, new String(content, StandardCharsets.UTF_8), rest.artifact(parent.id(), path)));
    }

    private void child(
            Lab lab,
            Rest rest,
            List<Rest.Run> all,
            Optional<List<JsonObject>> models,
            ComparisonRecord.Member member,
            Map<String, List<Recorded>> metrics) {
        RunRecord record = member.run();
        String label = member.cell() + "/" + member.pair().label();
        List<Rest.Run> alike = all.stream()
                .filter(child -> record.key().hex().equals(child.tags().get("ablate.key")))
                .toList();
        if (alike.size() > 1) {
            doubled.add("run " + label);
        }
        if (alike.isEmpty()) {
            lost.add("run " + label);
            return;
        }
        Rest.Run child = alike.get(0);
        // nobody trains it any more
        RunStatus status = record.status() == RunStatus.RUNNING ? RunStatus.KILLED : record.status();
        expect("status of " + label, status.name(), child.info("status"));
        expect("variant of " + label, member.variant(), child.tags().get("ablate.variant"));
        record.params()
                .forEach((path, value) ->
                        expect("param " + path, value, child.params().get(path)));
        recorded(label, child.id(), lab.store.points(record.id(), 0, Integer.MAX_VALUE))
                .forEach((name, points) -> metrics.computeIfAbsent(name, first -> new ArrayList<>())
                        .add(points));
        member.predictions()
                .ifPresent(predictions ->
                        expect("predictions of " + label, predictions, rest.artifact(child.id(), "predictions.json")));
        Map<String, byte[]> files = lab.store.files(record.id());
        data(label, files.get(DataPart.FILE), child);
        Map<String, Long> model = new LinkedHashMap<>();
        ModelImage.of(files).forEach((path, content) -> model.put(path, (long) content.length));
        if (!model.isEmpty() && status == RunStatus.FINISHED) {
            models.ifPresent(there -> model(label, model, there, child, rest));
        }
    }

    private static Map<String, Recorded> recorded(String label, String run, List<Point> points) {
        Map<String, Recorded> metrics = new LinkedHashMap<>();
        for (Point point : points) {
            metrics.computeIfAbsent(point.series(), name -> new Recorded(label, run, new ArrayList<>()))
                    .points()
                    .add(new Rest.Value(
                            point.step(), point.value(), point.time().toEpochMilli()));
        }
        return metrics;
    }

    /** A metric of as many runs at a time as an answer holds, were each value there twice. */
    private void points(String metric, List<Recorded> runs, Rest rest, boolean times) {
        int most = runs.stream().mapToInt(run -> run.points().size()).max().orElseThrow();
        int atATime = Math.max(1, Math.min(100, Rest.MOST_VALUES / (2 * most + 1)));
        for (List<Recorded> some : Lists.partition(runs, atATime)) {
            Map<String, List<Rest.Value>> all =
                    rest.histories(some.stream().map(Recorded::run).toList(), metric);
            for (Recorded run : some) {
                List<Rest.Value> there = timed(Objects.requireNonNull(all.get(run.run())), times);
                List<Rest.Value> here = timed(run.points(), times);
                List<Rest.Value> missing = new ArrayList<>(here);
                there.forEach(missing::remove);
                missing.forEach(point -> lost.add(run.label() + ": " + metric + " " + point));
                List<Rest.Value> more = new ArrayList<>(there);
                here.forEach(more::remove);
                more.forEach(point -> doubled.add(run.label() + ": " + metric + " " + point));
            }
        }
    }

    private static List<Rest.Value> timed(List<Rest.Value> values, boolean times) {
        return times
                ? values
                : values.stream()
                        .map(value -> new Rest.Value(value.step(), value.value(), 0))
                        .toList();
    }

    private void data(String label, byte @Nullable [] parts, Rest.Run child) {
        List<String> here = new ArrayList<>();
        if (parts != null) {
            DataPart.read(parts).forEach(part -> here.add(part.name() + " " + part.digest()));
        }
        List<String> there = new ArrayList<>();
        for (JsonElement input : Rest.array(child.json().getAsJsonObject("inputs"), "dataset_inputs")) {
            JsonObject dataset = input.getAsJsonObject().getAsJsonObject("dataset");
            there.add(dataset.get("name").getAsString() + " "
                    + dataset.get("digest").getAsString());
        }
        List<String> missing = new ArrayList<>(here);
        there.forEach(missing::remove);
        missing.forEach(part -> lost.add(label + ": dataset " + part));
        here.forEach(there::remove);
        there.forEach(part -> doubled.add(label + ": dataset " + part));
    }

    private void model(String label, Map<String, Long> files, List<JsonObject> all, Rest.Run child, Rest rest) {
        List<JsonObject> made = all.stream()
                .filter(model -> child.id().equals(model.get("source_run_id").getAsString()))
                .toList();
        if (made.size() != 1) {
            (made.isEmpty() ? lost : doubled).add(label + ": " + made.size() + " models");
            return;
        }
        String id = made.get(0).get("model_id").getAsString();
        expect(
                label + ": model",
                "LOGGED_MODEL_READY",
                made.get(0).get("status").getAsString());
        List<String> linked = new ArrayList<>();
        Rest.array(child.json().getAsJsonObject("outputs"), "model_outputs")
                .forEach(output ->
                        linked.add(output.getAsJsonObject().get("model_id").getAsString()));
        expect(label + ": linked models", List.of(id), linked);
        Map<String, Long> sizes = rest.modelFiles(id);
        files.forEach((path, size) -> {
            Long there = sizes.get(path);
            // the description gets the server's ids
            if (there == null || (!path.equals(ModelImage.DESCRIPTION) && !there.equals(size))) {
                lost.add(label + ": " + path + " of its model is " + there);
            }
        });
    }

    private void expect(String what, Object here, @Nullable Object there) {
        if (!here.equals(there)) {
            lost.add(what + " is " + there);
        }
    }
}
