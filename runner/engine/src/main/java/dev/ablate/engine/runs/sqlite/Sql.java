package dev.ablate.engine.runs.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection, to which statements are given with their arguments by position; used by one thread at a time.
 *
 * <p>A statement is kept once it was prepared, since SQLite takes longer to read most of them than to do what they say.
 */
public final class Sql implements AutoCloseable {

    private final Connection connection;

    /** Those that are not in use just now, by their text; closed together with the connection. */
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    public Sql(Connection connection) {
        this.connection = connection;
    }

    /** Turns the row that a result stands on into a value. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Looks at the row that a result stands on. */
    public interface Look {
        /** Whether the next row is wanted, too. */
        boolean at(ResultSet row) throws SQLException;
    }

    /** What is done with a prepared statement. */
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** Runs a statement that neither takes nor gives anything, and is not needed again. */
    public void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Changes rows, and returns how many. */
    public int change(String sql, @Nullable Object... arguments) throws SQLException {
        return with(sql, statement -> {
            set(statement, arguments);
            return statement.executeUpdate();
        });
    }

    /** Makes the same change with each of several lists of arguments. */
    public void changeAll(String sql, List<@Nullable Object[]> all) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        with(sql, statement -> {
            for (@Nullable Object[] arguments : all) {
                set(statement, arguments);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    /** Looks at the rows of a query until there are no more, or no more are wanted. */
    public void each(String sql, Look look, @Nullable Object... arguments) throws SQLException {
        with(sql, statement -> {
            set(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                boolean more = true;
                while (more && rows.next()) {
                    more = look.at(rows);
                }
            }
            return sql;
        });
    }

    /** All rows of a query. */
    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
        List<T> found = new ArrayList<>();
        each(sql, rows -> found.add(row.read(rows)), arguments);
        return found;
    }

    /** The first row of a query, if there is one. */
    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
        return list(sql, row, arguments).stream().findFirst();
    }

    /** The one number that a query gives. */
    public long number(String sql, @Nullable Object... arguments) throws SQLException {
        return list(sql, row -> row.getLong(1), arguments).get(0);
    }

    private <T> T with(String sql, Use<T> use) throws SQLException {
        // one that is in use is not there: a row that is looked at may ask the same again
        PreparedStatement known = kept.remove(sql);
        PreparedStatement statement = known == null ? connection.prepareStatement(sql) : known;
        boolean usable = false;
        try {
            T result = use.of(statement);
            usable = true;
            return result;
        } finally {
            // what a pragma answers is found when it is prepared
            boolean again = usable && !sql.startsWith("PRAGMA");
            if (!again || kept.putIfAbsent(sql, statement) != null) {
                statement.close();
            }
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int k = 0; k < arguments.length; k++) {
            statement.setObject(k + 1, arguments[k]);
        }
    }

    @Override
    public void close() throws SQLException {
        // SQLite closes no connection to which statements are left
        try (connection) {
            for (PreparedStatement statement : kept.values()) {
                statement.close();
            }
        } finally {
            kept.clear();
        }
    }
}
