package dev.ablate.engine.runs;

import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.ComparisonRecord.Member;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import dev.ablate.engine.runs.sqlite.Sql;
import dev.ablate.worker.spec.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Comparisons with their members and files, in SQL. */
public final class Comparisons {

    private Comparisons() {}

    static void record(Sql sql, Plan plan, String experiment, Instant now) throws SQLException {
        sql.change(
                "INSERT INTO comparison (key, name, experiment, tracked, created, recorded) VALUES (?1, ?2, ?3, ?4, ?5, ?5)"
                        + " ON CONFLICT (key) DO UPDATE SET name = ?2, experiment = ?3, tracked = ?4, recorded = ?5, ended = NULL",
                plan.key(),
                plan.name(),
                experiment,
                plan.track().tracked() ? 1 : 0,
                now.toEpochMilli());
        sql.change("DELETE FROM variant WHERE comparison = ?", plan.key());
        for (int position = 0; position < plan.variants().size(); position++) {
            sql.change(
                    "INSERT INTO variant (comparison, position, name) VALUES (?, ?, ?)",
                    plan.key(),
                    position,
                    plan.variants().get(position));
        }
        recordMembers(sql, plan);
    }

    /** Whose run a member is. */
    private record Known(String variant, String cell) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Known that
                    && Objects.equals(variant, that.variant)
                    && Objects.equals(cell, that.cell);
        }

        @Override
        public int hashCode() {
            return Objects.hash(variant, cell);
        }
    }

    private static void recordMembers(Sql sql, Plan plan) throws SQLException {
        Map<String, Known> members = new HashMap<>();
        Map<String, Long> pairs = new HashMap<>();
        sql.each(
                "SELECT key, variant, cell, pair, pair_position FROM member WHERE comparison = ? ORDER BY pair_position",
                row -> {
                    members.put(row.getString(1), new Known(row.getString(2), row.getString(3)));
                    pairs.putIfAbsent(row.getString(4), row.getLong(5));
                    return true;
                },
                plan.key());
        long next =
                sql.number("SELECT coalesce(max(pair_position) + 1, 0) FROM member WHERE comparison = ?", plan.key());
        List<@Nullable Object[]> changed = new ArrayList<>();
        for (PlannedRun run : plan.runs()) {
            Known now = new Known(run.variant(), run.group());
            String pair = run.pair().text();
            if (!now.equals(members.put(run.key().hex(), now))) {
                // a pair that is known keeps its place, a new one comes after all others
                Long position = pairs.get(pair);
                if (position == null) {
                    position = next++;
                    pairs.put(pair, position);
                }
                changed.add(new Object[] {plan.key(), run.key().hex(), now.variant(), now.cell(), pair, position});
            }
        }
        sql.changeAll(
                "INSERT INTO member (comparison, key, variant, cell, pair, pair_position) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                        + " ON CONFLICT (comparison, key) DO UPDATE SET variant = ?3, cell = ?4",
                changed);
    }

    /** Adds one of another store, or those of its members that are not there; false if nothing of it is new. */
    static boolean adopt(Sql sql, ComparisonRecord comparison, Published published, Optional<Registration> registration)
            throws SQLException {
        String key = comparison.key();
        boolean added = sql.change(
                        "INSERT INTO comparison (key, name, experiment, tracked, created, recorded)"
                                + " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO NOTHING",
                        key,
                        comparison.name(),
                        comparison.experiment(),
                        comparison.tracked() ? 1 : 0,
                        comparison.created().toEpochMilli(),
                        comparison.ended().orElse(comparison.created()).toEpochMilli())
                == 1;
        long variants = sql.number("SELECT count(*) FROM variant WHERE comparison = ?", key);
        for (String variant : comparison.variants()) {
            variants += sql.change(
                    "INSERT INTO variant (comparison, position, name) SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
                            + " (SELECT 1 FROM variant WHERE comparison = ?1 AND name = ?3)",
                    key,
                    variants,
                    variant);
        }
        int members = 0;
        for (Member member : comparison.members()) {
            members += sql.change(
                    "INSERT INTO member (comparison, key, variant, cell, pair, pair_position) SELECT ?1, ?2, ?3, ?4, ?5, coalesce("
                            + "(SELECT pair_position FROM member WHERE comparison = ?1 AND pair = ?5 LIMIT 1),"
                            + " (SELECT max(pair_position) + 1 FROM member WHERE comparison = ?1), 0)"
                            + " WHERE true ON CONFLICT (comparison, key) DO NOTHING",
                    key,
                    member.run().key().hex(),
                    member.variant(),
                    member.cell(),
                    member.pair().text());
        }
        if (added && comparison.ended().isPresent()) {
            publish(sql, key, published, comparison.ended().get());
            Registration.put(sql, key, registration);
        }
        return added || members > 0;
    }

    static void publish(Sql sql, String comparison, Published published, Instant now) throws SQLException {
        int known = sql.change(
                "UPDATE comparison SET note = ?, sentence = ?, ended = ?, inputs = ? WHERE key = ?",
                published.note(),
                published.sentence(),
                now.toEpochMilli(),
                published.inputs(),
                comparison);
        if (known == 0) {
            throw new IllegalArgumentException("no comparison " + comparison + " was recorded");
        }
        StoredEffect.put(sql, comparison, published.effects());
        sql.change("DELETE FROM file WHERE comparison = ?", comparison);
        for (Map.Entry<String, byte[]> file : published.files().entrySet()) {
            sql.change(
                    "INSERT INTO file (comparison, path, content) VALUES (?, ?, ?)",
                    comparison,
                    file.getKey(),
                    file.getValue());
        }
        for (Map.Entry<RunKey, String> prediction : published.predictions().entrySet()) {
            sql.change(
                    "UPDATE member SET predictions = ? WHERE comparison = ? AND key = ?",
                    prediction.getValue(),
                    comparison,
                    prediction.getKey().hex());
        }
    }

    static boolean publishAgain(Sql sql, String comparison, String inputs, Instant now) throws SQLException {
        return sql.change(
                        "UPDATE comparison SET ended = ? WHERE key = ? AND inputs = ? AND inputs <> ''",
                        now.toEpochMilli(),
                        comparison,
                        inputs)
                == 1;
    }

    static List<String> begun(Sql sql, String comparison) throws SQLException {
        // one that has not ended may yet be resumed with another provenance
        return sql.list(
                "SELECT attempt.id || ' ' || status || CASE WHEN status IN ('FINISHED', 'FAILED') THEN '' ELSE ' '"
                        + " || (SELECT count(*) FROM provenance WHERE provenance.attempt = attempt.id) END"
                        + " FROM member JOIN attempt ON attempt.key = member.key AND superseded = 0 AND status <> 'QUEUED'"
                        + " WHERE comparison = ? ORDER BY attempt.id",
                row -> row.getString(1),
                comparison);
    }

    static Optional<ComparisonRecord> find(Sql sql, String key) throws SQLException {
        return records(sql, "WHERE key = ?", key).stream().findFirst();
    }

    static List<ComparisonRecord> all(Sql sql) throws SQLException {
        return records(sql, "ORDER BY recorded DESC, rowid DESC");
    }

    static Map<String, byte[]> files(Sql sql, String comparison) throws SQLException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        sql.list(
                        "SELECT path, content FROM file WHERE comparison = ? ORDER BY rowid",
                        row -> Map.entry(row.getString(1), row.getBytes(2)),
                        comparison)
                .forEach(file -> files.put(file.getKey(), file.getValue()));
        return files;
    }

    private static List<ComparisonRecord> records(Sql sql, String where, Object... arguments) throws SQLException {
        return sql.list(
                "SELECT key, name, experiment, tracked, created, ended, note, sentence FROM comparison " + where,
                row -> record(sql, row),
                arguments);
    }

    private static ComparisonRecord record(Sql sql, ResultSet row) throws SQLException {
        String key = row.getString("key");
        long ended = row.getLong("ended");
        Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
        List<String> variants = sql.list(
                "SELECT name FROM variant WHERE comparison = ? ORDER BY position", name -> name.getString(1), key);
        return new ComparisonRecord(
                key,
                row.getString("name"),
                row.getString("experiment"),
                row.getBoolean("tracked"),
                Instant.ofEpochMilli(row.getLong("created")),
                end,
                variants,
                row.getString("note"),
                row.getString("sentence"),
                members(sql, key, variants));
    }

    /** The members that have begun: a run joins when it has an attempt that was begun, whichever comparison it was begun for. */
    private static List<Member> members(Sql sql, String comparison, List<String> variants) throws SQLException {
        record Placed(Member member, long position) {}
        List<Placed> placed = new ArrayList<>();
        Map<String, Integer> positions = new HashMap<>();
        variants.forEach(variant -> positions.putIfAbsent(variant, positions.size()));
        sql.list(
                "SELECT key, variant, cell, pair, pair_position, predictions FROM member WHERE comparison = ?",
                row -> {
                    Optional<RunRecord> run = AttemptRecords.find(sql, row.getString("key"));
                    if (run.isPresent() && run.get().status() != RunStatus.QUEUED) {
                        placed.add(new Placed(member(row, run.get()), row.getLong("pair_position")));
                    }
                    return run;
                },
                comparison);
        placed.sort(Comparator.comparingLong(Placed::position)
                .thenComparingInt(each -> positions.getOrDefault(each.member().variant(), -1))
                .thenComparing(each -> each.member().cell()));
        return placed.stream().map(Placed::member).toList();
    }

    private static Member member(ResultSet row, RunRecord run) throws SQLException {
        return new Member(
                run,
                row.getString("variant"),
                row.getString("cell"),
                new Pair(row.getString("pair")),
                Optional.ofNullable(row.getString("predictions")));
    }
}
