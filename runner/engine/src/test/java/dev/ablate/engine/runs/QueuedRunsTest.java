package dev.ablate.engine.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that were submitted, and that nobody trains yet. */
class QueuedRunsTest {

    private static final Plan PLAN = SmallPlans.plan("gate", List.of(1L, 2L), Map.of("bias", Descent.of(10, true)));

    private static final PlannedRun RUN = PLAN.runs().get(0);

    private static final Provenance HERE = new Provenance(Map.of("host", "here"));

    @TempDir
    private Path home;

    private final SteadyClock clock = new SteadyClock();
    private RunStore store;

    @BeforeEach
    void open() {
        store = RunStore.open(home, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private RunRecord current() {
        return store.find(RUN.key()).orElseThrow();
    }

    @Test
    void waitWithoutAnOwnerAndAreNotKilled() {
        assertThat(store.submit(RUN, Set.of())).isTrue();
        store.close();
        open();
        assertThat(current().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(store.state(current())).isEqualTo(RunStatus.QUEUED);
        assertThat(store.isTrained(RUN.key())).isFalse();
        assertThat(current().start()).isEqualTo(SteadyClock.START);
        assertThat(current().end()).isEmpty();
        assertThat(current().updates()).isZero();
        assertThat(current().params()).isEqualTo(RUN.params());
        assertThat(store.newest(9)).containsExactly(current());
    }

    @Test
    void runOnceTheyAreBegun() {
        store.submit(RUN, Set.of());
        long id = current().id();
        clock.advance(Duration.ofHours(1));
        RunLog log = store.tryBegin(RUN, Set.of(), HERE).orElseThrow();
        assertThat(log.id()).isEqualTo(id);
        assertThat(current().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(current().start()).isAfterOrEqualTo(SteadyClock.START.plus(Duration.ofHours(1)));
        assertThat(store.provenance(id)).isEqualTo(HERE);
        assertThat(store.submit(RUN, EnumSet.allOf(RunStatus.class)))
                .as("while it is trained")
                .isFalse();
        RunRecord finished = log.finish(true, 10, Map.of("x1", 0.5));
        assertThat(finished.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(finished.params()).isEqualTo(RUN.params());
    }

    @Test
    void areSubmittedOnce() {
        store.submit(RUN, Set.of());
        RunRecord first = current();
        clock.advance(Duration.ofHours(1));
        assertThat(store.submit(RUN, EnumSet.allOf(RunStatus.class))).isTrue();
        assertThat(current()).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"FINISHED", "FAILED"})
    void doNotReplaceWhatHasEndedUnlessTheyAreAskedTo(RunStatus status) {
        RunLog log = store.begin(RUN, false);
        RunRecord ended = status == RunStatus.FINISHED ? log.finish(true, 10, Map.of()) : log.fail("failed", 3);
        assertThat(store.submit(RUN, Set.of())).isFalse();
        assertThat(current()).isEqualTo(ended);
        assertThat(store.submit(RUN, Set.of(status))).isTrue();
        assertThat(current().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(current().id()).isNotEqualTo(ended.id());
    }

    @Test
    void replaceWhatWasInterrupted() {
        RunLog log = store.begin(RUN, false);
        log.points(1, Map.of("train/mse", 0.5));
        RunRecord killed = log.kill(1);
        assertThat(store.submit(RUN, Set.of())).isTrue();
        assertThat(current().id()).isNotEqualTo(killed.id());
        assertThat(store.points(current().id(), 0, 9)).isEmpty();
    }

    /** What has not begun is not a member yet, so that no tracker hears of it. */
    @Test
    void joinTheirComparisonOnceTheyAreBegun() {
        store.record(PLAN, "e");
        PLAN.runs().forEach(run -> store.submit(run, Set.of()));
        assertThat(store.comparison(PLAN.key()).orElseThrow().members()).isEmpty();
        assertThat(store.provenances(PLAN.key())).isEmpty();
        store.begin(PLAN.runs().get(1), false).finish(true, 10, Map.of());
        assertThat(store.comparison(PLAN.key()).orElseThrow().members())
                .singleElement()
                .satisfies(member ->
                        assertThat(member.pair()).isEqualTo(PLAN.runs().get(1).pair()));
    }
}
