package dev.ablate.engine.transfer;

import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunResult.Series;
import dev.ablate.worker.exchange.RunResult.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A finished run of the store as the result that a worker would have sent. */
final class StoredResult {

    private StoredResult() {}

    static RunResult of(RunStore store, RunRecord run) {
        return new RunResult(
                run.key().hex(),
                // the store does not have it, as some of it may be secret
                "",
                Status.FINISHED,
                Optional.empty(),
                run.deterministic(),
                run.start(),
                run.end().orElse(run.start()),
                run.updates(),
                run.stopped(),
                run.trainRows(),
                run.testRows(),
                run.parameters(),
                series(store.points(run.id(), 0, Integer.MAX_VALUE)),
                store.files(run.id()),
                store.notes(run.id(), 0),
                store.provenance(run.id()).without(Set.of(Provenance.GIT_PATCH)).values(),
                "");
    }

    private static List<Series> series(List<Point> points) {
        Map<String, List<Point>> byName = new LinkedHashMap<>();
        points.forEach(point -> byName.computeIfAbsent(point.series(), none -> new ArrayList<>())
                .add(point));
        // in the order of the last step, which is that of a run's metrics: some are measured at that step alone
        List<List<Point>> ordered = new ArrayList<>(byName.values());
        ordered.sort(Comparator.comparingLong(own -> own.get(own.size() - 1).id()));
        List<Series> all = new ArrayList<>();
        for (List<Point> own : ordered) {
            String name = own.get(0).series();
            // an attempt that was resumed may have added a step between those that were there
            own.sort(Comparator.comparingLong(Point::step));
            all.add(new Series(
                    name,
                    own.stream().mapToLong(Point::step).toArray(),
                    own.stream().mapToDouble(Point::value).toArray(),
                    own.stream().mapToLong(point -> point.time().toEpochMilli()).toArray()));
        }
        return all;
    }
}
