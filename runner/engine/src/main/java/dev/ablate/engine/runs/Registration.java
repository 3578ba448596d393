package dev.ablate.engine.runs;

import dev.ablate.engine.runs.sqlite.Sql;
import dev.ablate.worker.spec.RunKey;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The run of a comparison whose model is to be in a registry of models.
 *
 * @param name the registered model's name
 * @param run the run
 * @param description what a person reads there: which run it is, and the comparison's sentence
 */
public record Registration(String name, RunKey run, String description) {

    static void put(Sql sql, String comparison, Optional<Registration> registration) throws SQLException {
        if (registration.isEmpty()) {
            sql.change("DELETE FROM registration WHERE comparison = ?", comparison);
        } else {
            sql.change(
                    "INSERT OR REPLACE INTO registration (comparison, name, key, description) VALUES (?, ?, ?, ?)",
                    comparison,
                    registration.get().name(),
                    registration.get().run().hex(),
                    registration.get().description());
        }
    }

    static Optional<Registration> find(Sql sql, String comparison) throws SQLException {
        return sql.first(
                "SELECT name, key, description FROM registration WHERE comparison = ?",
                row -> new Registration(row.getString(1), new RunKey(row.getString(2)), row.getString(3)),
                comparison);
    }
}
