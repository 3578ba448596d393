package dev.ablate.engine.runs.point;

import dev.ablate.engine.runs.sqlite.Sql;
import java.sql.SQLException;
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
}
