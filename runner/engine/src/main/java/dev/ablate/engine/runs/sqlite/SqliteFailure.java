package dev.ablate.engine.runs.sqlite;

import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite says, in words for people. */
public final class SqliteFailure {

    private static final String FULL =
            "the disk is full; make room and run the same command again: what was stored is safe";

    private SqliteFailure() {}

    /** The family of an error code, which is its lowest byte. */
    public static SQLiteErrorCode family(SQLiteException e) {
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
    }

    /** Whether another connection is in the way. */
    public static boolean isBusy(SQLiteException e) {
        return family(e) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /**
     * Why the store's file cannot be used, and what to do.
     *
     * @param patience for how many milliseconds a statement waits
     */
    public static String reason(SQLException e, int patience) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsatisfiedLinkError || cause instanceof NativeLibraryNotFoundException) {
                return "SQLite's library cannot be loaded from " + System.getProperty("java.io.tmpdir")
                        + ", where programs may not be run perhaps (noexec), or there is no room; name another folder:"
                        + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER";
            }
        }
        if (!(e instanceof SQLiteException failure)) {
            return "the store cannot be used: " + e.getMessage();
        }
        return switch (failure.getResultCode()) {
            // the index of the write-ahead log is a file, too, and SQLite has no better word for no room for it
            case SQLITE_IOERR_SHMSIZE -> FULL;
            case SQLITE_IOERR_LOCK, SQLITE_IOERR_RDLOCK, SQLITE_IOERR_UNLOCK, SQLITE_IOERR_CHECKRESERVEDLOCK ->
                "its file system does not lock files (" + words(failure)
                        + "); have it mounted with locks (Lustre: -o flock), or set ABLATE_HOME to a folder on a disk of this host";
            default -> ofFamily(failure, patience);
        };
    }

    private static String ofFamily(SQLiteException failure, int patience) {
        return switch (family(failure)) {
            case SQLITE_FULL -> FULL;
            case SQLITE_READONLY, SQLITE_PERM ->
                "the store may not be written; give yourself the right to write this file and its folder, or set ABLATE_HOME to"
                        + " another folder";
            case SQLITE_CANTOPEN ->
                "the store cannot be opened; check that its folder exists and is yours, or set ABLATE_HOME to another folder";
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                "the store is damaged (" + words(failure)
                        + "); move the file away and run again, or rescue what is in it with"
                        + " 'sqlite3 FILE .recover'";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "another program has held the store's lock for " + patience / 1000
                        + " s; end what writes to it and run the same command again";
            case SQLITE_IOERR ->
                "the disk answers with an error (" + words(failure)
                        + "); check the disk and run the same command again";
            default -> "the store cannot be used: " + words(failure);
        };
    }

    private static String words(SQLiteException e) {
        return e.getResultCode().name().toLowerCase(Locale.ROOT) + ": " + e.getResultCode().message;
    }
}
