package dev.ablate.engine.runs.point;

import dev.ablate.engine.runs.sqlite.Sql;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the points of attempts, whose series have numbers. */
public final class StoredPoints {

    private StoredPoints() {}

    /** The id of an attempt's last point; 0 if it has none. */
    public static long last(Sql sql, long attempt) throws SQLException {
        return sql.number("SELECT coalesce(max(last), 0) FROM chunk WHERE attempt = ?", attempt);
    }

    /** The number of a series, if it has one. */
    public static Optional<Integer> number(Sql sql, String name) throws SQLException {
        return sql.first("SELECT id FROM series WHERE name = ?", row -> row.getInt(1), name);
    }

    /** Looks at the points of an attempt with an id above {@code after}, rising. */
    public static void each(Sql sql, long attempt, long after, Chunk.Look look) throws SQLException {
        sql.each(
                "SELECT last, content FROM chunk WHERE attempt = ? AND last > ? ORDER BY last",
                row -> Chunk.of(row.getBytes(2))
                        .each(
                                row.getLong(1),
                                (id, series, step, value, time) ->
                                        id <= after || look.at(id, series, step, value, time)),
                attempt,
                after);
    }

    /** Some series of an attempt, by name; those that were not recorded are absent. */
    public static Map<String, StoredSeries> series(Sql sql, long attempt, Collection<String> names)
            throws SQLException {
        Map<Integer, StoredSeries.Reading> wanted = new HashMap<>();
        Map<String, StoredSeries.Reading> byName = new LinkedHashMap<>();
        for (String name : names) {
            Optional<Integer> number = number(sql, name);
            if (number.isPresent()) {
                StoredSeries.Reading reading = new StoredSeries.Reading();
                wanted.put(number.get(), reading);
                byName.put(name, reading);
            }
        }
        each(sql, attempt, 0, (id, series, step, value, time) -> {
            StoredSeries.Reading reading = wanted.get(series);
            if (reading != null) {
                reading.add(step, value);
            }
            return true;
        });
        Map<String, StoredSeries> found = new LinkedHashMap<>();
        byName.forEach((name, reading) -> {
            StoredSeries series = reading.series();
            if (series.size() > 0) {
                found.put(name, series);
            }
        });
        return found;
    }
}
