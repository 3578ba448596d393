package dev.ablate.engine.runs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ledger, in SQL. */
final class SqlDeliveryLedger implements DeliveryLedger {

    private static final String SELECT =
            "SELECT destination, experiment, comparison, attempt, remote_run, points_through,"
                    + " digest, complete FROM delivery ";

    private final Database database;
    private final Writer writer;

    SqlDeliveryLedger(Database database, Writer writer) {
        this.database = database;
        this.writer = writer;
    }

    @Override
    public Optional<Entry> find(String destination, String experiment, String comparison, long run) {
        return database.read(
                Optional.empty(),
                c -> c.first(
                        SELECT + "WHERE destination = ? AND experiment = ? AND comparison = ? AND attempt = ?",
                        SqlDeliveryLedger::entry,
                        destination,
                        experiment,
                        comparison,
                        run));
    }

    @Override
    public List<Entry> entries(String destination) {
        return database.read(
                List.of(), c -> c.list(SELECT + "WHERE destination = ?", SqlDeliveryLedger::entry, destination));
    }

    @Override
    public void put(Entry entry) {
        writer.now(
                false,
                c -> c.change(
                        "INSERT OR REPLACE INTO delivery (destination, experiment, comparison, attempt, remote_run,"
                                + " points_through, digest, complete) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        entry.destination(),
                        entry.experiment(),
                        entry.comparison(),
                        entry.run(),
                        entry.remoteRun(),
                        entry.pointsThrough(),
                        entry.digest(),
                        entry.complete() ? 1 : 0));
    }

    @Override
    public List<Proof> proofs(String destination) {
        return database.read(
                List.of(),
                c -> c.list(
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
                c -> c.change(
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
            c.change(
                    "DELETE FROM proof WHERE destination = ? AND experiment = ? AND comparison = ? AND attempt = ?",
                    entry.destination(),
                    entry.experiment(),
                    entry.comparison(),
                    entry.run());
            int removed = c.change(
                    "DELETE FROM delivery WHERE destination = ? AND experiment = ? AND comparison = ? AND attempt = ?",
                    entry.destination(),
                    entry.experiment(),
                    entry.comparison(),
                    entry.run());
            Attempts.forgetIfNobodyShows(c, entry.run());
            return removed;
        });
    }

    /** Also returns entries of attempts that are gone: a delivery may have been under way while its attempt was superseded. */
    @Override
    public List<Entry> superseded(String destination) {
        return database.read(
                List.of(),
                c -> c.list(
                        SELECT + "WHERE destination = ? AND attempt <> 0 AND NOT EXISTS"
                                + " (SELECT 1 FROM attempt WHERE attempt.id = delivery.attempt AND superseded = 0)",
                        SqlDeliveryLedger::entry,
                        destination));
    }

    @Override
    public Optional<Place> place(String destination, String experiment) {
        return database.read(
                Optional.empty(),
                c -> c.first(
                        "SELECT destination, experiment, id, created, origin FROM delivery_place"
                                + " WHERE destination = ? AND experiment = ?",
                        row -> new Place(
                                row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5)),
                        destination,
                        experiment));
    }

    @Override
    public void put(Place place) {
        writer.now(
                false,
                c -> c.change(
                        "INSERT OR REPLACE INTO delivery_place (destination, experiment, id, created, origin)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        place.destination(),
                        place.experiment(),
                        place.id(),
                        place.created(),
                        place.origin()));
    }

    @Override
    public void remove(Place place) {
        writer.now(
                false,
                c -> c.change(
                        "DELETE FROM delivery_place WHERE destination = ? AND experiment = ?",
                        place.destination(),
                        place.experiment()));
    }

    @Override
    public void forgetPlaces(String destination) {
        writer.now(false, c -> c.change("DELETE FROM delivery_place WHERE destination = ?", destination));
    }

    @Override
    public Optional<Registered> registered(String destination, String comparison, String name) {
        return database.read(
                Optional.empty(),
                c -> c.first(
                        "SELECT destination, comparison, name, model, created, version, run FROM registered_version"
                                + " WHERE destination = ? AND comparison = ? AND name = ?",
                        row -> new Registered(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getString(6),
                                row.getString(7)),
                        destination,
                        comparison,
                        name));
    }

    @Override
    public void put(Registered registered) {
        writer.now(
                false,
                c -> c.change(
                        "INSERT OR REPLACE INTO registered_version"
                                + " (destination, comparison, name, model, created, version, run) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        registered.destination(),
                        registered.comparison(),
                        registered.name(),
                        registered.model(),
                        registered.created(),
                        registered.version(),
                        registered.run()));
    }

    @Override
    public String newWriter() {
        return writer.now(false, c -> {
            // SQLite's chance: copies of one store must not agree, and no figure depends on it
            c.change("INSERT INTO writer (id) VALUES (lower(hex(randomblob(8))))");
            return c.list("SELECT id FROM writer WHERE position = last_insert_rowid()", row -> row.getString(1))
                    .get(0);
        });
    }

    @Override
    public Set<String> writers() {
        return new HashSet<>(database.read(List.of(), c -> c.list("SELECT id FROM writer", row -> row.getString(1))));
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
