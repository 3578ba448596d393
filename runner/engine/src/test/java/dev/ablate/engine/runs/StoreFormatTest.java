package dev.ablate.engine.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.runs.sqlite.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores of older formats; each file is what that version of Ablate wrote, as SQLite's shell dumps it. */
class StoreFormatTest {

    @TempDir
    private Path home;

    private Path file = Path.of("");

    private void write(int format) throws Exception {
        file = OldStore.write(home, format);
    }

    private Sql open() throws Exception {
        return new Sql(DriverManager.getConnection("jdbc:sqlite:" + file));
    }

    /** What the tables look like, whatever their order. */
    private static List<String> tables(Path file) throws Exception {
        try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            return sql.list(
                    "SELECT m.name || '.' || c.name || ' ' || c.type || c.\"notnull\" || coalesce(c.dflt_value, '') || c.pk"
                            + " FROM sqlite_schema m, pragma_table_info(m.name) c ORDER BY 1",
                    row -> row.getString(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void readsWhatWasStored(int format) throws Exception {
        write(format);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            List<RunRecord> records = store.newest(9);
            assertThat(records)
                    .extracting(RunRecord::status)
                    .containsExactly(RunStatus.KILLED, RunStatus.FAILED, RunStatus.FINISHED);
            assertThat(records).noneMatch(RunRecord::stopped);
            RunRecord finished = records.get(2);
            assertThat(finished.updates()).isEqualTo(10);
            assertThat(finished.trainRows()).isEqualTo(4);
            assertThat(finished.parameters()).containsExactly(entry("x1", 0.75));
            assertThat(finished.metrics()).containsExactly(entry("train/mse", 0.125));
            assertThat(store.series(finished.id(), "weights/x1"))
                    .extracting(Point::value)
                    .containsExactly(0.5, 0.75);
            assertThat(records.get(1).error()).contains("failed after 0 updates: a mistake");
            assertThat(store.comparisons()).hasSize(1);
            assertThat(store.comparisons().get(0).members()).hasSize(3);
            assertThat(store.files(finished.id())).isEmpty();
            assertThat(store.registration(store.comparisons().get(0).key())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void writesWhatIsNew(int format) throws Exception {
        write(format);
        RunRecord stopped;
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            RunLog log = store.begin(
                    new ChangedRun(SmallPlans.run("new", 1, Descent.of(10, true)))
                            .split(0.2)
                            .run(),
                    false);
            log.rows(3, 1);
            log.points(0, Map.of("test/mse", 0.5));
            log.file("model/model.onnx", new byte[] {1, 0, -1});
            stopped = log.finish(false, 0, true, Map.of());
            assertThat(stopped.stopped()).isTrue();
        }
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(store.find(stopped.key())).contains(stopped);
            assertThat(store.files(stopped.id())).containsOnlyKeys("model/model.onnx");
            assertThat(store.files(stopped.id()).get("model/model.onnx")).containsExactly(1, 0, -1);
            assertThat(store.newest(9)).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void becomesWhatANewStoreIs(int format) throws Exception {
        write(format);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(store.newest(99)).hasSize(format < 5 ? 3 : 12);
        }
        Path other = home.resolve("other");
        try (RunStore store = RunStore.open(other, new SteadyClock())) {
            store.begin(SmallPlans.run("new", 1, Descent.of(10, true)), false).kill(0);
        }
        assertThat(tables(file)).isEqualTo(tables(other.resolve("runs.db"))).hasSizeGreaterThan(40);
        try (Sql sql = open()) {
            assertThat(sql.number("PRAGMA user_version")).isEqualTo(Schema.VERSION);
        }
    }

    @Test
    void keepsWhatWasDeliveredAndTakesProofOfIt() throws Exception {
        write(2);
        DeliveryLedger.Proof proof;
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            List<DeliveryLedger.Entry> entries = store.ledger().entries("http://localhost:5000");
            assertThat(entries).hasSize(1).allMatch(DeliveryLedger.Entry::complete);
            assertThat(store.ledger().proofs("http://localhost:5000")).isEmpty();
            DeliveryLedger.Entry entry = entries.get(0);
            proof = new DeliveryLedger.Proof(
                    entry.destination(), entry.experiment(), entry.comparison(), entry.run(), true, "4 points differ");
            store.ledger().put(proof);
        }
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(store.ledger().proofs("http://localhost:5000")).containsExactly(proof);
            store.ledger()
                    .remove(store.ledger().entries("http://localhost:5000").get(0));
            assertThat(store.ledger().proofs("http://localhost:5000")).isEmpty();
        }
    }

    @Test
    void keepsProof() throws Exception {
        write(3);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(store.ledger().proofs("http://localhost:5000"))
                    .singleElement()
                    .satisfies(proof -> {
                        assertThat(proof.verified()).isTrue();
                        assertThat(proof.words()).isEqualTo("4 points differ, sent again");
                    });
        }
    }

    /** Format 5 is a real comparison: two variants, two cells of a sweep and three seeds, delivered, with models. */
    @Test
    void takesSentenceAndEffectsOutOfTheReport() throws Exception {
        write(5);
        String comparison;
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            comparison = store.comparisons().get(0).key();
            assertThat(store.comparisons().get(0).sentence())
                    .isEqualTo("bias: train/mse against no-bias is undecided in 1 of 1 cell.");
            Map<String, String> cell = Map.of("trainer.learning_rate", "0.5");
            assertThat(store.effects(comparison))
                    .containsExactly(
                            new StoredEffect(
                                    "train/mse",
                                    "bias",
                                    cell,
                                    "undecided",
                                    OptionalDouble.of(0.0268480870242398),
                                    OptionalDouble.of(0.84375),
                                    OptionalDouble.of(-0.09950408241049634),
                                    OptionalDouble.of(0.34503192996587884)),
                            new StoredEffect(
                                    "train/accuracy",
                                    "bias",
                                    cell,
                                    "undecided",
                                    OptionalDouble.of(-0.041666666666666664),
                                    OptionalDouble.of(1),
                                    OptionalDouble.of(-0.7500000000000002),
                                    OptionalDouble.of(0.5)));
        }
        try (Sql sql = open()) {
            // as text, digit by digit: SQLite may read a number wrong in its last bit
            assertThat(sql.list(
                            "SELECT difference, p, low, high FROM effect ORDER BY position",
                            row -> List.of(row.getObject(1), row.getObject(2), row.getObject(3), row.getObject(4))))
                    .containsExactly(
                            List.of("0.0268480870242398", "0.84375", "-0.09950408241049634", "0.34503192996587884"),
                            List.of("-0.041666666666666664", "1", "-0.7500000000000002", "0.5"));
        }
    }

