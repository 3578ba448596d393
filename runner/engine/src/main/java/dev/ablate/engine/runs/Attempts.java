package dev.ablate.engine.runs;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.spec.RunKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Attempts at runs, and their points, in SQL. */
final class Attempts {

    private static final String COLUMNS =
            "id, key, results, status, error, deterministic, started, ended, updates, stopped, train_rows, test_rows";

    private Attempts() {}

    /**
     * Begins or resumes, also what was submitted; the caller has the run's lease, so that nobody else trains it.
     *
     * @param supersede of which status an attempt may be that is given up for a new one
     * @param provenance what it is begun or resumed with
     * @return the attempt's id; empty if one has ended that may not be superseded
     */
    static OptionalLong begin(
            Connection connection, PlannedRun run, Set<RunStatus> supersede, Provenance provenance, Instant now)
            throws SQLException {
        Optional<RunRecord> current = find(connection, run.key().hex());
        if (current.isPresent()) {
            RunRecord there = current.get();
            if (supersede.contains(there.status())) {
                supersede(connection, there.id());
            } else if (there.status() == RunStatus.FINISHED || there.status() == RunStatus.FAILED) {
                return OptionalLong.empty();
            } else {
                goOn(connection, there, provenance, now);
                return OptionalLong.of(there.id());
            }
        }
        long id = insert(connection, run, RunStatus.RUNNING, now);
        Provenance.add(connection, id, provenance.values());
        return OptionalLong.of(id);
    }

    /** Makes an attempt run that has not ended. */
    private static void goOn(Connection connection, RunRecord there, Provenance provenance, Instant now)
            throws SQLException {
        boolean begins = there.status() == RunStatus.QUEUED;
        Sql.change(
                connection,
                "UPDATE attempt SET status = ?, started = ?, ended = NULL, updates = NULL WHERE id = ?",
                RunStatus.RUNNING.name(),
                (begins ? now : there.start()).toEpochMilli(),
                there.id());
        if (begins) {
            Provenance.add(connection, there.id(), provenance.values());
        } else {
            Provenance.resume(connection, there.id(), provenance);
        }
    }

    /**
     * Notes that a run waits to be begun; the caller has the run's lease, so that nobody trains it.
     *
     * @param supersede of which status an attempt may be that is given up for a new one
     * @return false if one has ended that may not be superseded
     */
    static boolean submit(Connection connection, PlannedRun run, Set<RunStatus> supersede, Instant now)
            throws SQLException {
        Optional<RunRecord> current = find(connection, run.key().hex());
        if (current.isPresent()) {
            RunStatus status = current.get().status();
            if (status == RunStatus.QUEUED) {
                return true;
            }
            boolean ended = status == RunStatus.FINISHED || status == RunStatus.FAILED;
            if (ended && !supersede.contains(status)) {
                return false;
            }
            supersede(connection, current.get().id());
        }
        insert(connection, run, RunStatus.QUEUED, now);
        return true;
    }

    /**
     * Stores what a submitted run gave elsewhere; the caller has the run's lease.
     *
     * @return empty if it is not submitted
     */
    static Optional<RunRecord> collect(Connection connection, String key, RunResult result) throws SQLException {
        Optional<RunRecord> queued = find(connection, key).filter(run -> run.status() == RunStatus.QUEUED);
        if (queued.isEmpty()) {
            return Optional.empty();
        }
        long id = queued.get().id();
        Sql.change(
                connection,
                "UPDATE attempt SET started = ? WHERE id = ?",
                result.started().toEpochMilli(),
                id);
        rows(connection, id, result.trainRows(), result.testRows());
        for (Map.Entry<String, byte[]> file : result.files().entrySet()) {
            file(connection, id, file.getKey(), file.getValue());
        }
        Point.addAll(connection, id, result.series());
        Provenance.add(connection, id, new Provenance(result.provenance()).values());
        return Optional.of(end(
                connection,
                id,
                RunStatus.valueOf(result.status().name()),
                result.error(),
                result.deterministic(),
                result.updates(),
                result.stopped(),
                result.parameters(),
                result.ended()));
    }

    private static void supersede(Connection connection, long id) throws SQLException {
        Sql.change(connection, "UPDATE attempt SET superseded = 1 WHERE id = ?", id);
        forgetIfNobodyShows(connection, id);
    }

    private static long insert(Connection connection, PlannedRun run, RunStatus status, Instant now)
            throws SQLException {
        Sql.change(
                connection,
                "INSERT INTO attempt (key, results, status, started) VALUES (?, ?, ?, ?)",
                run.key().hex(),
                RunKey.RESULTS,
                status.name(),
                now.toEpochMilli());
        long id = Sql.number(connection, "SELECT last_insert_rowid()");
        putAll(connection, "INSERT INTO param (attempt, position, path, value) VALUES (?, ?, ?, ?)", id, run.params());
        return id;
    }

    /** Drops a superseded attempt with its points, once no destination shows it any more. */
    static void forgetIfNobodyShows(Connection connection, long id) throws SQLException {
        Sql.change(
                connection,
                "DELETE FROM attempt WHERE id = ? AND superseded = 1"
                        + " AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.attempt = attempt.id)",
                id);
    }

    static void rows(Connection connection, long id, int train, int test) throws SQLException {
        Sql.change(connection, "UPDATE attempt SET train_rows = ?, test_rows = ? WHERE id = ?", train, test, id);
    }

