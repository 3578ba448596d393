package dev.ablate.engine.tracking;

import com.google.gson.Gson;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.ComparisonRecord.Member;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A tracker whose server is a folder, with a JSON file a run; broken on purpose where a test wants it. */
final class FolderTracker implements Tracker {

    private static final Gson GSON = new Gson();

    /** In which way it is broken. */
    enum Fault {
        NONE,
        /** The last point of a run does not arrive, and nobody looks. */
        LOSES,
        /** A run that the ledger does not know is made, whether it is there or not. */
        DOUBLES,
        /** A run that goes on replaces what was there. */
        FORGETS,
        /** A refusal is taken for an answer. */
        SILENT
    }

    private final Fault fault;

    FolderTracker(Fault fault) {
        this.fault = fault;
    }

    /** A folder. */
    record Place(Path folder) implements Destination {
        @Override
        public String id() {
            return folder.toString();
        }

        @Override
        public URI address() {
            return folder.toUri();
        }
    }

    /** A run in its file: values of one series by step, in the order of their arrival. */
    record Stored(String id, String key, Map<String, String> params, List<Long> steps) {}

    @Override
    public String name() {
        return "a folder";
    }

    @Override
    public Optional<Destination> destination(Optional<String> named) {
        return named.map(text -> {
            if (text.isBlank()) {
                throw new TrackingException("a destination must be a folder, got '" + text + "'");
            }
            return new Place(Path.of(text));
        });
    }

    @Override
    public Optional<Destination> own() {
        return Optional.empty();
    }

    @Override
    public String experiment(Optional<String> named, Optional<String> spec, String comparison) {
        return named.or(() -> spec).orElse(comparison);
    }

    @Override
    public Delivery begin(RunStore store, Destination destination, Purpose purpose) {
        return new FolderDelivery(store, (Place) destination);
    }

    @Override
    public boolean isComplete(RunStore store, ComparisonRecord comparison, Map<Long, DeliveryLedger.Entry> entries) {
        return entries.containsKey(DeliveryLedger.PARENT)
                && comparison.members().stream()
                        .map(Member::run)
                        .allMatch(run -> Optional.ofNullable(entries.get(run.id()))
                                .filter(DeliveryLedger.Entry::complete)
                                .filter(entry ->
                                        entry.digest().equals(run.status().name()))
                                .filter(entry -> store.points(run.id(), entry.pointsThrough(), 1)
                                        .isEmpty())
                                .isPresent());
    }

    /** All runs that are filed under a name. */
    static List<Stored> runs(Place place, String experiment) {
        Path folder = place.folder().resolve(experiment);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(FolderTracker::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stored read(Path file) {
        try {
            return GSON.fromJson(Files.readString(file), Stored.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class FolderDelivery implements Delivery {

        private final RunStore store;
        private final Place place;
        private final Set<String> watched = new LinkedHashSet<>();

        FolderDelivery(RunStore store, Place place) {
            this.store = store;
            this.place = place;
        }

        @Override
        public Destination destination() {
            return place;
        }

        @Override
        public void watch(String comparison) {
            watched.add(comparison);
        }

        @Override
        public Report finish(Duration patience) {
            Set<String> complete = new LinkedHashSet<>();
            Map<Long, String> runs = new HashMap<>();
            Optional<String> problem = Optional.empty();
            int kept = 0;
            for (String key : watched) {
                ComparisonRecord comparison = store.comparison(key).orElseThrow();
                for (Member member : comparison.members()) {
                    try {
                        runs.put(member.run().id(), deliver(comparison, member.run()));
                    } catch (IOException e) {
                        kept++;
                        problem = Optional.of("the folder refused it: " + e.getMessage());
                    }
                }
                if (kept == 0) {
                    note(comparison, DeliveryLedger.PARENT, "parent", 0, "");
                    complete.add(key);
                }
            }
            String remedy = problem.isPresent() ? "Make room there" : "";
            return new Report(complete, kept, problem, remedy, Map.of(), runs, Map.of(), Map.of(), List.of());
        }

        private String deliver(ComparisonRecord comparison, RunRecord run) throws IOException {
            Path folder = place.folder().resolve(comparison.experiment());
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                if (fault == Fault.SILENT) {
                    return "none";
                }
                throw e;
            }
            Optional<DeliveryLedger.Entry> known =
                    store.ledger().find(place.id(), comparison.experiment(), comparison.key(), run.id());
            String id = known.map(DeliveryLedger.Entry::remoteRun).orElseGet(() -> id(folder, run));
            Path file = folder.resolve(id);
            long through = known.map(DeliveryLedger.Entry::pointsThrough).orElse(0L);
            List<Point> points = store.points(run.id(), through, Integer.MAX_VALUE);
            List<Long> steps = new ArrayList<>();
            if (Files.exists(file) && fault != Fault.FORGETS) {
                steps.addAll(read(file).steps());
            }
            int most = fault == Fault.LOSES ? points.size() - 1 : points.size();
            points.stream()
                    .limit(most)
                    .map(Point::step)
                    .filter(step -> !steps.contains(step))
                    .forEach(steps::add);
            Files.writeString(file, GSON.toJson(new Stored(id, run.key().hex(), new TreeMap<>(run.params()), steps)));
            long last =
                    points.isEmpty() ? through : points.get(points.size() - 1).id();
            note(comparison, run.id(), id, last, run.status().name());
            return id;
        }

        private String id(Path folder, RunRecord run) {
            String plain = run.key().hex().substring(0, 16);
            String id = plain;
            for (int k = 2; fault == Fault.DOUBLES && Files.exists(folder.resolve(id)); k++) {
                id = plain + "-" + k;
            }
            return id;
        }

        private void note(ComparisonRecord comparison, long run, String id, long through, String digest) {
            boolean ended = !digest.equals(RunStatus.RUNNING.name());
            store.ledger()
                    .put(new DeliveryLedger.Entry(
                            place.id(), comparison.experiment(), comparison.key(), run, id, through, digest, ended));
        }

        @Override
        public void close() {}
    }
}
