package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.mlflow.client.Artifacts;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.image.RunImage;
import dev.ablate.mlflow.image.SeriesNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a delivered run back, and compares it with what the store has. */
final class Reader {

    private static final int PAGE = 5000;

    private final RunStore store;
    private final MlflowServer server;
    private final Artifacts artifacts;
    private final SeriesNames names;

    Reader(Channel channel, SeriesNames names) {
        this.store = channel.store();
        this.server = channel.server();
        this.artifacts = channel.artifacts();
        this.names = names;
    }

    /**
     * Compares params, tags, status, metrics and the sizes of files.
     *
     * @param attempt whose points
     * @param state the server's run, just read
     * @param points whether points are to be compared too, each of each metric
     */
    ReadBack compare(RunImage image, long attempt, MlflowServer.Run state, boolean points) {
        List<String> differences = new ArrayList<>();
        image.params().forEach((key, value) -> {
            String there = state.params().get(key);
            if (!value.equals(there)) {
                differences.add("param " + key + " is " + quoted(there) + " there, " + quoted(value) + " here");
            }
        });
        image.tags().forEach((key, value) -> {
            String there = state.tags().get(key);
            if (!value.equals(there)) {
                differences.add("tag " + key + " is " + quoted(there) + " there, " + quoted(value) + " here");
            }
        });
        if (!state.status().equals(image.status().name())) {
            differences.add("its status is " + state.status() + " there, " + image.status() + " here");
        }
        List<List<Point>> missing = new ArrayList<>();
        List<String> excess = new ArrayList<>();
        if (points) {
            for (Series series : series(attempt)) {
                compare(series, attempt, state, differences, excess).ifPresent(missing::add);
            }
        }
        image.results().forEach((key, value) -> {
            MlflowServer.Value there = state.latest().get(key);
            if (there == null || there.value() != value) {
                differences.add("metric " + key + " differs");
            }
        });
        Set<String> files = artifacts.missing(state.artifacts(), image.files());
        files.forEach(path -> differences.add("file " + path + " is missing or of another size"));
        return new ReadBack(differences, missing, files, excess.stream().findFirst());
    }

    private Optional<List<Point>> compare(
            Series series, long attempt, MlflowServer.Run state, List<String> differences, List<String> excess) {
        String key = names.key(series.name);
        if (series.count == 1 && series.isLast(state.latest().get(key))) {
            // the state has it, and a request less for each metric that is measured once
            return Optional.empty();
        }
        List<MlflowServer.Value> there = server.history(state.id(), key, series.count);
        Set<MetricSender.Place> places = MetricSender.Place.of(there);
        List<Point> here = store.series(attempt, series.name);
        Set<MetricSender.Place> ours = MetricSender.Place.ofPoints(here);
        if (there.size() > places.size()) {
            excess.add("the points of metric " + key + " are there more than once");
        } else if (!ours.containsAll(places)) {
            excess.add("metric " + key + " has other points there");
        }
        List<Point> missing = here.stream()
                .filter(point -> !places.contains(new MetricSender.Place(point.step(), point.value())))
                .toList();
        Optional<MlflowServer.Value> last = there.stream().max(Comparator.comparingLong(MlflowServer.Value::step));
        if (there.size() != series.count) {
            differences.add("metric " + key + " has " + there.size() + " points there, " + series.count + " here");
        } else if (last.isPresent() && last.get().value() != series.last) {
            differences.add("metric " + key + " ends at " + last.get().value() + " there, at " + series.last + " here");
        } else if (!missing.isEmpty()) {
            differences.add(
                    "metric " + key + " differs at step " + missing.get(0).step());
        } else {
            return Optional.empty();
        }
        return Optional.of(missing);
    }

    /** What one metric comes to in the store. */
    private static final class Series {
        private final String name;
        private long count;
        private long step = -1;
        private double last;

        private Series(String name) {
            this.name = name;
        }

        private boolean isLast(MlflowServer.@Nullable Value there) {
            return there != null && there.step() == step && there.value() == last;
        }

        private void add(Point point) {
            count++;
            if (point.step() >= step) {
                step = point.step();
                last = point.value();
            }
        }
    }

    private List<Series> series(long attempt) {
        Map<String, Series> found = new LinkedHashMap<>();
        List<Point> page = store.points(attempt, 0, PAGE);
        while (!page.isEmpty()) {
            for (Point point : page) {
                if (names.isMetric(point.series())) {
                    found.computeIfAbsent(point.series(), Series::new).add(point);
                }
            }
            page = store.points(attempt, page.get(page.size() - 1).id(), PAGE);
        }
        return List.copyOf(found.values());
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "missing";
        }
        return "'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'";
    }

    /**
     * In what the server's run is not the store's.
     *
     * @param differences in words
     * @param points that the server lacks, one list a metric
     * @param files that the server lacks or has in another size, by path
     * @param excess what the server has of points that nobody can take away, in words; empty if nothing
     */
    record ReadBack(List<String> differences, List<List<Point>> points, Set<String> files, Optional<String> excess) {

        /** How much it is, in a few words: {@code 4 points differ}. */
        String summary() {
            List<String> parts = new ArrayList<>();
            count(parts, points.stream().mapToInt(List::size).sum(), "point");
            count(parts, files.size(), "file");
            count(parts, beginningWith("param "), "param");
            count(parts, beginningWith("tag "), "tag");
            return parts.isEmpty() ? differences.get(0) : String.join(" and ", parts);
        }

        private int beginningWith(String kind) {
            return (int) differences.stream()
                    .filter(difference -> difference.startsWith(kind))
                    .count();
        }

        private static void count(List<String> parts, int count, String what) {
            if (count > 0) {
                parts.add(count + " " + what + (count == 1 ? " differs" : "s differ"));
            }
        }

        ReadBack {
            differences = List.copyOf(differences);
            points = List.copyOf(points);
            files = Set.copyOf(files);
        }

        /** With further differences. */
        ReadBack with(List<String> more) {
            List<String> all = new ArrayList<>(differences);
            all.addAll(more);
            return new ReadBack(all, points, files, excess);
        }
    }
}
