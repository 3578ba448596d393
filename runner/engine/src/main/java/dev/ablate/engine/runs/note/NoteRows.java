package dev.ablate.engine.runs.note;

import dev.ablate.engine.runs.sqlite.Sql;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.LoggedNote.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes of attempts in SQL. */
public final class NoteRows {

    private static final String INSERT =
            "INSERT INTO note (attempt, position, start, run, kind, name, step, time, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private NoteRows() {}

    /** The number of a process that now begins or resumes an attempt, counted from 1 among those that have logged. */
    public static long nextStart(Sql sql, long attempt) throws SQLException {
        return sql.number("SELECT coalesce(max(start), 0) + 1 FROM note WHERE attempt = ?", attempt);
    }

    /**
     * Adds notes.
     *
     * @param start who logs them; what an earlier start has logged is not added again
     */
    public static void add(Sql sql, long attempt, long start, List<LoggedNote> notes) throws SQLException {
        long position = sql.number("SELECT coalesce(max(position), 0) FROM note WHERE attempt = ?", attempt);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (LoggedNote note : notes) {
            if (start == 1 || !note.kind().isOnce() || !isThere(sql, attempt, start, note)) {
                position++;
                rows.add(new Object[] {
                    attempt,
                    position,
                    start,
                    note.run(),
                    note.kind().name(),
                    note.name(),
                    note.step(),
                    note.time(),
                    note.value()
                });
            }
        }
        sql.changeAll(INSERT, rows);
    }

    private static boolean isThere(Sql sql, long attempt, long start, LoggedNote note) throws SQLException {
        return sql.number(
                        "SELECT EXISTS (SELECT 1 FROM note WHERE attempt = ? AND run = ? AND name = ? AND step = ?"
                                + " AND kind = ? AND value = ? AND start < ?)",
                        attempt,
                        note.run(),
                        note.name(),
                        note.step(),
                        note.kind().name(),
                        note.value(),
                        start)
                > 0;
    }

    /** The last remark of an attempt's trainer. */
    public static Optional<String> remark(Sql sql, long attempt) throws SQLException {
        return sql.first(
                "SELECT value FROM note WHERE attempt = ? AND run = ? AND name = ? AND kind = ? ORDER BY position DESC LIMIT 1",
                row -> row.getString(1),
                attempt,
                LoggedNote.MAIN,
                LoggedNote.REMARK,
                Kind.TAG.name());
    }

    /** The notes of an attempt in order, without the first. */
    public static List<LoggedNote> after(Sql sql, long attempt, long position) throws SQLException {
        return sql.list(
                "SELECT run, kind, name, step, time, value FROM note WHERE attempt = ? AND position > ? ORDER BY position",
                row -> new LoggedNote(
                        row.getString(1),
                        Kind.valueOf(row.getString(2)),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getString(6)),
                attempt,
                position);
    }
}
