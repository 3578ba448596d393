package dev.ablate.engine.runs;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import dev.ablate.engine.runs.home.HomeKind;
import dev.ablate.engine.runs.home.HomeUse;
import dev.ablate.engine.runs.note.NoteRows;
import dev.ablate.engine.runs.point.StoredPoints;
import dev.ablate.engine.runs.point.StoredSeries;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.spec.RunKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** The store: a writer, as many readers as there are threads that read, and the leases beside the file. */
final class SqliteStore implements RunStore {

    private final Clock clock;
    private final Database database;
    private final Writer writer;
    private final Leases leases;
    private final Path checkpoints;
    private final DeliveryLedger ledger;
    private final Points points = new Points();

    SqliteStore(Path home, HomeKind kind, Clock clock, Consumer<Path> upgraded, Consumer<String> remarks) {
        this.clock = clock;
        HomeUse use = new HomeUse(home.toAbsolutePath().normalize(), kind, clock, remarks);
        this.database = new Database(home.resolve(Home.STORE), use, upgraded);
        this.writer = new Writer(database);
        this.leases = new Leases(home.resolve("leases"), use::isAlone);
        this.checkpoints = home.resolve("checkpoints");
        this.ledger = new SqlDeliveryLedger(database, writer);
    }

    /** The one thread that writes, for tests that provoke faults there. */
    Writer writer() {
        return writer;
    }

    @Override
    public Optional<RunRecord> find(RunKey key) {
        return database.read(Optional.empty(), c -> AttemptRecords.find(c, key.hex()));
    }

    @Override
    public Map<RunKey, RunRecord> find(Collection<RunKey> keys) {
        return database.read(Map.of(), c -> AttemptRecords.find(c, keys));
    }

    @Override
    public List<RunRecord> findByPrefix(String digits) {
        return database.read(List.of(), c -> AttemptRecords.findByPrefix(c, digits));
    }

    @Override
    public List<RunRecord> newest(int limit) {
        return database.read(List.of(), c -> AttemptRecords.newest(c, limit));
    }

    @Override
    public Optional<RunLog> tryBegin(PlannedRun run, Set<RunStatus> supersede, Provenance provenance) {
        Optional<Lease> lease = leases.take("run " + run.key());
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        boolean begun = false;
        try {
            Optional<RunRecord> before = withCheckpoint(run.key());
            OptionalLong id = writer.alone(false, c -> Attempts.begin(c, run, supersede, provenance, clock.instant()));
            begun = id.isPresent();
            boolean sameAttempt =
                    before.filter(there -> there.id() == id.getAsLong()).isPresent();
            if (begun && !sameAttempt && !isTriedAgain(run, before, supersede)) {
                // it has none of the points that were recorded before the checkpoint
                AttemptLog.removeCheckpoint(checkpoint(run.key()));
            }
            return begun
                    ? Optional.of(new AttemptLog(id.getAsLong(), writer, clock, lease.get(), checkpoint(run.key())))
                    : Optional.empty();
        } finally {
            if (!begun) {
                lease.get().close();
            }
        }
    }

    /** Whether an attempt that has failed is followed by another, of a trainer that reports all that it has measured, from its start. */
    private static boolean isTriedAgain(PlannedRun run, Optional<RunRecord> before, Set<RunStatus> supersede) {
        return before.filter(there -> there.status() == RunStatus.FAILED).isPresent()
                && !supersede.contains(RunStatus.FINISHED)
                && run.trainer().reportsAll();
    }

    @Override
    public Path checkpoint(RunKey key) {
        return checkpoints.resolve(key.hex());
    }

    /** The current attempt at a run that has left something to go on from; looked for only where there is such a thing. */
    private Optional<RunRecord> withCheckpoint(RunKey key) {
        return Files.isDirectory(checkpoint(key)) ? find(key) : Optional.empty();
    }

    @Override
    public boolean submit(PlannedRun run, Set<RunStatus> supersede) {
        Optional<Lease> lease = leases.take("run " + run.key());
        if (lease.isEmpty()) {
            return false;
        }
        try {
            boolean restarts = withCheckpoint(run.key())
                    .filter(there -> supersede.contains(there.status()))
                    .isPresent();
            boolean submits = writer.now(true, c -> Attempts.submit(c, run, supersede, clock.instant()));
            if (submits && restarts) {
                AttemptLog.removeCheckpoint(checkpoint(run.key()));
            }
            return submits;
        } finally {
            lease.get().close();
        }
    }

