package dev.ablate.engine.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.home.HomeKind;
import dev.ablate.engine.runs.home.HomeUse;
import dev.ablate.engine.runs.sqlite.Sql;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

@Timeout(60)
class StoreTroubleTest {

    private static final PlannedRun RUN = SmallPlans.run("bias", 7, Descent.of(10, true));
    private static final PlannedRun OTHER = SmallPlans.run("bias", 8, Descent.of(10, true));

    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("runs.db");
    }

    private SqliteStore open() {
        return (SqliteStore) RunStore.open(home, new SteadyClock());
    }

    /** A store with one finished run of 1,000 points. */
    private RunRecord filled() {
        try (RunStore store = open()) {
            RunLog log = store.begin(RUN, false);
            for (int step = 0; step < 1_000; step++) {
                log.points(step, Map.of("train/mse", step / 7.0));
            }
            return log.finish(true, 999, Map.of("x1", 1.0));
        }
    }

    private void sql(String statement) throws Exception {
        try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            sql.run(statement);
        }
    }

    /** Sets the connection that writes. */
    private static void pragma(SqliteStore store, String pragma) {
        store.writer().now(false, c -> {
            c.run(pragma);
            return c;
        });
    }

    private void assertRefused(String message) {
        try (RunStore store = open()) {
            assertThatThrownBy(() -> store.find(RUN.key()))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(file + ": " + message);
            assertThatThrownBy(() -> store.begin(OTHER, false))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(file + ": " + message);
        }
    }

    @Test
    void refusesAStoreOfANewerVersion() throws Exception {
        filled();
        sql("PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(file);
        assertRefused("was made by a newer version of Ablate (format 99; this one knows " + Schema.VERSION
                + "); use that version, or set ABLATE_HOME to another folder");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void refusesTheDatabaseOfAnotherProgram() throws Exception {
        sql("CREATE TABLE bookmark (url TEXT)");
        assertRefused("is not a store of Ablate; move it away, or set ABLATE_HOME to another folder");
        sql("SELECT url FROM bookmark");
    }

    @Test
    void refusesWhatIsNotADatabase() throws Exception {
        Files.writeString(file, "These are my notes, and they are mine alone. ".repeat(100));
        byte[] before = Files.readAllBytes(file);
        assertRefused(
                "the store is damaged (sqlite_notadb: File opened that is not a database file); move the file away and run"
                        + " again, or rescue what is in it with 'sqlite3 FILE .recover'");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void saysThatTheFileIsDamaged() throws Exception {
        RunRecord run = filled();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            // all but the first pages, where the tables are described
            byte[] rubbish = new byte[(int) bytes.length() - 30 * 4096];
            java.util.Arrays.fill(rubbish, (byte) 0x5a);
            bytes.seek(30 * 4096);
            bytes.write(rubbish);
        }
        try (RunStore store = open()) {
            assertThatThrownBy(() -> store.points(run.id(), 0, Integer.MAX_VALUE))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith(file + ": the store is damaged (sqlite_corrupt: ");
        }
    }

    @Test
    void saysThatTheFileCannotBeOpened() throws Exception {
        Files.createDirectory(file);
        assertRefused(
                "the store cannot be opened; check that its folder exists and is yours, or set ABLATE_HOME to another"
                        + " folder");
    }

    @Test
    void saysThatTheFolderCannotBeMade() throws Exception {
        Files.createFile(home.resolve("occupied"));
        try (RunStore store = RunStore.open(home.resolve("occupied"), new SteadyClock())) {
            assertThatThrownBy(() -> store.begin(RUN, false))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("occupied");
        }
    }

    @Test
    void saysThatTheFileMayNotBeWritten() {
        RunRecord run = filled();
        try (SqliteStore store = open()) {
            // what SQLite answers for a file without the right to write, which the superuser has everywhere
            pragma(store, "PRAGMA query_only = true");
            assertThatThrownBy(() -> store.begin(OTHER, false))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(file
                            + ": the store may not be written; give yourself the right to write this file and its folder,"
                            + " or set ABLATE_HOME to another folder");
            assertThat(store.find(RUN.key())).contains(run);
        }
    }

    @Test
    void losesNothingThatWasStoredWhenTheDiskIsFull() {
        RunRecord run = filled();
        try (SqliteStore store = open()) {
            RunLog log = store.begin(OTHER, false);
            // SQLite's own way to have no more room than there is now
            pragma(store, "PRAGMA max_page_count = 1");
            String message =
                    file + ": the disk is full; make room and run the same command again: what was stored is safe";
            assertThatThrownBy(() -> {
                        for (int step = 0; step < 1_000_000; step++) {
                            log.points(step, Map.of("train/mse", 1.0));
                        }
                    })
                    .isInstanceOf(StoreException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> log.finish(true, 5, Map.of())).isInstanceOf(StoreException.class);
            assertThat(store.find(RUN.key())).contains(run);
            assertThat(store.points(run.id(), 0, Integer.MAX_VALUE)).hasSize(1_000);

            // with room again, the run is resumed: it never counts as finished with points missing
            pragma(store, "PRAGMA max_page_count = 1000000");
            assertThat(store.find(OTHER.key())).map(RunRecord::status).contains(RunStatus.RUNNING);
            RunLog again = store.begin(OTHER, false);
            assertThat(again.id()).isEqualTo(log.id());
            List<Point> there = store.points(again.id(), 0, Integer.MAX_VALUE);
            assertThat(there).extracting(Point::step).containsExactlyElementsOf(firstSteps(there.size()));
            again.finish(true, 0, Map.of());
        }
        try (RunStore store = open()) {
            assertThat(store.find(OTHER.key())).map(RunRecord::status).contains(RunStatus.FINISHED);
        }
    }

    @Test
    void saysThatTheDiskDoesNotHaveWhatWasWritten() {
        try (SqliteStore store = open()) {
            Supplier<Integer> written = store.writer().soonOnDisk(sql -> {
                // written all the same, but nothing after it, which would bring it on the disk
                sql.run("PRAGMA query_only = true");
                return 1;
            });
            assertThatThrownBy(written::get)
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith(file + ": the store may not be written; ");
        }
    }

    @Test
    void saysThatTheDiskIsFullWhereThereIsNoRoomForTheIndexOfTheLog() {
        SQLiteException failure = new SQLiteException("", SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);
        assertThat(new Database(file, new HomeUse(home, HomeKind.LOCAL, new SteadyClock(), remark -> {}), copy -> {})
                        .explain(failure))
                .hasMessage(
                        file + ": the disk is full; make room and run the same command again: what was stored is safe");
    }

    private static List<Long> firstSteps(int count) {
        return java.util.stream.LongStream.range(0, count).boxed().toList();
    }

    @Test
    void putsTheEndOfARunOnTheDiskBeforeItGoesOn() {
        Map<Boolean, Long> synchronous = new HashMap<>();
        try (SqliteStore store = open()) {
            for (boolean toDisk : new boolean[] {true, false}) {
                synchronous.put(toDisk, store.writer().now(toDisk, c -> c.number("PRAGMA synchronous")));
            }
            List<String> mode = store.writer().now(false, c -> c.list("PRAGMA journal_mode", row -> row.getString(1)));
            assertThat(mode).containsExactly("wal");
        }
        assertThat(synchronous).containsEntry(true, 2L).containsEntry(false, 1L);
    }
}
