package dev.ablate.engine.runs;

import dev.ablate.engine.runs.sqlite.Sql;
import dev.ablate.engine.runs.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The store's file: opens connections to it, and turns what SQLite says into messages for people.
 *
 * <p>Nothing is created before the first write; until then reading finds nothing.
 */
final class Database implements AutoCloseable {

    /** How long a statement waits for another process that writes, in milliseconds. */
    private static final int PATIENCE = 30_000;

    private static final String FULL =
            "the disk is full; make room and run the same command again: what was stored is safe";

    private final Path file;
    private final Consumer<Path> upgraded;
    private final Queue<Sql> idle = new ConcurrentLinkedQueue<>();
    private boolean ready;

    /** Where the store is read that may not be written; null while nothing says so. */
    private volatile @Nullable ReadOnlyStore readOnly;

    /** What the file was when it was opened, where the file system distinguishes files. */
    private volatile @Nullable Object identity;

    /** @param upgraded hears of the copy of a store of an older format, once that is brought up to date */
    Database(Path file, Consumer<Path> upgraded) {
        this.file = file;
        this.upgraded = upgraded;
    }

    /** Something done over one connection. */
    interface Work<T> {
        T over(Sql sql) throws SQLException;
    }

    /**
     * Reads one consistent state, on any thread, while others write.
     *
     * @param none what is found in a store that nobody has written to
     */
    <T> T read(T none, Work<T> query) {
        if (!Files.exists(file)) {
            return none;
        }
        try {
            Sql known = idle.poll();
            Sql sql = known == null ? openToRead() : known;
            try {
                T found = inTransaction(sql, "BEGIN", query);
                idle.add(sql);
                return found;
            } catch (SQLException | RuntimeException e) {
                sql.close();
                throw e;
            }
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    private Sql openToRead() throws SQLException {
        ReadOnlyStore known = readOnly;
        if (known == null) {
            try {
                Sql sql = open();
                sql.run("PRAGMA query_only = true");
                return sql;
            } catch (SQLiteException e) {
                if (!ReadOnlyStore.isMeantBy(primary(e)) || (Files.isWritable(file) && folderIsWritable())) {
                    throw e;
                }
                known = new ReadOnlyStore(file);
                readOnly = known;
            }
        }
        return known.open();
    }

    private boolean folderIsWritable() {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null || Files.isWritable(folder);
    }

    /** Makes sure that the file is still the one that was opened: SQLite would go on to write into one that was removed. */
    void requireThere() throws SQLException {
        Object opened = identity;
        if (opened != null && !opened.equals(identity())) {
            throw new Schema.Unusable("the store was removed while it was in use, and what was in it is gone;"
                    + " run the same command again");
        }
    }

    private @Nullable Object identity() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** A new connection to the file, which is created or brought up to date where needed. */
    Sql open() throws SQLException {
        prepare();
        return connect();
    }

    /** Does something in one transaction, which is rolled back if that fails. */
    static <T> T inTransaction(Sql sql, String begin, Work<T> work) throws SQLException {
        sql.change(begin);
        T result;
        try {
            result = work.over(sql);
            sql.change("COMMIT");
        } catch (SQLException | RuntimeException | Error e) {
            try {
                sql.change("ROLLBACK");
            } catch (SQLException rollback) {
                // SQLite may have rolled back by itself, as it does when the disk is full
                e.addSuppressed(rollback);
            }
            throw e;
        }
        return result;
    }

    private synchronized void prepare() throws SQLException {
        if (ready) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Home.create(folder);
            }
        } catch (IOException e) {
            throw new SQLException("its folder cannot be made (" + e + ")", e);
        }
        try (Sql sql = connect()) {
            switchToWal(sql);
            bringUpToDate(sql).ifPresent(upgraded);
        }
        identity = identity();
        ready = true;
    }

    /** Gives the copy of a store of an older format; there is none where nothing was changed. */
    private Optional<Path> bringUpToDate(Sql sql) throws SQLException {
        List<Path> copies = new ArrayList<>();
        try {
            inTransaction(sql, "BEGIN IMMEDIATE", all -> {
                Schema.bringUpToDate(all, format -> copies.add(copy(format)));
                return all;
            });
        } catch (SQLException | RuntimeException e) {
            for (Path copy : copies) {
                copy.toFile().delete();
            }
            throw e;
        }
        return copies.stream().findFirst();
    }

    /** A copy of a store of an older format, beside it: its steps are not undone. A copy that is there is never replaced. */
    private Path copy(long format) throws SQLException {
        String name = file.getFileName() + ".format-" + format;
        Path copy = file.resolveSibling(name);
        for (int more = 2; Files.exists(copy); more++) {
            copy = file.resolveSibling(name + "-" + more);
        }
        Path draft = file.resolveSibling(name + ".draft");
        try {
            Files.deleteIfExists(draft);
            new SqliteFile(file).copy(draft);
            try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            return Files.move(draft, copy);
        } catch (IOException e) {
            throw new Schema.Unusable("is of an older version of Ablate (format " + format
                    + "), and cannot be copied before it is brought up to date (" + e.getMessage()
                    + "); make room beside it, or set ABLATE_HOME to another folder");
        }
    }

    private Sql connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE);
        config.enforceForeignKeys(true);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        // as a URI, since the driver would cut a plain path at a question mark
        return new Sql(config.createConnection("jdbc:sqlite:" + file.toUri()));
    }

    /** SQLite does not wait by itself where several processes make this switch at once. */
    private static void switchToWal(Sql sql) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE * 1_000_000L;
        while (true) {
            try {
                sql.run("PRAGMA journal_mode = WAL");
                return;
            } catch (SQLiteException e) {
                if (primary(e) != SQLiteErrorCode.SQLITE_BUSY || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** What went wrong, with the file, why, and what to do. */
    StoreException explain(SQLException e) {
        return new StoreException(file + ": " + reason(e), e);
    }

    private static String reason(SQLException e) {
        if (e instanceof Schema.Unusable) {
            return String.valueOf(e.getMessage());
        }
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
        if (failure.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            // the index of the write-ahead log is a file, too, and SQLite has no better word for no room for it
            return FULL;
        }
        return switch (primary(failure)) {
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
                "another program has held the store's lock for " + PATIENCE / 1000
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

    /** The family of an error code, which is its lowest byte. */
    private static SQLiteErrorCode primary(SQLiteException e) {
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
    }

    @Override
    public void close() {
        for (Sql sql = idle.poll(); sql != null; sql = idle.poll()) {
            try {
                sql.close();
            } catch (SQLException e) {
                throw explain(e);
            }
        }
        ReadOnlyStore known = readOnly;
        if (known != null) {
            known.close();
        }
    }
}
