package dev.ablate.engine.runs;

import dev.ablate.engine.runs.sqlite.Sql;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;

/** Stores of older formats; each is what that version of Ablate wrote, as SQLite's shell dumps it. */
public final class OldStore {

    private OldStore() {}

    /** Writes the store of a format into a home; gives the file. */
    public static Path write(Path home, int format) throws Exception {
        Path file = home.resolve("runs.db");
        try (InputStream dump = OldStore.class.getResourceAsStream("/stores/format-" + format + ".sql");
                Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            // in one transaction, as a disk takes its time for each
            sql.run("BEGIN");
            for (String statement : new String(dump.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1)) {
                if (!statement.isBlank()) {
                    sql.run(statement);
                }
            }
            sql.run("COMMIT");
            sql.run("PRAGMA user_version = " + format);
            sql.run("PRAGMA application_id = 1094863956");
        }
        return file;
    }
}
