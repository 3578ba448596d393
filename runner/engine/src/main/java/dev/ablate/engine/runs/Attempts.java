package dev.ablate.engine.runs;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.note.NoteRows;
import dev.ablate.engine.runs.point.PointWriter;
import dev.ablate.engine.runs.point.Stretch;
import dev.ablate.engine.runs.sqlite.Sql;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.spec.RunKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attempts at runs, and their points, in SQL. */
final class Attempts {

    private Attempts() {}

    /** What is to be known of a run's current attempt to go on with it, or not. */
    private record Current(long id, RunStatus status, long started) {}

    private static Optional<Current> current(Sql sql, String key) throws SQLException {
        return sql.first(
                "SELECT id, status, started FROM attempt WHERE key = ? AND superseded = 0",
                row -> new Current(row.getLong(1), RunStatus.valueOf(row.getString(2)), row.getLong(3)),
                key);
    }

    /**
     * Begins or resumes, also what was submitted; the caller has the run's lease, so that nobody else trains it.
     *
     * @param supersede of which status an attempt may be that is given up for a new one
     * @param provenance what it is begun or resumed with
     * @return the attempt's id; empty if one has ended that may not be superseded
     */
    static OptionalLong begin(Sql sql, PlannedRun run, Set<RunStatus> supersede, Provenance provenance, Instant now)
            throws SQLException {
        Optional<Current> current = current(sql, run.key().hex());
        if (current.isPresent()) {
            Current there = current.get();
            if (supersede.contains(there.status())) {
                supersede(sql, there.id());
            } else if (there.status().hasEnded()) {
                return OptionalLong.empty();
            } else {
                goOn(sql, there, provenance, now);
                return OptionalLong.of(there.id());
            }
        }
        long id = insert(sql, run, RunStatus.RUNNING, now);
        Provenance.add(sql, id, provenance.values());
        return OptionalLong.of(id);
    }

    /** Makes an attempt run that has not ended. */
    private static void goOn(Sql sql, Current there, Provenance provenance, Instant now) throws SQLException {
        boolean begins = there.status() == RunStatus.QUEUED;
        sql.change(
                "UPDATE attempt SET status = ?, started = ?, ended = NULL, updates = NULL WHERE id = ?",
                RunStatus.RUNNING.name(),
                begins ? now.toEpochMilli() : there.started(),
                there.id());
        if (begins) {
            Provenance.add(sql, there.id(), provenance.values());
        } else {
            Provenance.resume(sql, there.id(), provenance);
        }
    }

    /**
     * Notes that a run waits to be begun; the caller has the run's lease, so that nobody trains it.
     *
     * @param supersede of which status an attempt may be that is given up for a new one
     * @return false if one has ended that may not be superseded
     */
    static boolean submit(Sql sql, PlannedRun run, Set<RunStatus> supersede, Instant now) throws SQLException {
        Optional<Current> current = current(sql, run.key().hex());
        if (current.isPresent()) {
            RunStatus status = current.get().status();
            if (status == RunStatus.QUEUED) {
                return true;
            }
            if (status.hasEnded() && !supersede.contains(status)) {
                return false;
            }
            supersede(sql, current.get().id());
        }
        insert(sql, run, RunStatus.QUEUED, now);
        return true;
    }

