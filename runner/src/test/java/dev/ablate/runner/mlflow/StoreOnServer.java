package dev.ablate.runner.mlflow;

import dev.ablate.runner.plan.PlannedRun;
import dev.ablate.runner.runs.Point;
import dev.ablate.runner.runs.RunRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares a laboratory's store with what a server has of it, over REST.
 *
 * @param lost what the server lacks, in words
 * @param doubled what it has too much of, in words
 */
record StoreOnServer(List<String> lost, List<String> doubled) {

    static StoreOnServer of(Lab lab, Rest rest) {
        StoreOnServer found = new StoreOnServer(new ArrayList<>(), new ArrayList<>());
        List<Rest.Run> all = rest.active(lab.plan.name());
        found.parent(lab, rest, all);
        for (PlannedRun run : lab.plan.runs()) {
            found.child(lab, rest, all, run);
        }
        if (all.size() > lab.plan.runs().size() + 1) {
            found.doubled.add("runs: " + all.size());
        }
        return found;
    }

    private void parent(Lab lab, Rest rest, List<Rest.Run> all) {
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
        expect("status of the parent", "FINISHED", parent.info("status"));
        lab.store
                .files(lab.plan.key())
                .forEach((path, content) ->
                        expect(path, new String(content, StandardCharsets.UTF_8), rest.artifact(parent.id(), path)));
    }

    private void child(Lab lab, Rest rest, List<Rest.Run> all, PlannedRun run) {
        List<Rest.Run> alike = all.stream()
                .filter(child -> run.key().hex().equals(child.tags().get("ablate.key")))
                .toList();
        if (alike.size() > 1) {
            doubled.add("run " + run.label());
        }
        if (alike.isEmpty()) {
            lost.add("run " + run.label());
            return;
        }
        Rest.Run child = alike.get(0);
        RunRecord record = lab.store.find(run.key()).orElseThrow();
        expect("status of " + run.label(), record.status().name(), child.info("status"));
        expect("variant of " + run.label(), run.variant(), child.tags().get("ablate.variant"));
        run.params()
                .forEach((path, value) ->
                        expect("param " + path, value, child.params().get(path)));
        Map<String, List<Rest.Value>> series = new LinkedHashMap<>();
        for (Point point : lab.store.points(record.id(), 0, Integer.MAX_VALUE)) {
            series.computeIfAbsent(point.series(), name -> new ArrayList<>())
                    .add(new Rest.Value(
                            point.step(), point.value(), point.time().toEpochMilli()));
        }
        series.forEach((name, points) -> {
            List<Rest.Value> there = rest.history(child.id(), name);
            List<Rest.Value> missing = new ArrayList<>(points);
            there.forEach(missing::remove);
            missing.forEach(point -> lost.add(run.label() + ": " + name + " " + point));
            List<Rest.Value> more = new ArrayList<>(there);
            points.forEach(more::remove);
            more.forEach(point -> doubled.add(run.label() + ": " + name + " " + point));
        });
        expect("predictions", Lab.PREDICTIONS, rest.artifact(child.id(), "predictions.json"));
    }

    private void expect(String what, Object here, @Nullable Object there) {
        if (!here.equals(there)) {
            lost.add(what + " is " + there);
        }
    }
}
