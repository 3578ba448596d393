package dev.ablate.engine.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.home.HomeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store of a home that several hosts see, used by one process. */
@Timeout(60)
class NetworkHomeTest {

    private static final PlannedRun RUN = SmallPlans.run("bias", 7, Descent.of(10, true));
    private static final PlannedRun OTHER = SmallPlans.run("bias", 8, Descent.of(10, true));

    @TempDir
    private Path home;

    private final List<String> remarks = new ArrayList<>();
    private final List<Path> copies = new ArrayList<>();

    private SqliteStore open(HomeKind kind) {
        return (SqliteStore) RunStore.open(home, kind, new SteadyClock(), copies::add, remarks::add);
    }

    private static RunRecord fill(RunStore store, PlannedRun run, int points) {
        RunLog log = store.begin(run, false);
        for (int step = 0; step < points; step++) {
            log.points(step, Map.of("train/mse", step / 7.0));
        }
        return log.finish(true, points - 1, Map.of("x1", 1.0));
    }

    private static String pragma(SqliteStore store, String name) {
        return store.writer()
                .now(false, c -> c.list("PRAGMA " + name, row -> row.getString(1)))
                .get(0);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> home.relativize(file).toString()).collect(Collectors.toUnmodifiableSet());
        }
    }

    @Test
    void hasARollbackJournalAndALockThatNamesTheProcess() throws Exception {
        RunRecord run;
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            run = fill(store, RUN, 1_000);
            assertThat(pragma(store, "journal_mode")).isEqualTo("delete");
            assertThat(pragma(store, "locking_mode")).isEqualTo("exclusive");
            assertThat(pragma(store, "synchronous")).isEqualTo("2");
            assertThat(files()).contains("home.lock").doesNotContain("runs.db-wal", "runs.db-shm", "leases");
        }
        assertThat(files()).containsExactly("runs.db");
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            assertThat(store.find(RUN.key())).contains(run);
            assertThat(store.points(run.id(), 0, Integer.MAX_VALUE)).hasSize(1_000);
        }
    }

    @Test
    void takesOverWhatAKilledProcessLeftInAWriteAheadLog() throws Exception {
        Path killed = Files.createDirectory(home.resolve("killed"));
        RunRecord run;
        try (SqliteStore store = open(HomeKind.LOCAL)) {
            run = fill(store, RUN, 1_000);
            assertThat(home.resolve("runs.db-wal")).isNotEmptyFile();
            Files.copy(home.resolve("runs.db"), killed.resolve("runs.db"));
            Files.copy(home.resolve("runs.db-wal"), killed.resolve("runs.db-wal"));
        }
        home = killed;
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            assertThat(store.find(RUN.key())).contains(run);
            assertThat(store.points(run.id(), 0, Integer.MAX_VALUE)).hasSize(1_000);
            assertThat(files()).doesNotContain("runs.db-wal", "runs.db-shm");
            assertThat(pragma(store, "journal_mode")).isEqualTo("delete");
        }
    }

    @Test
    void isWrittenToNoMoreOnceItWasTakenOver() throws Exception {
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            fill(store, RUN, 10);
            // as another host does that has not heard of this process for long
            Files.writeString(home.resolve("home.lock.new"), "of another host");
            Files.move(home.resolve("home.lock.new"), home.resolve("home.lock"), StandardCopyOption.REPLACE_EXISTING);
            Throwable refused = null;
            while (refused == null) {
                refused = catchThrowable(() -> store.newest(9));
                Thread.sleep(20);
            }
            assertThat(refused)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is no longer used by this process");
            assertThatThrownBy(() -> fill(store, OTHER, 10)).hasMessageContaining("is no longer used by this process");
        }
        assertThat(home.resolve("home.lock")).hasContent("of another host");
    }

    @Test
    void isSharedAgainOnADiskOfThisHost() {
        RunRecord run;
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            run = fill(store, RUN, 10);
        }
        try (SqliteStore store = open(HomeKind.LOCAL);
                SqliteStore second = open(HomeKind.LOCAL)) {
            assertThat(pragma(store, "journal_mode")).isEqualTo("wal");
            fill(second, OTHER, 10);
            assertThat(store.find(RUN.key())).contains(run);
            assertThat(store.find(OTHER.key())).isPresent();
        }
    }

    @Test
    void isBroughtUpToDateAfterACopy() throws Exception {
        OldStore.write(home, 8);
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            assertThat(store.newest(9)).isNotEmpty();
            assertThat(store.comparisons()).isNotEmpty();
            fill(store, RUN, 10);
        }
        assertThat(copies).containsExactly(home.resolve("runs.db.format-8"));
        assertThat(files()).containsExactlyInAnyOrder("runs.db", "runs.db.format-8");
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            assertThat(store.find(RUN.key())).isPresent();
        }
        assertThat(copies).hasSize(1);
    }

    @Test
    void isReadByManyThreadsWhileOthersWrite() throws Exception {
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            RunRecord first = fill(store, RUN, 100);
            ExecutorService pool = Executors.newFixedThreadPool(4);
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                PlannedRun run = SmallPlans.run("bias", 100 + thread, Descent.of(10, true));
                all.add(pool.submit(() -> {
                    for (int round = 0; round < 50; round++) {
                        assertThat(store.points(first.id(), 0, Integer.MAX_VALUE))
                                .hasSize(100);
                    }
                    return fill(store, run, 200);
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            pool.shutdown();
            assertThat(store.newest(9)).hasSize(5).allMatch(run -> run.status() == RunStatus.FINISHED);
        }
    }

    @Test
    void givesARunToOneThreadAtATime() {
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            RunLog log = store.begin(RUN, false);
            assertThat(store.isTrained(RUN.key())).isTrue();
            assertThat(store.tryBegin(RUN, Set.of())).isEmpty();
            assertThat(store.isTrained(OTHER.key())).isFalse();
            log.kill(0);
            assertThat(store.isTrained(RUN.key())).isFalse();
            RunStore.Lease lease = store.lease("delivery").orElseThrow();
            assertThat(store.lease("delivery")).isEmpty();
            lease.close();
            assertThat(store.lease("delivery")).isPresent();
            lease.close();
            assertThat(store.lease("delivery"))
                    .as("closed twice is closed once")
                    .isEmpty();
        }
    }

    @Test
    void warnsOnceBeforeItIsWrittenTo() {
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            assertThat(store.newest(9)).isEmpty();
            fill(store, RUN, 10);
            fill(store, OTHER, 10);
        }
        assertThat(remarks)
                .singleElement()
                .asString()
                .startsWith(
                        "warning: the home " + home + " is used as one on a network file system: one process at a time")
                .contains("ABLATE_HOME=FOLDER", "ablate runs export");
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            assertThat(store.newest(9)).hasSize(2);
        }
        assertThat(remarks).hasSize(1);
    }

    @Test
    void createsNothingBeforeItIsWrittenTo() throws Exception {
        try (SqliteStore store = open(HomeKind.NETWORK)) {
            assertThat(store.newest(9)).isEmpty();
        }
        assertThat(files()).isEmpty();
    }
}