    static void file(Connection connection, long id, String path, byte[] content) throws SQLException {
        Sql.change(
                connection,
                "INSERT OR REPLACE INTO attempt_file (attempt, path, content) VALUES (?, ?, ?)",
                id,
                path,
                content);
    }

    static Map<String, byte[]> files(Connection connection, long id) throws SQLException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Sql.list(
                        connection,
                        "SELECT path, content FROM attempt_file WHERE attempt = ? ORDER BY path",
                        row -> Map.entry(row.getString(1), row.getBytes(2)),
                        id)
                .forEach(file -> files.put(file.getKey(), file.getValue()));
        return files;
    }

    /** Ends an attempt, and returns what the store now knows of it. */
    static RunRecord end(
            Connection connection,
            long id,
            RunStatus status,
            Optional<String> error,
            boolean deterministic,
            long updates,
            boolean stopped,
            Map<String, Double> parameters,
            Instant now)
            throws SQLException {
        Sql.change(
                connection,
                "UPDATE attempt SET status = ?, error = ?, deterministic = ?, updates = ?, stopped = ?, ended = max(started, ?)"
                        + " WHERE id = ?",
                status.name(),
                error.orElse(null),
                deterministic ? 1 : 0,
                updates,
                stopped ? 1 : 0,
                now.toEpochMilli(),
                id);
        putAll(
                connection,
                "INSERT INTO parameter (attempt, position, name, value) VALUES (?, ?, ?, ?)",
                id,
                parameters);
        return records(connection, "WHERE id = ?", id).get(0);
    }

    private static void putAll(Connection connection, String sql, long id, Map<String, ?> values) throws SQLException {
        int position = 0;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<String, ?> value : values.entrySet()) {
                insert.setLong(1, id);
                insert.setInt(2, position++);
                insert.setString(3, value.getKey());
                insert.setObject(4, value.getValue());
                insert.executeUpdate();
            }
        }
    }

    /** The current attempt at a run. */
    static Optional<RunRecord> find(Connection connection, String key) throws SQLException {
        return records(connection, "WHERE key = ? AND superseded = 0", key).stream()
                .findFirst();
    }

    static List<RunRecord> findByPrefix(Connection connection, String digits) throws SQLException {
        String from = digits.toLowerCase(Locale.ROOT);
        if (!from.matches("[0-9a-f]*")) {
            return List.of();
        }
        // 'g' comes after every hex digit
        return records(connection, "WHERE key >= ? AND key < ? AND superseded = 0 ORDER BY key", from, from + "g");
    }

    static List<RunRecord> newest(Connection connection, int limit) throws SQLException {
        return records(connection, "WHERE superseded = 0 ORDER BY started DESC, id DESC LIMIT ?", limit);
    }

    private static List<RunRecord> records(Connection connection, String where, Object... arguments)
            throws SQLException {
        return Sql.list(
                connection, "SELECT " + COLUMNS + " FROM attempt " + where, row -> record(connection, row), arguments);
    }

    private static RunRecord record(Connection connection, ResultSet row) throws SQLException {
        long id = row.getLong("id");
        List<Point> last = lastMetrics(connection, id);
        long reached = last.stream()
                .filter(point -> !point.isReported())
                .mapToLong(Point::step)
                .max()
                .orElse(0);
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Point point : last) {
            if (point.isReported() || point.step() == reached) {
                metrics.put(point.series(), point.value());
            }
        }
        long ended = row.getLong("ended");
        Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
        long updates = row.getLong("updates");
        return new RunRecord(
                id,
                new RunKey(row.getString("key")),
                row.getInt("results"),
                RunStatus.valueOf(row.getString("status")),
                Optional.ofNullable(row.getString("error")),
                row.getBoolean("deterministic"),
                Instant.ofEpochMilli(row.getLong("started")),
                end,
                end.isPresent() ? updates : reached,
                row.getBoolean("stopped"),
                row.getInt("train_rows"),
                row.getInt("test_rows"),
                map(
                        connection,
                        "SELECT path, value FROM param WHERE attempt = ? ORDER BY position",
                        id,
                        ResultSet::getString),
                metrics,
                map(
                        connection,
                        "SELECT name, value FROM parameter WHERE attempt = ? ORDER BY position",
                        id,
                        Attempts::number));
    }

    /** The last point of each metric, in the order of recording; one look into the index a metric, however long the run. */
    private static List<Point> lastMetrics(Connection connection, long id) throws SQLException {
        return Sql.list(
                connection,
                "SELECT point.id, name, step, value, time FROM series JOIN point ON attempt = ?1 AND series = series.id"
                        + " AND step = (SELECT max(step) FROM point WHERE attempt = ?1 AND series = series.id)"
                        + " WHERE name NOT LIKE '" + Point.WEIGHTS + "%' ORDER BY point.id",
                Point::read,
                id);
    }

    private static <T> Map<String, T> map(Connection connection, String sql, long id, Column<T> column)
            throws SQLException {
        Map<String, T> found = new LinkedHashMap<>();
        Collection<Map.Entry<String, T>> entries =
                Sql.list(connection, sql, row -> Map.entry(row.getString(1), column.of(row, 2)), id);
        entries.forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private interface Column<T> {
        T of(ResultSet row, int index) throws SQLException;
    }

    /** SQLite keeps NaN, which a parameter of a network with a dead part may be, as NULL. */
    private static Double number(ResultSet row, int index) throws SQLException {
        double value = row.getDouble(index);
        return row.wasNull() ? Double.NaN : value;
    }
}
