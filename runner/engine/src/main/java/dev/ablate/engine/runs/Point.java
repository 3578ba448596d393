package dev.ablate.engine.runs;

import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunSink;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One recorded value.
 *
 * @param id rises with each point of a store, in the order in which they were recorded
 * @param series the metric's name, {@code train/mse}, a weight's, {@code weights/x1}, or that of a metric of the trainer's own,
 *     {@code validation_loss}
 * @param step how many updates had been made
 * @param value finite
 * @param time when it was recorded, to the millisecond
 */
public record Point(long id, String series, long step, double value, Instant time) {

    /** What the name of a weight's series begins with; all other series are metrics. */
    public static final String WEIGHTS = RunSink.WEIGHTS;

    /** Whether the trainer measured it itself, at a step of its own; all other series have the same steps. */
    public boolean isReported() {
        return series.indexOf('/') < 0;
    }

    /**
     * Adds the values of one step, less those that are there already.
     *
     * @param series ids of series by name, as far as they are known; what is looked up is added
     */
    static void add(
            Connection connection,
            long attempt,
            long step,
            Map<String, Double> values,
            long time,
            Map<String, Long> series)
            throws SQLException {
        try (PreparedStatement point = connection.prepareStatement(
                "INSERT OR IGNORE INTO point (attempt, series, step, value, time) VALUES (?, ?, ?, ?, ?)")) {
            for (Map.Entry<String, Double> value : values.entrySet()) {
                Long known = series.get(value.getKey());
                if (known == null) {
                    known = seriesId(connection, value.getKey());
                    series.put(value.getKey(), known);
                }
                point.setLong(1, attempt);
                point.setLong(2, known);
                point.setLong(3, step);
                point.setDouble(4, value.getValue());
                point.setLong(5, time);
                point.executeUpdate();
            }
        }
    }

    /** Adds whole series, step by step as they were recorded. */
    static void addAll(Connection connection, long attempt, List<RunResult.Series> all) throws SQLException {
        Map<Long, Map<String, Double>> bySteps = new TreeMap<>();
        Map<Long, Long> times = new HashMap<>();
        for (RunResult.Series one : all) {
            for (int k = 0; k < one.steps().length; k++) {
                bySteps.computeIfAbsent(one.steps()[k], step -> new LinkedHashMap<>())
                        .put(one.name(), one.values()[k]);
                times.putIfAbsent(one.steps()[k], one.times()[k]);
            }
        }
        Map<String, Long> ids = new HashMap<>();
        for (Map.Entry<Long, Map<String, Double>> step : bySteps.entrySet()) {
            add(connection, attempt, step.getKey(), step.getValue(), times.getOrDefault(step.getKey(), 0L), ids);
        }
    }

    private static long seriesId(Connection connection, String name) throws SQLException {
        Sql.change(connection, "INSERT OR IGNORE INTO series (name) VALUES (?)", name);
        return Sql.number(connection, "SELECT id FROM series WHERE name = ?", name);
    }

    static List<Point> after(Connection connection, long attempt, long id, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT point.id, name, step, value, time FROM point JOIN series ON series.id = series"
                        + " WHERE attempt = ? AND point.id > ? ORDER BY point.id LIMIT ?",
                Point::read,
                attempt,
                id,
                limit);
    }

    static List<Point> series(Connection connection, long attempt, String name) throws SQLException {
        return Sql.list(
                connection,
                "SELECT point.id, name, step, value, time FROM point JOIN series ON series.id = series"
                        + " WHERE attempt = ? AND name = ? ORDER BY step",
                Point::read,
                attempt,
                name);
    }

    static Point read(ResultSet row) throws SQLException {
        return new Point(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getDouble(4),
                Instant.ofEpochMilli(row.getLong(5)));
    }
}