    /**
     * Stores what a submitted run gave elsewhere; the caller has the run's lease.
     *
     * @return empty if it is not submitted
     */
    static Optional<RunRecord> collect(Sql sql, String key, RunResult result) throws SQLException {
        Optional<Current> queued = current(sql, key).filter(run -> run.status() == RunStatus.QUEUED);
        if (queued.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(fill(sql, queued.get().id(), result));
    }

    /**
     * Stores what runs gave elsewhere, which may be submitted by that; the caller has their leases.
     *
     * @return those that had not ended, by key
     */
    static Map<RunKey, RunRecord> collect(Sql sql, List<RunStore.Elsewhere> results, Instant now) throws SQLException {
        Map<RunKey, RunRecord> collected = new LinkedHashMap<>();
        for (RunStore.Elsewhere each : results) {
            RunKey key = each.run().key();
            if (submit(sql, each.run(), Set.of(), now)) {
                collect(sql, key.hex(), each.result()).ifPresent(record -> collected.put(key, record));
            }
        }
        return collected;
    }

    /**
     * Stores a run that finished in another store; the caller has the run's lease. One that has not ended is given up for it.
     *
     * @param results the number of results in its key
     * @param params what it depends on, by dotted path
     * @return empty if one has ended here
     */
    static Optional<RunRecord> adopt(Sql sql, String key, int results, Map<String, String> params, RunResult result)
            throws SQLException {
        Optional<Current> current = current(sql, key);
        if (current.isPresent()) {
            if (current.get().status().hasEnded()) {
                return Optional.empty();
            }
            supersede(sql, current.get().id());
        }
        return Optional.of(fill(sql, insert(sql, key, results, params, RunStatus.QUEUED, result.started()), result));
    }

    /** Stores in an attempt what it gave elsewhere. */
    private static RunRecord fill(Sql sql, long id, RunResult result) throws SQLException {
        sql.change(
                "UPDATE attempt SET started = ? WHERE id = ?", result.started().toEpochMilli(), id);
        rows(sql, id, result.trainRows(), result.testRows());
        for (Map.Entry<String, byte[]> file : result.files().entrySet()) {
            file(sql, id, file.getKey(), file.getValue());
        }
        NoteRows.add(sql, id, NoteRows.nextStart(sql, id), result.notes());
        new PointWriter(id).write(sql, Stretch.of(result.series()));
        Provenance.add(sql, id, new Provenance(result.provenance()).values());
        return end(
                sql,
                id,
                RunStatus.valueOf(result.status().name()),
                result.error(),
                result.deterministic(),
                result.updates(),
                result.stopped(),
                result.parameters(),
                result.ended());
    }

    private static void supersede(Sql sql, long id) throws SQLException {
        sql.change("UPDATE attempt SET superseded = 1 WHERE id = ?", id);
        forgetIfNobodyShows(sql, id);
    }

    private static long insert(Sql sql, PlannedRun run, RunStatus status, Instant now) throws SQLException {
        return insert(sql, run.key().hex(), RunKey.RESULTS, run.params(), status, now);
    }

    private static long insert(
            Sql sql, String key, int results, Map<String, String> params, RunStatus status, Instant now)
            throws SQLException {
        sql.change(
                "INSERT INTO attempt (key, results, status, started) VALUES (?, ?, ?, ?)",
                key,
                results,
                status.name(),
                now.toEpochMilli());
        long id = sql.number("SELECT last_insert_rowid()");
        putAll(sql, "INSERT INTO param (attempt, position, path, value) VALUES (?, ?, ?, ?)", id, params);
        return id;
    }

    /** Drops a superseded attempt with its points, once no destination shows it any more. */
    static void forgetIfNobodyShows(Sql sql, long id) throws SQLException {
        sql.change(
                "DELETE FROM attempt WHERE id = ? AND superseded = 1"
                        + " AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.attempt = attempt.id)",
                id);
    }

    static void rows(Sql sql, long id, int train, int test) throws SQLException {
        sql.change("UPDATE attempt SET train_rows = ?, test_rows = ? WHERE id = ?", train, test, id);
    }

    static void file(Sql sql, long id, String path, byte[] content) throws SQLException {
        sql.change("INSERT OR REPLACE INTO attempt_file (attempt, path, content) VALUES (?, ?, ?)", id, path, content);
    }

    static Map<String, byte[]> files(Sql sql, long id) throws SQLException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        sql.list(
                        "SELECT path, content FROM attempt_file WHERE attempt = ? ORDER BY path",
                        row -> Map.entry(row.getString(1), row.getBytes(2)),
                        id)
                .forEach(file -> files.put(file.getKey(), file.getValue()));
        return files;
    }

    /** Ends an attempt, and returns what the store now knows of it. */
    static RunRecord end(
            Sql sql,
            long id,
            RunStatus status,
            Optional<String> error,
            boolean deterministic,
            long updates,
            boolean stopped,
            Map<String, Double> parameters,
            Instant now)
            throws SQLException {
        sql.change(
                "UPDATE attempt SET status = ?, error = ?, deterministic = ?, updates = ?, stopped = ?, ended = max(started, ?)"
                        + " WHERE id = ?",
                status.name(),
                error.orElse(null),
                deterministic ? 1 : 0,
                updates,
                stopped ? 1 : 0,
                now.toEpochMilli(),
                id);
        putAll(sql, "INSERT INTO parameter (attempt, position, name, value) VALUES (?, ?, ?, ?)", id, parameters);
        return AttemptRecords.of(sql, id);
    }

    private static void putAll(Sql sql, String insert, long id, Map<String, ?> values) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        values.forEach((name, value) -> rows.add(new Object[] {id, rows.size(), name, value}));
        sql.changeAll(insert, rows);
    }
}
