package dev.ablate.runner.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.runner.fixture.Descent;
import dev.ablate.runner.fixture.SmallPlans;
import dev.ablate.runner.plan.PlannedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final PlannedRun RUN = SmallPlans.run("bias", 7, Descent.of(10, true));

    @TempDir
    private Path home;

    private Instant now = START;
    private RunStore store;

    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void open() {
        store = RunStore.open(home, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void createsNothingBeforeTheFirstWrite() throws Exception {
        assertThat(store.find(RUN.key())).isEmpty();
        assertThat(store.comparisons()).isEmpty();
        assertThat(store.ledger().entries("managed")).isEmpty();
        assertThat(home).isEmptyDirectory();
        store.begin(RUN, false).finish(true, 0, Map.of());
        assertThat(Files.exists(home.resolve("runs.db"))).isTrue();
    }

    @Test
    void tellsAFinishedRunAsItWasTold() {
        RunLog log = store.begin(RUN, false);
        log.rows(3, 1);
        log.points(0, Map.of("train/mse", 0.25));
        now = START.plusSeconds(1);
        log.points(10, Map.of("train/mse", -0.0, "weights/x1", 1e300));
        now = START.plusSeconds(2);
        RunRecord told = log.finish(true, 10, Map.of("x1", 1.5));

        assertThat(store.find(RUN.key())).contains(told);
        assertThat(told)
                .isEqualTo(new RunRecord(
                        log.id(),
                        RUN.key(),
                        RunStatus.FINISHED,
                        java.util.Optional.empty(),
                        true,
                        START,
                        java.util.Optional.of(START.plusSeconds(2)),
                        10,
                        3,
                        1,
                        RUN.params(),
                        Map.of("train/mse", -0.0),
                        Map.of("x1", 1.5)));
        assertThat(store.points(log.id(), 0, 100)).hasSize(3);
        assertThat(store.series(log.id(), "train/mse"))
                .extracting(Point::step, Point::value, Point::time)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, 0.25, START),
                        org.assertj.core.groups.Tuple.tuple(10L, -0.0, START.plusSeconds(1)));
    }

    @Test
    void doesNotBeginWhatIsBeingTrainedOrHasEnded() {
        RunLog log = store.begin(RUN, false);
        assertThatThrownBy(() -> store.begin(RUN, true)).isInstanceOf(IllegalStateException.class);
        assertThat(store.tryBegin(RUN, EnumSet.allOf(RunStatus.class))).isEmpty();
        log.finish(true, 0, Map.of());
        assertThatThrownBy(() -> store.begin(RUN, false)).isInstanceOf(IllegalStateException.class);
        assertThat(store.begin(RUN, true).id()).isNotEqualTo(log.id());
    }

    @Test
    void findsByPrefix() {
        store.begin(RUN, false);
        assertThat(store.findByPrefix(RUN.key().brief())).hasSize(1);
        assertThat(store.findByPrefix("")).hasSize(1);
        assertThat(store.findByPrefix("'; DROP")).isEqualTo(List.of());
    }
}
