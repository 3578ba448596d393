package dev.ablate.engine.runs;

import dev.ablate.engine.runs.point.StoredPoints;
import dev.ablate.engine.runs.sqlite.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the points of attempts. */
final class Points {

    /** Names of series by number, as far as they were asked for; a store never changes one. */
    private final Map<Integer, String> names = new ConcurrentHashMap<>();

    /** Points of an attempt with an id above {@code after}, rising, at most {@code limit}. */
    List<Point> after(Sql sql, long attempt, long after, int limit) throws SQLException {
        List<Point> found = new ArrayList<>();
        if (limit > 0) {
            StoredPoints.each(sql, attempt, after, (id, series, step, value, time) -> {
                found.add(new Point(id, name(sql, series), step, value, Instant.ofEpochMilli(time)));
                return found.size() < limit;
            });
        }
        return found;
    }

    /** One whole series of an attempt by step. */
    static List<Point> series(Sql sql, long attempt, String name) throws SQLException {
        Optional<Integer> number = StoredPoints.number(sql, name);
        List<Point> found = new ArrayList<>();
        if (number.isPresent()) {
            int wanted = number.get();
            StoredPoints.each(sql, attempt, 0, (id, series, step, value, time) -> {
                if (series == wanted) {
                    found.add(new Point(id, name, step, value, Instant.ofEpochMilli(time)));
                }
                return true;
            });
        }
        // an attempt that was resumed may have added a step between those that were there
        found.sort(Comparator.comparingLong(Point::step));
        return found;
    }

    /** The last point of each metric of an attempt, in the order of recording; no look at the points, however many there are. */
    static List<Point> lastMetrics(Sql sql, long attempt) throws SQLException {
        return sql.list(
                "SELECT latest.id, name, step, value FROM latest JOIN series ON series.id = series WHERE attempt = ?"
                        + " ORDER BY latest.id",
                row -> new Point(row.getLong(1), row.getString(2), row.getLong(3), row.getDouble(4), Instant.EPOCH),
                attempt);
    }

    private String name(Sql sql, int number) throws SQLException {
        String known = names.get(number);
        if (known == null) {
            known = sql.first("SELECT name FROM series WHERE id = ?", row -> row.getString(1), number)
                    .orElseThrow(() -> new SQLException("no series has the number " + number));
            names.put(number, known);
        }
        return known;
    }
}
