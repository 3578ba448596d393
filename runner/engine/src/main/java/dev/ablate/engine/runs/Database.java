package dev.ablate.engine.runs;

import dev.ablate.engine.runs.home.HomeInUseException;
import dev.ablate.engine.runs.home.HomeUse;
import dev.ablate.engine.runs.sqlite.Journal;
import dev.ablate.engine.runs.sqlite.Sql;
import dev.ablate.engine.runs.sqlite.SqliteFailure;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * The store's file: opens connections to it, and turns what SQLite says into messages for people.
 *
 * <p>Nothing is created before the first write; until then reading finds nothing.
 */
final class Database implements AutoCloseable {

    /** How long a statement waits for another process that writes, in milliseconds. */
    private static final int PATIENCE = 30_000;

    private final Path file;
    private final HomeUse use;
    private final Consumer<Path> upgraded;

    /** Held by whoever uses the one connection of a process that has the home alone. */
    private final ReentrantLock turn = new ReentrantLock();

    private @Nullable Sql one;

    private final Queue<Sql> idle = new ConcurrentLinkedQueue<>();
    private boolean ready;

    /** Where the store is read that may not be written; null while nothing says so. */
    private volatile @Nullable ReadOnlyStore readOnly;

    /** What the file was when it was opened, where the file system distinguishes files. */
    private volatile @Nullable Object identity;

    /**
     * @param use how this process uses the file's folder
     * @param upgraded hears of the copy of a store of an older format, once that is brought up to date
     */
    Database(Path file, HomeUse use, Consumer<Path> upgraded) {
        this.file = file;
        this.use = use;
        this.upgraded = upgraded;
    }

    /** Something done over one connection. */
    interface Work<T> {
        T over(Sql sql) throws SQLException;
    }

    /**
     * Reads one consistent state, on any thread, while others write; where this process has the home alone, in between.
     *
     * @param none what is found in a store that nobody has written to
     */
    <T> T read(T none, Work<T> query) {
        if (!Files.exists(file)) {
            return none;
        }
        try {
            if (isAlone() && mayTake()) {
                try (Turn mine = new Turn()) {
                    return inTransaction(mine.open(), "BEGIN", query);
                }
            }
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
                if (!ReadOnlyStore.isMeantBy(SqliteFailure.family(e))
                        || (Files.isWritable(file) && folderIsWritable())) {
                    throw e;
                }
                known = new ReadOnlyStore(file);
                readOnly = known;
            }
        }
        return known.open();
    }

    /** Whether one process at a time uses the home: by one connection, and whoever wants it waits for his turn. */
    boolean isAlone() {
        return use.isAlone();
    }

    /** Whether a lock can be made in the home; what can only be read is read without. */
    private boolean mayTake() {
        return readOnly == null && folderIsWritable();
    }

    /** The use of a connection that others wait for: of the one that a process has which has the home alone. */
    final class Turn implements AutoCloseable {

        /** Begins with it; it ends when it is closed. */
        Turn() {
            turn.lock();
        }

        Sql open() throws SQLException {
            return Database.this.open();
        }

        @Override
        public void close() {
            turn.unlock();
        }
    }

    /** Says what is to be known of a home that is written to, once. */
    void writing() {
        use.writing();
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
        Sql mine = one;
        return mine == null ? Journal.SHARED.connect(file, PATIENCE) : mine;
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
            requireHome();
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
        if (isAlone()) {
            one = openAlone();
        } else {
            try (Sql sql = Journal.SHARED.connect(file, PATIENCE)) {
                Journal.SHARED.begin(sql, PATIENCE);
                bringUpToDate(sql).ifPresent(upgraded);
            }
        }
        identity = identity();
        ready = true;
    }

    private Sql openAlone() throws SQLException {
        try {
            use.begin();
        } catch (IOException e) {
            throw homeFailure(e);
        }
        Sql sql = Journal.ALONE.connect(file, PATIENCE);
        try {
            Journal.ALONE.begin(sql, PATIENCE);
            bringUpToDate(sql).ifPresent(upgraded);
            return sql;
        } catch (SQLException | RuntimeException e) {
            sql.close();
            throw e;
        }
    }

    private void requireHome() throws SQLException {
        try {
            use.require();
        } catch (IOException e) {
            throw homeFailure(e);
        }
    }

    private static SQLException homeFailure(IOException e) {
        return e instanceof HomeInUseException
                ? new SQLException(e.getMessage(), e)
                : new Schema.Unusable("the lock of its folder cannot be written (" + e + ")");
    }

    /** Gives the copy of a store of an older format; there is none where nothing was changed. */
    private Optional<Path> bringUpToDate(Sql sql) throws SQLException {
        List<Path> copies = new ArrayList<>();
        try {
            OptionalLong older = isAlone() ? Schema.older(sql) : OptionalLong.empty();
            if (older.isPresent()) {
                // no other connection can read it, and none can change it meanwhile
                copies.add(copy(older.getAsLong(), to -> vacuum(sql, to)));
            }
            inTransaction(sql, "BEGIN IMMEDIATE", all -> {
                Schema.bringUpToDate(all, format -> {
                    if (copies.isEmpty()) {
                        copies.add(copy(format, new SqliteFile(file)::copy));
                    }
                });
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

    /** Writes one consistent state of the file into a new one. */
    private interface Copying {
        void copy(Path to) throws IOException;
    }

    private static void vacuum(Sql sql, Path to) throws IOException {
        try {
            sql.change("VACUUM INTO ?", to.toString());
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A copy of a store of an older format, beside it: its steps are not undone. A copy that is there is never replaced. */
    private Path copy(long format, Copying copying) throws SQLException {
        String name = file.getFileName() + ".format-" + format;
        Path copy = file.resolveSibling(name);
        for (int more = 2; Files.exists(copy); more++) {
            copy = file.resolveSibling(name + "-" + more);
        }
        Path draft = file.resolveSibling(name + ".draft");
        try {
            Files.deleteIfExists(draft);
            copying.copy(draft);
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

    /** What went wrong, with the file, why, and what to do. */
    StoreException explain(SQLException e) {
        if (e.getCause() instanceof HomeInUseException taken) {
            return new StoreException(String.valueOf(taken.getMessage()), e);
        }
        String reason =
                e instanceof Schema.Unusable ? String.valueOf(e.getMessage()) : SqliteFailure.reason(e, PATIENCE);
        return new StoreException(file + ": " + reason, e);
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
        leaveHome();
    }

    private void leaveHome() {
        try (use) {
            if (one != null) {
                one.close();
            }
        } catch (SQLException e) {
            throw explain(e);
        } catch (IOException e) {
            throw new StoreException(file + ": the lock of its folder cannot be removed (" + e + ")", e);
        }
    }
}
