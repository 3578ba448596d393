package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.Point;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.client.ServerFailure;
import dev.ablate.mlflow.image.SeriesNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sends the metrics of one run, within MLflow's bounds, and none that the server is known to have. */
final class MetricSender {

    /** MLflow's bounds of one request. */
    static final int MOST_METRICS = 1000;

    private static final int MOST_NAMES = 100;

    private final MlflowServer server;
    private final String run;

    /** Whether the server may have points that the ledger does not know of. */
    private boolean doubtful;

    /** What the server had of a metric when first asked, where it is doubtful. */
    private final Map<String, Set<Place>> there = new HashMap<>();

    /**
     * @param run its id in MLflow
     * @param doubtful whether the server may have points that the ledger does not know of
     */
    MetricSender(MlflowServer server, String run, boolean doubtful) {
        this.server = server;
        this.run = run;
        this.doubtful = doubtful;
    }

    /** Where a value belongs; times do not count, as another run of the same key gives equal values at other times. */
    record Place(long step, double value) {
        Place {
            // databases keep one zero
            value = value == 0 ? 0 : value;
        }

        static Set<Place> of(List<MlflowServer.Value> values) {
            Set<Place> places = new HashSet<>();
            values.forEach(value -> places.add(new Place(value.step(), value.value())));
            return places;
        }

        static Set<Place> ofPoints(List<Point> points) {
            Set<Place> places = new HashSet<>();
            points.forEach(point -> places.add(new Place(point.step(), point.value())));
            return places;
        }
    }

    /**
     * Sends the first of some points: as many as one request takes.
     *
     * @param page at least one, and with the params at most {@link #MOST_METRICS}
     * @param params that go with them
     * @return the last point that is now done with
     */
    Point sendFirst(List<Point> page, SeriesNames names, Map<String, String> params) {
        List<Point> batch = new ArrayList<>();
        Set<String> series = new HashSet<>();
        Point last = page.get(0);
        for (Point point : page) {
            if (names.isMetric(point.series())) {
                series.add(point.series());
                if (series.size() > MOST_NAMES) {
                    break;
                }
                batch.add(point);
            }
            last = point;
        }
        try {
            send(values(batch, names), params);
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.REFUSED || doubtful) {
                throw e;
            }
            // servers up to 3.6 refuse some batches for a point that is there already
            doubtful = true;
            send(values(batch, names), params);
        }
        return last;
    }

    /** Sends points of one metric, any number of them. */
    void sendSeries(List<Point> points, SeriesNames names) {
        send(values(points, names), Map.of());
    }

    /**
     * Sends numbers that are known once for the run, where the server has others.
     *
     * @param time when they came to be known
     * @param latest what the server has; what is sent again gets a later time, since of two values of one time it shows the greater
     */
    void sendResults(Map<String, Double> results, Instant time, Map<String, MlflowServer.Value> latest) {
        List<MlflowServer.Value> values = new ArrayList<>();
        results.forEach((key, value) -> {
            MlflowServer.Value there = latest.get(key);
            if (there == null) {
                values.add(new MlflowServer.Value(key, 0, time.toEpochMilli(), value));
            } else if (there.value() != value) {
                long after = Math.max(time.toEpochMilli(), there.time() + 1);
                values.add(new MlflowServer.Value(key, there.step(), after, value));
            }
        });
        for (int from = 0; from < values.size(); from += MOST_NAMES) {
            send(values.subList(from, Math.min(values.size(), from + MOST_NAMES)), Map.of());
        }
    }

    /** What is to be sent of some points: without those that the server is known to have, by rising step. */
    private List<MlflowServer.Value> values(List<Point> points, SeriesNames names) {
        List<MlflowServer.Value> values = new ArrayList<>();
        for (Point point : points) {
            String key = names.key(point.series());
            if (!doubtful || !placesOf(key).contains(new Place(point.step(), point.value()))) {
                values.add(
                        new MlflowServer.Value(key, point.step(), point.time().toEpochMilli(), point.value()));
            }
        }
        values.sort(Comparator.comparingLong(MlflowServer.Value::step));
        return values;
    }

    private Set<Place> placesOf(String key) {
        return there.computeIfAbsent(key, asked -> Place.of(server.history(run, asked, 0)));
    }

    /** Sends values; of one metric any number, of several at most as many as one request takes. */
    private void send(List<MlflowServer.Value> values, Map<String, String> params) {
        Map<String, String> first = params;
        int from = 0;
        while (from < values.size() || !first.isEmpty()) {
            int to = Math.min(values.size(), from + MOST_METRICS - first.size());
            server.log(run, values.subList(from, to), first);
            first = Map.of();
            from = to;
        }
    }
}
