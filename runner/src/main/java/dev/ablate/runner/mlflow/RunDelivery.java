package dev.ablate.runner.mlflow;

import dev.ablate.runner.runs.Ledger;
import dev.ablate.runner.runs.Point;
import dev.ablate.runner.runs.RunStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Brings one run, which the server has begun, to what the store knows of it, and has it read back.
 *
 * <p>What it knows of the server's state it got from the server, since the last failure: after a failure a new one is made.
 */
final class RunDelivery {

    /** MLflow's bounds of one request. */
    private static final int MOST_METRICS = 1000;

    private static final int MOST_PARAMS = 100;
    private static final int MOST_NAMES = 100;

    /** Of the 1,000,000 bytes that a request may have, what params may take before quotes and escapes. */
    private static final int MOST_CHARACTERS = 150_000;

    private final Channel channel;
    private final RunStore store;
    private final MlflowServer server;
    private final Artifacts artifacts;
    private SeriesNames names;

    /** Files that the server took, by path, with the digest of their content. */
    private final Map<String, String> sent = new HashMap<>();

    /** What the server had of a metric when first asked, where it may have points that the ledger does not know of. */
    private final Map<String, Set<Place>> there = new HashMap<>();

    private boolean doubtful;
    private Ledger.Entry entry;
    private MlflowServer.Run state;

    /** Up to which point the metrics were read back; empty: not yet. */
    private OptionalLong readBackThrough;

    private Optional<Instant> lastPoint = Optional.empty();

    /**
     * @param entry how far the ledger says that it came
     * @param state the run as the server has it
     * @param doubtful whether the server may have points that the ledger does not know of
     */
    RunDelivery(Channel channel, Ledger.Entry entry, MlflowServer.Run state, boolean doubtful) {
        this.channel = channel;
        this.store = channel.store();
        this.server = channel.server();
        this.artifacts = channel.artifacts();
        this.entry = entry;
        this.state = state;
        this.doubtful = doubtful;
        this.names = SeriesNames.of(store, entry.run());
        this.readBackThrough = entry.complete() ? OptionalLong.of(entry.pointsThrough()) : OptionalLong.empty();
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
    }

    /** The run's id in MLflow. */
    String id() {
        return state.id();
    }

    /** Whether all that there is was delivered and read back. */
    static boolean isComplete(RunStore store, Ledger.Entry entry, RunImage image) {
        return entry.complete()
                && store.points(entry.run(), entry.pointsThrough(), 1).isEmpty()
                && entry.digest()
                        .equals(SeriesNames.of(store, entry.run())
                                .withFiles(image, store)
                                .digest());
    }

    /**
     * Sends what is new.
     *
     * @return what the server has otherwise than it was sent, in words; empty if nothing, or if the run has not ended
     */
    List<String> advance(RunImage image) {
        if (isComplete(store, entry, image)) {
            return List.of();
        }
        if (!names.known()) {
            names = SeriesNames.of(store, entry.run());
        }
        RunImage whole = names.withFiles(image, store);
        if (entry.complete()) {
            // until it is read back again it is not complete, whatever happens on the way
            put(entry.pointsThrough(), entry.digest(), false);
        }
        send(whole);
        put(entry.pointsThrough(), whole.digest(), false);
        if (!whole.ended()) {
            return List.of();
        }
        ReadBack readBack = readBack(whole);
        if (!readBack.differences().isEmpty()) {
            readBack.points().forEach(series -> log(values(series)));
            readBack.files().forEach(sent::remove);
            send(whole);
            readBack = readBack(whole);
        }
        if (readBack.differences().isEmpty()) {
            put(entry.pointsThrough(), entry.digest(), true);
            readBackThrough = OptionalLong.of(entry.pointsThrough());
        }
        return readBack.differences();
    }

    private ReadBack readBack(RunImage image) {
        state = server.get(state.id());
        boolean known = readBackThrough.equals(OptionalLong.of(entry.pointsThrough()));
        return new Reader(channel, names).compare(image, entry.run(), state, !known);
    }

    private void send(RunImage image) {
        sendParams(image);
        sendTags(image);
        sendPoints();
        if (image.ended()) {
            sendResults(image);
        }
        sendStatus(image);
        // last: where files go past the server, all else is there
        sendFiles(image);
    }

    private void sendParams(RunImage image) {
        Map<String, String> batch = new LinkedHashMap<>();
        int characters = 0;
        for (Map.Entry<String, String> param : image.params().entrySet()) {
            if (state.params().containsKey(param.getKey())) {
                continue;
            }
            int length = param.getKey().length() + param.getValue().length();
            if (batch.size() == MOST_PARAMS || characters + length > MOST_CHARACTERS) {
                logParams(batch);
                characters = 0;
            }
            batch.put(param.getKey(), param.getValue());
            characters += length;
        }
        logParams(batch);
    }

