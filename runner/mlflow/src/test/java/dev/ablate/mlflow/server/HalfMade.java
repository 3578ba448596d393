package dev.ablate.mlflow.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database that MLflow was making when it was killed: some of its tables are there, and a state that is not its last. */
final class HalfMade {

    private HalfMade() {}

    static void write(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)");
            statement.execute("INSERT INTO alembic_version VALUES ('bf29a5ff90ea')");
            statement.execute("CREATE TABLE workspaces (name VARCHAR(63))");
            statement.execute("INSERT INTO workspaces VALUES ('default')");
            statement.execute("CREATE TABLE experiments (experiment_id INTEGER, name VARCHAR(256))");
            statement.execute("CREATE TABLE runs (run_uuid VARCHAR(32))");
        }
    }
}
