package dev.ablate.engine.runs.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/**
 * A database of another program's, which may be using it meanwhile; read, copied and recovered, and not changed otherwise.
 *
 * @param file where it lies
 */
public record SqliteFile(Path file) {

    /** How long to wait for the other program, in milliseconds. */
    private static final int PATIENCE = 30_000;

    /**
     * A text in the first row of a table.
     *
     * @return empty if there is no such file, no such table or no row
     * @throws IOException if the file cannot be read, or is not a database
     */
    public Optional<String> first(String table, String column) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet tables = connection.getMetaData().getTables(null, null, table, null)) {
                if (!tables.next()) {
                    return Optional.empty();
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT \"" + column + "\" FROM \"" + table + "\" LIMIT 1")) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Whether no table has a row in it.
     *
     * @param apart from these tables
     * @return true too if there is no such file
     * @throws IOException if the file cannot be read, or is not a database
     */
    public boolean isEmpty(Set<String> apart) throws IOException {
        if (!Files.exists(file)) {
            return true;
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            tables.removeAll(apart);
            for (String table : tables) {
                try (ResultSet rows =
                        statement.executeQuery("SELECT 1 FROM \"" + table.replace("\"", "\"\"") + "\" LIMIT 1")) {
                    if (rows.next()) {
                        return false;
                    }
                }
            }
            return true;
        } catch (SQLException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Writes one consistent state of it into a new file, whatever the other program does meanwhile.
     *
     * @throws IOException if it cannot be read, or the copy cannot be written: then there is none
     */
    public void copy(Path to) throws IOException {
        if (Files.exists(to)) {
            throw new IOException(to + " is there already");
        }
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, to.toString());
            statement.execute();
        } catch (SQLException e) {
            Files.deleteIfExists(to);
            throw new IOException(file + " cannot be copied to " + to + ": " + e.getMessage(), e);
        }
    }

    /**
     * Takes back what a program that was killed had half written, so that the file alone is the database.
     *
     * @throws IOException if it cannot be read
     */
    public void recover() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // the first to read takes back; what is in a write-ahead log is written
            statement.execute("SELECT count(*) FROM sqlite_master");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What is wrong with it, in SQLite's words.
     *
     * @return empty if it is sound
     * @throws IOException if it cannot be read, or is not a database
     */
    public Optional<String> damage() throws IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            return rows.next() ? Optional.of(rows.getString(1)).filter(text -> !text.equals("ok")) : Optional.empty();
        } catch (SQLException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE);
        // as a URI, since the driver would cut a plain path at a question mark
        return config.createConnection("jdbc:sqlite:" + file.toUri());
    }
}
