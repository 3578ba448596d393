package dev.ablate.engine.runs.point;

import dev.ablate.engine.runs.sqlite.Sql;
import dev.ablate.worker.exchange.RunSink;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the points of one attempt; a point that was there before, of the same series and step, is not added again.
 *
 * <p>Used by the one thread that writes. What it remembers is never of what was rolled back: the first points that cannot be
 * stored are the attempt's last.
 */
public final class PointWriter {

    private final long attempt;

    /** Numbers of series by name, as far as they are known. */
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The steps that were there before the first write, by series. */
    private @Nullable Map<Integer, Set<Long>> before;

    public PointWriter(long attempt) {
        this.attempt = attempt;
    }

    /** Writes stretches, in their order; of one series steps rise, from call to call too. */
    public void write(Sql sql, List<Stretch> stretches) throws SQLException {
        Map<Integer, Set<Long>> known = before;
        if (known == null) {
            known = stepsThere(sql);
            before = known;
        }
        Rows rows = new Rows(sql);
        for (Stretch stretch : stretches) {
            int[] series = numbers(sql, stretch.names());
            if (known.isEmpty()) {
                rows.add(stretch, series);
            } else {
                for (Stretch added : without(known, stretch, series)) {
                    rows.add(added, numbers(sql, added.names()));
                }
            }
        }
        rows.finish();
    }

    private Map<Integer, Set<Long>> stepsThere(Sql sql) throws SQLException {
        Map<Integer, Set<Long>> steps = new HashMap<>();
        StoredPoints.each(
                sql,
                attempt,
                0,
                (id, series, step, value, time) ->
                        steps.computeIfAbsent(series, none -> new HashSet<>()).add(step));
        return steps;
    }

    /** What is new of a stretch: some of its series may have come farther than others before an attempt was interrupted. */
    private static List<Stretch> without(Map<Integer, Set<Long>> known, Stretch stretch, int[] series) {
        ReportedSteps rest = new ReportedSteps();
        for (int row = 0; row < stretch.size(); row++) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (int column = 0; column < series.length; column++) {
                if (!known.getOrDefault(series[column], Set.of()).contains(stretch.step(row))) {
                    values.put(stretch.names().get(column), stretch.value(row, column));
                }
            }
            rest.add(stretch.step(row), stretch.time(row), values);
        }
        return rest.take();
    }

    private int[] numbers(Sql sql, List<String> names) throws SQLException {
        int[] found = new int[names.size()];
        for (int k = 0; k < found.length; k++) {
            Integer number = numbers.get(names.get(k));
            if (number == null) {
                number = number(sql, names.get(k));
                numbers.put(names.get(k), number);
            }
            found[k] = number;
        }
        return found;
    }

    private static int number(Sql sql, String name) throws SQLException {
        Optional<Integer> known = StoredPoints.number(sql, name);
        if (known.isPresent()) {
            return known.get();
        }
        sql.change("INSERT INTO series (name) VALUES (?)", name);
        return StoredPoints.number(sql, name).orElseThrow();
    }

    /** The rows that one write makes. */
    private final class Rows {

        private final Sql sql;
        private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        private int points;

        /** The id of the last point that has a row. */
        private long last;

        /** By series. */
        private final Map<Integer, Latest> latest = new LinkedHashMap<>();

        Rows(Sql sql) throws SQLException {
            this.sql = sql;
            this.last = StoredPoints.last(sql, attempt);
        }

        /** The last point of a metric. */
        private record Latest(long id, long step, double value) {}

        void add(Stretch stretch, int[] series) throws SQLException {
            int width = stretch.width();
            for (int from = 0; from < stretch.size(); ) {
                if (points > 0 && points + width > Chunk.MOST_POINTS) {
                    write();
                }
                int to = Math.min(stretch.size(), from + Math.max(1, (Chunk.MOST_POINTS - points) / width));
                chunk.writeBytes(Chunk.bytes(stretch, series, from, to));
                points += (to - from) * width;
                from = to;
            }
            note(stretch, series);
        }

        private void note(Stretch stretch, int[] series) {
            int row = stretch.farthest();
            long before = last + points - (long) (stretch.size() - row) * stretch.width();
            for (int column = 0; column < series.length; column++) {
                if (!stretch.names().get(column).startsWith(RunSink.WEIGHTS)) {
                    Latest found = new Latest(before + column + 1, stretch.step(row), stretch.value(row, column));
                    latest.merge(series[column], found, (a, b) -> a.step() > b.step() ? a : b);
                }
            }
        }

        private void write() throws SQLException {
            last += points;
            sql.change(
                    "INSERT INTO chunk (attempt, last, content) VALUES (?, ?, ?)", attempt, last, chunk.toByteArray());
            chunk.reset();
            points = 0;
        }

        void finish() throws SQLException {
            if (points > 0) {
                write();
            }
            List<@Nullable Object[]> rows = new ArrayList<>();
            latest.forEach((series, point) ->
                    rows.add(new Object[] {attempt, series, point.id(), point.step(), point.value()}));
            sql.changeAll(
                    "INSERT INTO latest (attempt, series, id, step, value) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (attempt, series) DO UPDATE SET id = excluded.id, step = excluded.step,"
                            + " value = excluded.value WHERE excluded.step > step",
                    rows);
        }
    }
}
