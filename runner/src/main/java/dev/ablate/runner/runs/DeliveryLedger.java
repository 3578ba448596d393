package dev.ablate.runner.runs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The ledger, in SQL. */
final class DeliveryLedger implements Ledger {

    private static final String SELECT =
            "SELECT destination, experiment, comparison, attempt, mlflow_run, points_through,"
                    + " digest, complete FROM delivery ";

    private final Database database;
    private final Writer writer;

    DeliveryLedger(Database database, Writer writer) {
        this.database = database;
        this.writer = writer;
    }

    @Override
    public Optional<Entry> find(String destination, String experiment, String comparison, long run) {
        return database.read(
                Optional.empty(),
                c -> Sql.first(
                        c,
                        SELECT + "WHERE destination = ? AND experiment = ? AND comparison = ? AND attempt = ?",
                        DeliveryLedger::entry,
                        destination,
                        experiment,
                        comparison,
                        run));
    }

    @Override
    public List<Entry> entries(String destination) {
        return database.read(
                List.of(), c -> Sql.list(c, SELECT + "WHERE destination = ?", DeliveryLedger::entry, destination));
    }

    @Override
    public void put(Entry entry) {
        writer.now(
                false,
                c -> Sql.change(
                        c,
                        "INSERT OR REPLACE INTO delivery (destination, experiment, comparison, attempt, mlflow_run,"
                                + " points_through, digest, complete) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        entry.destination(),
                        entry.experiment(),
                        entry.comparison(),
                        entry.run(),
                        entry.mlflowRun(),
                        entry.pointsThrough(),
                        entry.digest(),
                        entry.complete() ? 1 : 0));
    }

    @Override
    public List<Proof> proofs(String destination) {
        return database.read(
                List.of(),
                c -> Sql.list(
                        c,
                        "SELECT destination, experiment, comparison, attempt, verified, words FROM proof"
                                + " WHERE destination = ?",
                        row -> new Proof(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getBoolean(5),
                                row.getString(6)),
                        destination));
    }

    @Override
    public void put(Proof proof) {
        writer.now(
                false,
                c -> Sql.change(
                        c,
                        "INSERT OR REPLACE INTO proof (destination, experiment, comparison, attempt, verified, words)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        proof.destination(),
                        proof.experiment(),
                        proof.comparison(),
                        proof.run(),
                        proof.verified() ? 1 : 0,
                        proof.words()));
    }

    @Override
    public void remove(Entry entry) {
        writer.now(false, c -> {
            Sql.change(
                    c,
                    "DELETE FROM proof WHERE destination = ? AND experiment = ? AND comparison = ? AND attempt = ?",
                    entry.destination(),
                    entry.experiment(),
                    entry.comparison(),
                    entry.run());
            int removed = Sql.change(
                    c,
                    "DELETE FROM delivery WHERE destination = ? AND experiment = ? AND comparison = ? AND attempt = ?",
                    entry.destination(),
                    entry.experiment(),
                    entry.comparison(),
                    entry.run());
            Attempts.forgetIfNobodyShows(c, entry.run());
            return removed;
        });
    }

    /** Also tells entries of attempts that are gone: a delivery may have been under way while its attempt was superseded. */
    @Override
    public List<Entry> superseded(String destination) {
        return database.read(
                List.of(),
                c -> Sql.list(
                        c,
                        SELECT + "WHERE destination = ? AND attempt <> 0 AND NOT EXISTS"
                                + " (SELECT 1 FROM attempt WHERE attempt.id = delivery.attempt AND superseded = 0)",
                        DeliveryLedger::entry,
                        destination));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7),
                row.getBoolean(8));
    }
}
