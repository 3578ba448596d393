package dev.ablate.engine.runs.point;

import dev.ablate.engine.runs.sqlite.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The step to format 8: a row has many points, and an attempt's points have numbers of their own, from 1. */
public final class PointsToChunks {

    /** So many points of an attempt are in memory at most, but for those of one step. */
    private static final int MOST_POINTS = 100_000;

    private final Sql sql;

    /** Of the attempt whose points are being read. */
    private @Nullable PointWriter writer;

    private long attempt;
    private List<Stretch> stretches = new ArrayList<>();
    private int points;

    /** The step that is being read. */
    private final Map<String, Double> values = new LinkedHashMap<>();

    private long step;
    private long time;

    private PointsToChunks(Sql sql) {
        this.sql = sql;
    }

    public static void change(Sql sql) throws SQLException {
        sql.run("""
                CREATE TABLE chunk (
                  attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
                  last INTEGER NOT NULL,
                  content BLOB NOT NULL,
                  PRIMARY KEY (attempt, last)
                )""");
        sql.run("""
                CREATE TABLE latest (
                  attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
                  series INTEGER NOT NULL REFERENCES series,
                  id INTEGER NOT NULL,
                  step INTEGER NOT NULL,
                  value NOT NULL,
                  PRIMARY KEY (attempt, series)
                ) WITHOUT ROWID""");
        new PointsToChunks(sql).write();
        sql.run("UPDATE delivery SET points_through = (SELECT count(*) FROM point"
                + " WHERE point.attempt = delivery.attempt AND point.id <= points_through)");
        sql.run("DROP TABLE point");
    }

    private void write() throws SQLException {
        sql.each(
                "SELECT attempt, name, step, value, time FROM point JOIN series ON series.id = series"
                        + " ORDER BY attempt, point.id",
                row -> {
                    String name = row.getString(2);
                    boolean same = writer != null && row.getLong(1) == attempt;
                    if (!same || row.getLong(3) != step || row.getLong(5) != time || values.containsKey(name)) {
                        endStep();
                        step = row.getLong(3);
                        time = row.getLong(5);
                    }
                    if (!same) {
                        endAttempt();
                        attempt = row.getLong(1);
                        writer = new PointWriter(attempt);
                    }
                    values.put(name, row.getDouble(4));
                    return true;
                });
        endStep();
        endAttempt();
    }

    private void endStep() throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        // a resumed attempt may have steps that do not rise
        Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
        if (last == null || !last.isOf(values.keySet())) {
            last = new Stretch(values.keySet());
            stretches.add(last);
        }
        last.add(step, time, values.values());
        points += values.size();
        values.clear();
        if (points >= MOST_POINTS) {
            endAttempt();
        }
    }

    private void endAttempt() throws SQLException {
        PointWriter known = writer;
        if (known != null && !stretches.isEmpty()) {
            known.write(sql, stretches);
        }
        stretches = new ArrayList<>();
        points = 0;
    }
}