    @Override
    public Optional<RunRecord> collect(PlannedRun run, RunResult result) {
        Optional<Lease> lease = leases.take("run " + run.key());
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<RunRecord> collected =
                    writer.now(true, c -> Attempts.collect(c, run.key().hex(), result));
            if (collected.filter(there -> there.status() == RunStatus.FINISHED).isPresent()) {
                AttemptLog.removeCheckpoint(checkpoint(run.key()));
            }
            return collected;
        } finally {
            lease.get().close();
        }
    }

    @Override
    public Map<RunKey, RunRecord> collect(List<Elsewhere> results) {
        Map<RunKey, Lease> held = new LinkedHashMap<>();
        try {
            for (Elsewhere each : results) {
                RunKey key = each.run().key();
                leases.take("run " + key).ifPresent(lease -> held.put(key, lease));
            }
            List<Elsewhere> ours = results.stream()
                    .filter(each -> held.containsKey(each.run().key()))
                    .toList();
            Map<RunKey, RunRecord> collected = writer.now(true, c -> Attempts.collect(c, ours, clock.instant()));
            collected.forEach((key, record) -> {
                if (record.status() == RunStatus.FINISHED) {
                    AttemptLog.removeCheckpoint(checkpoint(key));
                }
            });
            return collected;
        } finally {
            held.values().forEach(Lease::close);
        }
    }

    @Override
    public Optional<RunRecord> adopt(RunKey key, int results, Map<String, String> params, RunResult result) {
        Optional<Lease> lease = leases.take("run " + key);
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<RunRecord> adopted = writer.now(true, c -> Attempts.adopt(c, key.hex(), results, params, result));
            if (adopted.isPresent()) {
                AttemptLog.removeCheckpoint(checkpoint(key));
            }
            return adopted;
        } finally {
            lease.get().close();
        }
    }

    @Override
    public boolean adopt(ComparisonRecord comparison, Published published, Optional<Registration> registration) {
        return writer.now(true, c -> Comparisons.adopt(c, comparison, published, registration));
    }

    @Override
    public Provenance provenance(long run) {
        return database.read(Provenance.NONE, c -> Provenance.of(c, run));
    }

    @Override
    public List<Provenance> provenances(String comparison) {
        return database.read(List.of(), c -> Provenance.ofComparison(c, comparison));
    }

    @Override
    public boolean isTrained(RunKey key) {
        return leases.isTaken("run " + key);
    }

    @Override
    public List<Point> points(long run, long after, int limit) {
        return database.read(List.of(), c -> points.after(c, run, after, limit));
    }

    @Override
    public List<Point> series(long run, String name) {
        return database.read(List.of(), c -> Points.series(c, run, name));
    }

    @Override
    public Map<String, StoredSeries> series(long run, Collection<String> names) {
        return database.read(Map.of(), c -> StoredPoints.series(c, run, names));
    }

    @Override
    public List<LoggedNote> notes(long run, long after) {
        return database.read(List.of(), c -> NoteRows.after(c, run, after));
    }

    @Override
    public Map<String, byte[]> files(long run) {
        return database.read(Map.of(), c -> Attempts.files(c, run));
    }

    @Override
    public void record(Plan plan, String experiment) {
        writer.now(false, c -> {
            Comparisons.record(c, plan, experiment, clock.instant());
            return plan;
        });
    }

    @Override
    public void publish(String comparison, Published published) {
        writer.now(false, c -> {
            Comparisons.publish(c, comparison, published, clock.instant());
            return comparison;
        });
    }

    @Override
    public boolean publishAgain(String comparison, String inputs) {
        return writer.now(false, c -> Comparisons.publishAgain(c, comparison, inputs, clock.instant()));
    }

    @Override
    public List<String> begun(String comparison) {
        return database.read(List.of(), c -> Comparisons.begun(c, comparison));
    }

    @Override
    public void register(String comparison, Optional<Registration> registration) {
        writer.now(false, c -> {
            Registration.put(c, comparison, registration);
            return comparison;
        });
    }

    @Override
    public Optional<Registration> registration(String comparison) {
        return database.read(Optional.empty(), c -> Registration.find(c, comparison));
    }

    @Override
    public Optional<ComparisonRecord> comparison(String key) {
        return database.read(Optional.empty(), c -> Comparisons.find(c, key));
    }

    @Override
    public List<ComparisonRecord> comparisons() {
        return database.read(List.of(), Comparisons::all);
    }

    @Override
    public List<StoredEffect> effects(String comparison) {
        return database.read(List.of(), c -> StoredEffect.of(c, comparison));
    }

    @Override
    public Map<String, byte[]> files(String comparison) {
        return database.read(Map.of(), c -> Comparisons.files(c, comparison));
    }

    @Override
    public DeliveryLedger ledger() {
        return ledger;
    }

    @Override
    public Optional<Lease> lease(String name) {
        return leases.take("named " + name);
    }

    @Override
    public void close() {
        // the leases last: until then nobody else may take up what is still being written
        try (leases;
                database;
                writer) {
            // closed in the opposite order
        }
    }
}
