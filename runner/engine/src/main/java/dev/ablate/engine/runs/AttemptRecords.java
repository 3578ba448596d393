package dev.ablate.engine.runs;

import dev.ablate.engine.runs.note.NoteRows;
import dev.ablate.engine.runs.sqlite.Sql;
import dev.ablate.worker.spec.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what is known of attempts. */
final class AttemptRecords {

    private static final String SELECT =
            "SELECT id, key, results, status, error, deterministic, started, ended, updates,"
                    + " stopped, train_rows, test_rows FROM attempt ";

    private AttemptRecords() {}

    /** The current attempt at a run. */
    static Optional<RunRecord> find(Sql sql, String key) throws SQLException {
        return records(sql, "WHERE key = ? AND superseded = 0", key).stream().findFirst();
    }

    /** The current attempts at some runs, by key. */
    static Map<RunKey, RunRecord> find(Sql sql, Collection<RunKey> keys) throws SQLException {
        Map<RunKey, RunRecord> found = new LinkedHashMap<>();
        for (RunKey key : keys) {
            find(sql, key.hex()).ifPresent(record -> found.put(key, record));
        }
        return found;
    }

    static List<RunRecord> findByPrefix(Sql sql, String digits) throws SQLException {
        String from = digits.toLowerCase(Locale.ROOT);
        if (!from.matches("[0-9a-f]*")) {
            return List.of();
        }
        // 'g' comes after every hex digit
        return records(sql, "WHERE key >= ? AND key < ? AND superseded = 0 ORDER BY key", from, from + "g");
    }

    static List<RunRecord> newest(Sql sql, int limit) throws SQLException {
        return records(sql, "WHERE superseded = 0 ORDER BY started DESC, id DESC LIMIT ?", limit);
    }

    /** An attempt that there is. */
    static RunRecord of(Sql sql, long id) throws SQLException {
        return records(sql, "WHERE id = ?", id).get(0);
    }

    private static List<RunRecord> records(Sql sql, String where, Object... arguments) throws SQLException {
        return sql.list(SELECT + where, row -> record(sql, row), arguments);
    }

    private static RunRecord record(Sql sql, ResultSet row) throws SQLException {
        long id = row.getLong(1);
        List<Point> last = Points.lastMetrics(sql, id);
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
        long ended = row.getLong(8);
        Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
        return new RunRecord(
                id,
                new RunKey(row.getString(2)),
                row.getInt(3),
                RunStatus.valueOf(row.getString(4)),
                Optional.ofNullable(row.getString(5)),
                row.getBoolean(6),
                Instant.ofEpochMilli(row.getLong(7)),
                end,
                end.isPresent() ? row.getLong(9) : reached,
                row.getBoolean(10),
                row.getInt(11),
                row.getInt(12),
                map(sql, "SELECT path, value FROM param WHERE attempt = ? ORDER BY position", id, ResultSet::getString),
                metrics,
                map(
                        sql,
                        "SELECT name, value FROM parameter WHERE attempt = ? ORDER BY position",
                        id,
                        AttemptRecords::number),
                NoteRows.remark(sql, id));
    }

    private interface Column<T> {
        T of(ResultSet row, int index) throws SQLException;
    }

    private static <T> Map<String, T> map(Sql sql, String query, long id, Column<T> column) throws SQLException {
        Map<String, T> found = new LinkedHashMap<>();
        sql.each(
                query,
                row -> {
                    found.put(row.getString(1), column.of(row, 2));
                    return true;
                },
                id);
        return found;
    }

    /** SQLite keeps NaN, which a parameter of a network with a dead part may be, as NULL. */
    private static Double number(ResultSet row, int index) throws SQLException {
        double value = row.getDouble(index);
        return row.wasNull() ? Double.NaN : value;
    }
}