    private void logParams(Map<String, String> batch) {
        if (!batch.isEmpty()) {
            server.logParams(state.id(), batch);
            state.params().putAll(batch);
            batch.clear();
        }
    }

    private void sendTags(RunImage image) {
        Map<String, String> changed = new LinkedHashMap<>(image.tags());
        changed.entrySet().removeIf(tag -> tag.getValue().equals(state.tags().get(tag.getKey())));
        if (!changed.isEmpty()) {
            server.setTags(state.id(), changed);
            state.tags().putAll(changed);
        }
        if (state.tags().containsKey(RunImages.ERROR) && !image.tags().containsKey(RunImages.ERROR)) {
            server.deleteTag(state.id(), RunImages.ERROR);
            state.tags().remove(RunImages.ERROR);
        }
    }

    private void sendPoints() {
        List<Point> page = store.points(entry.run(), entry.pointsThrough(), MOST_METRICS);
        if (!page.isEmpty() && !names.known()) {
            names = SeriesNames.of(store, entry.run());
        }
        while (!page.isEmpty()) {
            List<Point> batch = new ArrayList<>();
            Set<String> series = new HashSet<>();
            long through = entry.pointsThrough();
            for (Point point : page) {
                if (names.isMetric(point.series())) {
                    series.add(point.series());
                    if (series.size() > MOST_NAMES) {
                        break;
                    }
                    batch.add(point);
                }
                through = point.id();
                lastPoint = Optional.of(point.time());
            }
            sendBatch(batch);
            put(through, entry.digest(), false);
            page = store.points(entry.run(), through, MOST_METRICS);
        }
    }

    private void sendBatch(List<Point> points) {
        try {
            log(values(points));
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.REFUSED || doubtful) {
                throw e;
            }
            // servers up to 3.6 refuse some batches for a point that is there already
            doubtful = true;
            log(values(points));
        }
    }

    /** What is to be sent of some points: without those that the server is known to have, by rising step. */
    private List<MlflowServer.Value> values(List<Point> points) {
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
        return there.computeIfAbsent(key, asked -> Place.of(server.history(state.id(), asked, 0)));
    }

    /** Sends values; of one metric any number, of several at most as many as one request takes. */
    private void log(List<MlflowServer.Value> values) {
        for (int from = 0; from < values.size(); from += MOST_METRICS) {
            server.logMetrics(state.id(), values.subList(from, Math.min(values.size(), from + MOST_METRICS)));
        }
    }

    private void sendResults(RunImage image) {
        long time = image.end().orElse(image.start()).toEpochMilli();
        List<MlflowServer.Value> values = image.results().entrySet().stream()
                .map(result -> new MlflowServer.Value(result.getKey(), 0, time, result.getValue()))
                .toList();
        for (int from = 0; from < values.size(); from += MOST_NAMES) {
            log(values.subList(from, Math.min(values.size(), from + MOST_NAMES)));
        }
    }

    private void sendStatus(RunImage image) {
        String status = image.status().name();
        Optional<Instant> end = image.ended() ? Optional.of(end(image)) : Optional.empty();
        long time = end.map(Instant::toEpochMilli).orElse(state.end());
        if (!state.status().equals(status) || state.end() != time) {
            server.update(state.id(), status, end);
            state = state.with(status, time);
        }
    }

    private Instant end(RunImage image) {
        if (image.end().isPresent()) {
            return image.end().get();
        }
        if (lastPoint.isEmpty()) {
            lastPoint = store.points(entry.run(), entry.pointsThrough() - 1, 1).stream()
                    .map(Point::time)
                    .findFirst();
        }
        return lastPoint.orElse(image.start());
    }

    private void sendFiles(RunImage image) {
        image.files().forEach((path, content) -> {
            String digest = new Digest().add(content).hex();
            if (!digest.equals(sent.get(path))) {
                artifacts.put(state.artifacts(), path, content);
                sent.put(path, digest);
            }
        });
    }

    private void put(long through, String digest, boolean complete) {
        Ledger.Entry next = new Ledger.Entry(
                entry.destination(),
                entry.experiment(),
                entry.comparison(),
                entry.run(),
                entry.mlflowRun(),
                through,
                digest,
                complete);
        if (!next.equals(entry)) {
            store.ledger().put(next);
            entry = next;
            channel.movement().recorded();
        }
    }
}
