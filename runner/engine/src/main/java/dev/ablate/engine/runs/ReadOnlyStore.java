package dev.ablate.engine.runs;

import dev.ablate.engine.runs.sqlite.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * A store in a folder that may not be written, such as a backup: what is in it can be read.
 *
 * <p>What a killed program left in the write-ahead log belongs to it, and SQLite reads that only where it may write: then a copy is
 * read.
 */
final class ReadOnlyStore implements AutoCloseable {

    private final Path file;
    private @Nullable Path copy;

    ReadOnlyStore(Path file) {
        this.file = file;
    }

    /** Whether SQLite says by this that it may not write. */
    static boolean isMeantBy(SQLiteErrorCode code) {
        return code == SQLiteErrorCode.SQLITE_READONLY
                || code == SQLiteErrorCode.SQLITE_CANTOPEN
                || code == SQLiteErrorCode.SQLITE_PERM;
    }

    /** A new connection that reads. */
    synchronized Sql open() throws SQLException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        boolean whole;
        try {
            whole = !Files.exists(log) || Files.size(log) == 0;
            if (!whole && copy == null) {
                Path folder = Files.createTempDirectory("ablate");
                Files.copy(file, folder.resolve(Home.STORE));
                Files.copy(log, folder.resolve(Home.STORE + "-wal"));
                copy = folder;
            }
        } catch (IOException e) {
            throw new SQLException("it may only be read, and cannot be copied (" + e + ")", e);
        }
        SQLiteConfig config = new SQLiteConfig();
        Path read = copy == null ? file : copy.resolve(Home.STORE);
        config.setReadOnly(copy == null);
        Sql sql =
                new Sql(config.createConnection("jdbc:sqlite:" + read.toUri() + (copy == null ? "?immutable=1" : "")));
        try {
            Schema.requireCurrent(sql);
            return sql;
        } catch (SQLException e) {
            sql.close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        Path folder = copy;
        if (folder == null) {
            return;
        }
        for (String name : new String[] {Home.STORE, Home.STORE + "-wal", Home.STORE + "-shm"}) {
            folder.resolve(name).toFile().delete();
        }
        folder.toFile().delete();
        copy = null;
    }
}
