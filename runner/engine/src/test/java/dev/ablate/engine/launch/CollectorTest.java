package dev.ablate.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.model.ModelGraphs;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.Executor;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.data.SharedData;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunResult.Series;
import dev.ablate.worker.exchange.RunResult.Status;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.train.AbandonedTrainers;
import dev.ablate.worker.train.Patience;
import dev.ablate.worker.train.RunProgress;
import dev.ablate.worker.train.RunWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker gives to a result is what the pool gives to the store. */
class CollectorTest {

    @TempDir
    private Path folder;

    private RunResult travelled(PlannedRun run) {
        return travelled(run, run.leaves());
    }

    private RunResult travelled(PlannedRun run, String leaves) {
        ResultSink sink = new ResultSink(new SteadyClock(), () -> folder);
        RunEnding ending = new RunWorker(
                        run.context(),
                        new SharedData(),
                        sink,
                        1,
                        0,
                        RunProgress.NONE,
                        new AtomicBoolean(),
                        new Patience(Duration.ofSeconds(10)),
                        new AbandonedTrainers())
                .train();
        Path file = folder.resolve(run.key() + ".result");
        ResultFile.write(sink.result(run.key().hex(), leaves, ending, Map.of("java", "17"), ""), file);
        return ResultFile.read(file);
    }

    private static Plan plan(BoundTrainer trainer) {
        return ChangedRun.plan(
                SmallPlans.plan("travels", List.of(5L), Map.of("only", trainer)),
                run -> run.on(ChangedRun.HOUSES).split(0.2).scale(Method.STANDARD, Method.MAX));
    }

    /** {@code train/mse at 5: 0.25}, with all digits. */
    private static List<String> points(RunStore store, RunRecord record) {
        List<String> points = new ArrayList<>();
        store.points(record.id(), 0, Integer.MAX_VALUE)
                .forEach(point -> points.add(point(point.series(), point.step(), point.value())));
        return points;
    }

    private static String point(String series, long step, double value) {
        return series + " at " + step + ": " + CanonicalText.number(value);
    }

    @Test
    void aResultHasWhatTheStoreWouldHave() {
        Plan plan = plan(Descent.of(300, true));
        PlannedRun run = plan.runs().get(0);
        RunResult result = ModelGraphs.added(travelled(run));
        try (RunStore store = RunStore.open(folder.resolve("home"), new SteadyClock())) {
            RunRecord record = Executor.of(store)
                    .execute(
                            plan,
                            new ExecutionOptions(1, Set.of(), false, false, false),
                            new Quiet(),
                            new Cancellation())
                    .outcomes()
                    .get(0)
                    .record();
            assertThat(result.status()).isEqualTo(Status.FINISHED);
            assertThat(result.key()).isEqualTo(record.key().hex());
            assertThat(result.updates()).isEqualTo(record.updates());
            assertThat(result.deterministic()).isEqualTo(record.deterministic());
            assertThat(List.of(result.trainRows(), result.testRows()))
                    .isEqualTo(List.of(record.trainRows(), record.testRows()));
            assertThat(result.parameters()).isEqualTo(record.parameters());
            List<String> points = new ArrayList<>();
            for (Series series : result.series()) {
                for (int k = 0; k < series.steps().length; k++) {
                    points.add(point(series.name(), series.steps()[k], series.values()[k]));
                }
            }
            assertThat(points).hasSizeGreaterThan(1_000).containsExactlyInAnyOrderElementsOf(points(store, record));
            Map<String, byte[]> files = store.files(record.id());
            assertThat(result.files()).containsOnlyKeys(files.keySet());
            files.forEach((path, content) ->
                    assertThat(result.files().get(path)).as(path).isEqualTo(content));
        }
    }

    private static RunRecord pooled(RunStore store, Plan plan) {
        return Executor.of(store)
                .execute(plan, new ExecutionOptions(1, Set.of(), false, false, false), new Quiet(), new Cancellation())
                .outcomes()
                .get(0)
                .record();
    }

    @Test
    void aSubmittedRunIsCollectedOnceHoweverOftenItsResultComes() {
        Plan plan = plan(Descent.of(300, true));
        PlannedRun run = plan.runs().get(0);
        RunResult result = travelled(run);
        try (RunStore store = RunStore.open(folder.resolve("home"), new SteadyClock());
                RunStore other = RunStore.open(folder.resolve("other"), new SteadyClock())) {
            Collector collector = new Collector(store);
            assertThatThrownBy(() -> collector.collect(run, result))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessage("run only/seed=5 was not submitted");
            assertThat(store.submit(run, Set.of())).isTrue();
            RunRecord collected = collector.collect(run, result);
            assertThat(SecondProcessTest.described(store, collected))
                    .isEqualTo(SecondProcessTest.described(other, pooled(other, plan)));
            assertThat(collected.start()).isEqualTo(result.started());
            assertThat(collected.end()).contains(result.ended());
            assertThat(store.provenance(collected.id()).values()).containsEntry("java", "17");
            assertThat(collector.collect(run, result)).isEqualTo(collected);
            // and it is reused as if it had been trained here
            assertThat(pooled(store, plan)).isEqualTo(collected);
        }
    }

