package dev.ablate.engine.runs;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RunKey;
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
            "id, key, status, error, deterministic, started, ended, updates, stopped, train_rows, test_rows";

    private Attempts() {}

    /**
     * Begins or resumes; the caller has the run's lease, so that nobody else trains it.
     *
     * @param supersede of which status an attempt may be that is given up for a new one
     * @param provenance what it is begun or resumed with
     * @return the attempt's id; empty if one has ended that may not be superseded
     */
    static OptionalLong begin(
            Connection connection, PlannedRun run, Set<RunStatus> supersede, Provenance provenance, Instant now)
            throws SQLException {
        String key = run.key().hex();
        Optional<RunRecord> current = find(connection, key);
        if (current.isPresent()) {
            RunRecord there = current.get();
            boolean interrupted = there.status() == RunStatus.RUNNING || there.status() == RunStatus.KILLED;
            if (supersede.contains(there.status())) {
                Sql.change(connection, "UPDATE attempt SET superseded = 1 WHERE id = ?", there.id());
                forgetIfNobodyShows(connection, there.id());
            } else if (interrupted) {
                Sql.change(
                        connection,
                        "UPDATE attempt SET status = ?, ended = NULL, updates = NULL WHERE id = ?",
                        RunStatus.RUNNING.name(),
                        there.id());
                Provenance.resume(connection, there.id(), provenance);
                return OptionalLong.of(there.id());
            } else {
                return OptionalLong.empty();
            }
        }
        Sql.change(
                connection,
                "INSERT INTO attempt (key, status, started) VALUES (?, ?, ?)",
                key,
                RunStatus.RUNNING.name(),
                now.toEpochMilli());
        long id = Sql.number(connection, "SELECT last_insert_rowid()");
        putAll(connection, "INSERT INTO param (attempt, position, path, value) VALUES (?, ?, ?, ?)", id, run.params());
        Provenance.add(connection, id, provenance.values());
        return OptionalLong.of(id);
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

    /**
     * Adds the values of one step, less those that are there already.
     *
     * @param series ids of series by name, as far as they are known; what is looked up is added
     */
    static void points(
            Connection connection, long id, long step, Map<String, Double> values, long time, Map<String, Long> series)
            throws SQLException {
        try (PreparedStatement point = connection.prepareStatement(
                "INSERT OR IGNORE INTO point (attempt, series, step, value, time) VALUES (?, ?, ?, ?, ?)")) {
            for (Map.Entry<String, Double> value : values.entrySet()) {
                Long known = series.get(value.getKey());
                if (known == null) {
                    known = seriesId(connection, value.getKey());
                    series.put(value.getKey(), known);
                }
                point.setLong(1, id);
                point.setLong(2, known);
                point.setLong(3, step);
                point.setDouble(4, value.getValue());
                point.setLong(5, time);
                point.executeUpdate();
            }
        }
    }

    private static long seriesId(Connection connection, String name) throws SQLException {
        Sql.change(connection, "INSERT OR IGNORE INTO series (name) VALUES (?)", name);
        return Sql.number(connection, "SELECT id FROM series WHERE name = ?", name);
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

    static List<Point> points(Connection connection, long id, long after, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT point.id, name, step, value, time FROM point JOIN series ON series.id = series"
                        + " WHERE attempt = ? AND point.id > ? ORDER BY point.id LIMIT ?",
                Attempts::point,
                id,
                after,
                limit);
    }

    static List<Point> series(Connection connection, long id, String name) throws SQLException {
        return Sql.list(
                connection,
                "SELECT point.id, name, step, value, time FROM point JOIN series ON series.id = series"
                        + " WHERE attempt = ? AND name = ? ORDER BY step",
                Attempts::point,
                id,
                name);
    }

    private static Point point(ResultSet row) throws SQLException {
        return new Point(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getDouble(4),
                Instant.ofEpochMilli(row.getLong(5)));
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
                Attempts::point,
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