    /** Format 6 is the same comparison, run by the version that added provenance. */
    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8, 9})
    void pairsRunsByTheirSeeds(int format) throws Exception {
        write(format);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            ComparisonRecord comparison = store.comparisons().get(0);
            assertThat(comparison.members())
                    .extracting(member -> member.pair().text())
                    .containsExactly("1", "1", "2", "2", "3", "3", "4", "4", "5", "5", "6", "6");
            assertThat(comparison.members())
                    .allSatisfy(member -> assertThat(member.pair().text())
                            .isEqualTo(member.run().params().get("seed")));
            assertThat(comparison.members())
                    .extracting(member -> member.run().results())
                    .as("before format 7 its keys have a version in the place of the number of results")
                    .containsOnly(Math.min(2, Math.max(0, format - 6)));
        }
    }

    @Test
    void keepsProvenanceAndEffects() throws Exception {
        write(6);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            ComparisonRecord comparison = store.comparisons().get(0);
            assertThat(store.provenances(comparison.key()))
                    .hasSize(12)
                    .allMatch(each -> each.get("ablate").equals(Optional.of("0.1.0-SNAPSHOT")));
            assertThat(store.effects(comparison.key())).hasSize(2);
            assertThat(comparison.sentence()).isEqualTo("bias: train/mse against no-bias is undecided in 1 of 1 cell.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void isCopiedAsItWasBeforeItIsChanged(int format) throws Exception {
        write(format);
        List<String> tables = tables(file);
        List<Path> copies = new ArrayList<>();
        for (int time = 1; time <= 2; time++) {
            try (RunStore store = RunStore.open(home, new SteadyClock(), copies::add)) {
                assertThat(store.newest(99)).isNotEmpty();
            }
        }
        Path copy = home.resolve("runs.db.format-" + format);
        assertThat(copies).as("said once").containsExactly(copy);
        assertThat(tables(copy)).isEqualTo(tables);
        try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + copy))) {
            assertThat(sql.number("PRAGMA user_version")).isEqualTo(format);
            assertThat(sql.number("SELECT count(*) FROM attempt")).isEqualTo(format < 5 ? 3 : 12);
        }
        // it is a store like any other
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.copy(copy, elsewhere.resolve("runs.db"));
        try (RunStore store = RunStore.open(elsewhere, new SteadyClock())) {
            assertThat(store.newest(99)).hasSize(format < 5 ? 3 : 12);
        }
    }

    @Test
    void replacesNoCopyThatIsThere() throws Exception {
        write(5);
        Files.writeString(home.resolve("runs.db.format-5"), "somebody's");
        Files.writeString(home.resolve("runs.db.format-5.draft"), "what a killed program left");
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(store.newest(99)).hasSize(12);
        }
        assertThat(home.resolve("runs.db.format-5")).hasContent("somebody's");
        assertThat(home.resolve("runs.db.format-5-2")).isNotEmptyFile();
        assertThat(home.resolve("runs.db.format-5.draft")).doesNotExist();
    }

    @Test
    void leavesNoCopyWhereItCannotBeChanged() throws Exception {
        write(6);
        try (Sql sql = open()) {
            sql.run("CREATE TABLE paired (a)");
        }
        try (RunStore store = RunStore.open(home, new SteadyClock(), copy -> fail("nothing was changed"))) {
            assertThatThrownBy(() -> store.newest(9)).isInstanceOf(StoreException.class);
        }
        assertThat(home.resolve("runs.db.format-6")).doesNotExist();
    }

    @Test
    void isNotChangedWhereItCannotBeCopied() throws Exception {
        write(5);
        Files.createDirectories(home.resolve("runs.db.format-5.draft/in the way"));
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThatThrownBy(() -> store.newest(9))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith(file + ": is of an older version of Ablate (format 5), and cannot be copied"
                            + " before it is brought up to date (")
                    .hasMessageEndingWith("); make room beside it, or set ABLATE_HOME to another folder");
        }
        try (Sql sql = open()) {
            assertThat(sql.number("PRAGMA user_version")).isEqualTo(5);
            assertThat(sql.number("SELECT count(seed_position) FROM member")).isEqualTo(12);
        }
    }

    @Test
    void hasNoEffectsOfAComparisonThatHasNotEnded() throws Exception {
        write(5);
        try (Sql sql = open()) {
            sql.run("DELETE FROM file");
        }
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            ComparisonRecord comparison = store.comparisons().get(0);
            assertThat(comparison.sentence()).isEmpty();
            assertThat(store.effects(comparison.key())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8, 9})
    void keepsWhereRunsWereDelivered(int format) throws Exception {
        write(format);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(store.ledger().entries("http://localhost:5000"))
                    .hasSize(13)
                    .allMatch(DeliveryLedger.Entry::complete)
                    .allMatch(entry -> entry.remoteRun().matches("[0-9a-f]{32}"));
        }
    }

    /** Before format 8 all points of a store had numbers in one row, and a delivery notes the last one that it sent. */
    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    void numbersThePointsOfEachRunAndWhatWasDeliveredOfThem(int format) throws Exception {
        write(format);
        List<List<Object>> before;
        long sent;
        try (Sql sql = open()) {
            before = sql.list(
                    "SELECT name, step, value, time FROM point JOIN series ON series.id = series WHERE attempt = 7"
                            + " ORDER BY point.id",
                    row -> List.of(row.getString(1), row.getLong(2), row.getDouble(3), row.getLong(4)));
            sent = sql.number("SELECT id FROM point WHERE attempt = 7 ORDER BY id LIMIT 1 OFFSET 4");
            sql.change("UPDATE delivery SET points_through = ?, complete = 0 WHERE attempt = 7", sent);
        }
        assertThat(before).hasSizeGreaterThan(20);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            List<Point> points = store.points(7, 0, Integer.MAX_VALUE);
            assertThat(points)
                    .extracting(point -> List.<Object>of(
                            point.series(),
                            point.step(),
                            point.value(),
                            point.time().toEpochMilli()))
                    .isEqualTo(before);
            assertThat(points).extracting(Point::id).startsWith(1L, 2L, 3L).endsWith((long) before.size());
            assertThat(sent).isGreaterThan(5);
            for (DeliveryLedger.Entry entry : store.ledger().entries("http://localhost:5000")) {
                List<Point> rest = store.points(entry.run(), entry.pointsThrough(), Integer.MAX_VALUE);
                assertThat(entry.pointsThrough())
                        .isEqualTo(
                                entry.run() == 7
                                        ? 5
                                        : store.points(entry.run(), 0, Integer.MAX_VALUE)
                                                .size());
                assertThat(rest).hasSize(entry.run() == 7 ? before.size() - 5 : 0);
            }
        }
    }

    /** As where a trainer left out other updates the second time. */
    @Test
    void keepsTheOrderOfARunThatWasResumed() throws Exception {
        write(7);
        try (Sql sql = open()) {
            sql.run("UPDATE point SET step = 7 WHERE attempt = 7 AND step = 1");
            sql.run("UPDATE attempt SET status = 'KILLED', updates = 7 WHERE id = 7");
        }
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(store.points(7, 0, Integer.MAX_VALUE).stream()
                            .map(Point::step)
                            .distinct())
                    .containsExactly(0L, 7L, 2L);
            assertThat(store.series(7, "train/mse")).extracting(Point::step).containsExactly(0L, 2L, 7L);
            assertThat(store.series(7, List.of("train/mse")).values())
                    .singleElement()
                    .satisfies(sorted -> assertThat(sorted.steps()).containsExactly(0, 2, 7))
                    .satisfies(sorted -> assertThat(
                                    new int[] {sorted.at(-1), sorted.at(0), sorted.at(6), sorted.at(7), sorted.at(99)})
                            .containsExactly(-1, 0, 1, 2, 2));
            double last = store.series(7, "train/mse").get(2).value();
            assertThat(store.newest(99))
                    .filteredOn(run -> run.id() == 7)
                    .singleElement()
                    .satisfies(run -> assertThat(run.metrics()).containsEntry("train/mse", last));
        }
    }
}
