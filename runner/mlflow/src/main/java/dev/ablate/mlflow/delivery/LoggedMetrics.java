package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.note.LoggedRun;
import dev.ablate.mlflow.client.MlflowServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Sends the values of metrics that a program logged to one run: each once, with its step and its time.
 *
 * <p>Which the server has it asks once for each metric; what it sends after that it knows.
 */
final class LoggedMetrics {

    private static final int MOST_NAMES = 100;

    private final MlflowServer server;
    private final String run;

    /** Whether the server may have values that are not known here. */
    private final boolean doubtful;

    /** What the server has, by key. */
    private final Map<String, Set<Place>> there = new HashMap<>();

    /**
     * @param run its id in MLflow
     * @param doubtful whether the server may have values that are not known here
     */
    LoggedMetrics(MlflowServer server, String run, boolean doubtful) {
        this.server = server;
        this.run = run;
        this.doubtful = doubtful;
    }

    /** One value; the server keeps one of equal ones. */
    private record Place(long step, long time, double value) {
        Place {
            // databases keep one zero, and no infinity
            value = value == 0 ? 0 : Double.isInfinite(value) ? Math.copySign(Double.MAX_VALUE, value) : value;
        }
    }

    /** Sends what the server lacks. */
    void send(List<LoggedRun.Value> values, UnaryOperator<String> keys) {
        List<MlflowServer.Value> batch = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (LoggedRun.Value value : values) {
            String key = keys.apply(value.name());
            if (!known(key).add(new Place(value.step(), value.time(), value.value()))) {
                continue;
            }
            if (batch.size() == MetricSender.MOST_METRICS || (names.size() == MOST_NAMES && !names.contains(key))) {
                send(batch);
                batch.clear();
                names.clear();
            }
            names.add(key);
            batch.add(new MlflowServer.Value(key, value.step(), value.time(), value.value()));
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    private void send(List<MlflowServer.Value> batch) {
        // servers show values of one request by their steps
        batch.sort(Comparator.comparingLong(MlflowServer.Value::step));
        server.log(run, batch, Map.of());
    }

    private Set<Place> known(String key) {
        return there.computeIfAbsent(key, asked -> doubtful ? asked(asked, 0) : new HashSet<>());
    }

    private Set<Place> asked(String key, long expected) {
        Set<Place> places = new HashSet<>();
        server.history(run, key, expected)
                .forEach(value -> places.add(new Place(value.step(), value.time(), value.value())));
        return places;
    }

    /**
     * What the server lacks, in words; it is sent the next time.
     *
     * @param latest what the server shows of each metric
     */
    List<String> differences(
            List<LoggedRun.Value> values, UnaryOperator<String> keys, Map<String, MlflowServer.Value> latest) {
        Map<String, Set<Place>> wanted = new LinkedHashMap<>();
        values.forEach(value -> wanted.computeIfAbsent(keys.apply(value.name()), none -> new LinkedHashSet<>())
                .add(new Place(value.step(), value.time(), value.value())));
        List<String> differences = new ArrayList<>();
        wanted.forEach((key, places) -> {
            Set<Place> shown = Optional.ofNullable(latest.get(key))
                    .map(value -> Set.of(new Place(value.step(), value.time(), value.value())))
                    .orElse(Set.of());
            if (shown.equals(places)) {
                // the state has it, and a request less for each metric that has one value
                return;
            }
            Set<Place> found = asked(key, places.size());
            there.put(key, found);
            long missing =
                    places.stream().filter(place -> !found.contains(place)).count();
            if (missing > 0) {
                differences.add("metric " + key + " lacks " + missing + " of " + places.size()
                        + " points that its program logged");
            }
        });
        return differences;
    }
}
