package dev.ablate.engine.runs.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.note.LoggedRun.Value;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.LoggedNote.Kind;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs log, in the store and on its way there. */
class NotesTest {

    private static final LoggedNote BEGUN = new LoggedNote("run", Kind.CHILD, "fold 1", 0, 500, "c1");

    @TempDir
    private Path home;

    private final PlannedRun run = SmallPlans.run("only", 1, Descent.of(10, true));

    private static LoggedNote loss(long step, long time, double value) {
        return new LoggedNote("run", Kind.METRIC, "val/loss", step, time, Double.toString(value));
    }

    private static LoggedNote text(String of, Kind kind, String name, String value) {
        return new LoggedNote(of, kind, name, 0, 0, value);
    }

    @Test
    void areThereBeforeTheRunHasEnded() {
        try (RunStore store = RunStore.open(home, new SteadyClock());
                RunStore other = RunStore.open(home, new SteadyClock())) {
            RunLog log = store.begin(run, false);
            log.logged(List.of(loss(5, 1, 0.5), loss(5, 2, Double.NaN), loss(-1, 3, 0.25)), Map.of());
            log.logged(List.of(), Map.of("logged/run/a/b.txt", new byte[] {1}));
            assertThat(other.notes(log.id(), 0))
                    .containsExactly(loss(5, 1, 0.5), loss(5, 2, Double.NaN), loss(-1, 3, 0.25));
            assertThat(other.notes(log.id(), 2)).containsExactly(loss(-1, 3, 0.25));
            assertThat(other.files(log.id())).containsOnlyKeys("logged/run/a/b.txt");
        }
    }

    @Test
    void countOnceWhereAnAttemptBeginsAgain() {
        List<LoggedNote> first = List.of(loss(0, 1, 0.5), loss(0, 2, 0.5), text("run", Kind.TAG, "state", "a"), BEGUN);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            RunLog log = store.begin(run, false);
            log.logged(first, Map.of());
            log.kill(0);
            RunLog again = store.begin(run, false);
            assertThat(again.id()).isEqualTo(log.id());
            again.logged(
                    List.of(loss(0, 7, 0.5), loss(0, 8, 0.75), text("run", Kind.TAG, "state", "b"), BEGUN), Map.of());
            assertThat(store.notes(log.id(), 4)).containsExactly(loss(0, 8, 0.75), text("run", Kind.TAG, "state", "b"));
        }
    }

    @Test
    void travelWithAResult() {
        ResultSink sink = new ResultSink(new SteadyClock(), () -> home);
        sink.logged(List.of(loss(0, 1, 0.5), loss(0, 2, 0.5)), Map.of("logged/run/a", new byte[] {1}));
        ResultSink again = new ResultSink(new SteadyClock(), () -> home, Optional.of(result(sink)));
        again.logged(List.of(loss(0, 7, 0.5), loss(1, 8, 0.5)), Map.of());
        RunResult result = result(again);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            store.submit(run, Set.of());
            RunRecord collected = store.collect(run, result).orElseThrow();
            assertThat(store.notes(collected.id(), 0))
                    .containsExactly(loss(0, 1, 0.5), loss(0, 2, 0.5), loss(1, 8, 0.5));
            assertThat(store.files(collected.id())).containsOnlyKeys("logged/run/a");
        }
    }

    private RunResult result(ResultSink sink) {
        return sink.result(run.key().hex(), "", RunEnding.finished(true, 1, false, Map.of()), Map.of(), "");
    }

    @Test
    void describeRuns() {
        List<LoggedRun> runs = LoggedRun.of(List.of(
                text("run", Kind.PARAM, "lr", "0.1"),
                BEGUN,
                new LoggedNote("c1", Kind.CHILD, "inner", 0, 600, "c2"),
                new LoggedNote("c1", Kind.METRIC, "loss", 3, 9, "0.5"),
                new LoggedNote("c1", Kind.END, "FINISHED", 0, 700, ""),
                text("c1", Kind.TAG, "a", "1"),
                text("c1", Kind.TAG, "b", "1"),
                text("c1", Kind.UNTAG, "a", ""),
                text("run", Kind.INPUT, "wine", "{\"digest\":\"ab\"}")));
        assertThat(runs).extracting(LoggedRun::id).containsExactly("run", "c1", "c2");
        assertThat(runs).extracting(LoggedRun::parent).containsExactly("", "run", "c1");
        assertThat(runs.get(0).params()).containsExactly(Map.entry("lr", "0.1"));
        assertThat(runs.get(0).inputs()).containsExactly(new LoggedRun.Input("wine", Map.of("digest", "ab")));
        LoggedRun child = runs.get(1);
        assertThat(child.tags()).containsExactly(Map.entry("b", "1"));
        assertThat(child.metrics()).containsExactly(new Value("loss", 3, 9, 0.5));
        assertThat(List.of(child.name(), child.status(), child.started(), child.ended()))
                .isEqualTo(List.of("fold 1", "FINISHED", 500L, 700L));
    }
}