    @Test
    void manyResultsAreStoredAtOnceAsEachAlone() {
        Plan plan = plan(Descent.of(300, true));
        PlannedRun run = plan.runs().get(0);
        PlannedRun queued = plan(Descent.of(10, true)).runs().get(0);
        PlannedRun ended = plan(Descent.of(20, true)).runs().get(0);
        PlannedRun refused = plan(Descent.of(30, true)).runs().get(0);
        List<RunStore.Elsewhere> results = List.of(
                new RunStore.Elsewhere(run, travelled(run)),
                new RunStore.Elsewhere(queued, travelled(queued)),
                new RunStore.Elsewhere(ended, travelled(ended)),
                new RunStore.Elsewhere(refused, travelled(queued)));
        try (RunStore store = RunStore.open(folder.resolve("home"), new SteadyClock());
                RunStore other = RunStore.open(folder.resolve("other"), new SteadyClock())) {
            store.submit(queued, Set.of());
            Collector collector = new Collector(store);
            store.submit(ended, Set.of());
            collector.collect(ended, results.get(2).result());
            assertThat(collector.collectPlain(results)).containsExactly(run.key(), queued.key());
            assertThat(collector.collectPlain(results)).isEmpty();
            assertThat(SecondProcessTest.described(store, store.find(run.key()).orElseThrow()))
                    .isEqualTo(SecondProcessTest.described(other, pooled(other, plan)));
            assertThat(store.find(refused.key())).isEmpty();
            // what one thread trains another does not take in
            RunLog trained = store.begin(run, true);
            assertThat(collector.collectPlain(results)).isEmpty();
            trained.kill(0);
            assertThat(collector.collectPlain(results)).containsExactly(run.key());
        }
    }

    @Test
    void aResultOfOtherDataOrOfAnotherRunIsRefusedByName() {
        PlannedRun run = plan(Descent.of(10, true)).runs().get(0);
        PlannedRun another = plan(Descent.of(20, true)).runs().get(0);
        try (RunStore store = RunStore.open(folder.resolve("home"), new SteadyClock())) {
            store.submit(run, Set.of());
            Collector collector = new Collector(store);
            RunResult other = travelled(another);
            assertThatThrownBy(() -> collector.collect(run, other))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessage("the result is not of run only/seed=5, whose key is "
                            + run.key().brief() + ": it is of " + another.key());
            RunResult changed = travelled(run, run.leaves().replaceFirst("data: [0-9a-f]{8}", "data: 00000000"));
            assertThatThrownBy(() -> collector.collect(run, changed))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessageMatching(
                            "run only/seed=5 was trained elsewhere with something else: data is 00000000[0-9a-f]+,"
                                    + " and was [0-9a-f]+ when it was submitted");
            assertThat(store.find(run.key()).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);
        }
    }

    @Test
    void anotherResultOfARunIsAFinding() {
        PlannedRun run = plan(Descent.of(10, true)).runs().get(0);
        RunResult result = travelled(run);
        try (RunStore store = RunStore.open(folder.resolve("home"), new SteadyClock())) {
            store.submit(run, Set.of());
            Collector collector = new Collector(store);
            collector.collect(run, result);
            List<Series> series = new ArrayList<>(result.series());
            Series first = series.get(0);
            double[] values = first.values().clone();
            values[3] = Math.nextUp(values[3]);
            series.set(0, new Series(first.name(), first.steps(), values, first.times()));
            RunResult different = new RunResult(
                    result.key(),
                    result.leaves(),
                    result.status(),
                    result.error(),
                    result.deterministic(),
                    result.started(),
                    result.ended(),
                    result.updates(),
                    result.stopped(),
                    result.trainRows(),
                    result.testRows(),
                    result.parameters(),
                    series,
                    result.files(),
                    result.notes(),
                    result.provenance(),
                    result.log());
            assertThatThrownBy(() -> collector.collect(run, different))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessage(
                            "two results of run only/seed=5 are not equal, though they come from the same data, plugins and"
                                    + " settings: " + first.name() + " at 3 differs");
        }
    }

    @Test
    void aResultSaysWhyARunFailed() {
        RunResult result = travelled(plan(Scripted.of(training -> {
                    throw new IllegalStateException("no luck");
                }))
                .runs()
                .get(0));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.error())
                .contains(
                        "failed after 0 updates: trainer 'scripted' ended with java.lang.IllegalStateException: no luck");
        assertThat(result.parameters()).isEmpty();
    }
}
