package dev.ablate.engine.runs.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/** How a database keeps what is half written: a log that many processes of one host share, or a journal of one process. */
public enum Journal {

    /** A write-ahead log: others read while one writes. Its index is memory that processes share, which they do on one host alone. */
    SHARED("WAL", SQLiteConfig.SynchronousMode.NORMAL),

    /** A rollback journal, and a lock that is held until the connection is closed: on a network file system, too. */
    ALONE("DELETE", SQLiteConfig.SynchronousMode.FULL);

    private final String mode;
    private final SQLiteConfig.SynchronousMode synchronous;

    Journal(String mode, SQLiteConfig.SynchronousMode synchronous) {
        this.mode = mode;
        this.synchronous = synchronous;
    }

    /**
     * A new connection, which changes nothing of the file yet.
     *
     * @param patience how long each statement waits for another process, in milliseconds
     */
    public Sql connect(Path file, int patience) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(patience);
        config.enforceForeignKeys(true);
        config.setSynchronous(synchronous);
        // as a URI, since the driver would cut a plain path at a question mark
        Sql sql = new Sql(config.createConnection("jdbc:sqlite:" + file.toUri()));
        if (this == ALONE) {
            // before the file is first looked at: then the log of a shared one is read without memory that is shared
            sql.run("PRAGMA locking_mode = EXCLUSIVE");
        }
        return sql;
    }

    /**
     * Has the file written in this way from now on, with all that is in the log of the other one.
     *
     * @param patience how long to wait for other processes, in milliseconds
     */
    public void begin(Sql sql, int patience) throws SQLException {
        long deadline = System.nanoTime() + patience * 1_000_000L;
        while (true) {
            try {
                List<String> now = sql.list("PRAGMA journal_mode = " + mode, row -> row.getString(1));
                if (this == ALONE && !now.equals(List.of(mode.toLowerCase(Locale.ROOT)))) {
                    throw new SQLException("its journal stays in the mode " + String.join(", ", now));
                }
                return;
            } catch (SQLiteException e) {
                // SQLite does not wait by itself where several processes make this switch at once
                if (!SqliteFailure.isBusy(e) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }
}
