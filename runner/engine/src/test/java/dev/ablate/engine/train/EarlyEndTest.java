package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.StopRule;
import dev.ablate.worker.train.Patience;
import dev.ablate.worker.train.RunFailure;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end before their last update: by their stop rule, or because they take too long. */
@Timeout(60)
class EarlyEndTest {

    private static final Model ONE = Scripted.constant(1);
    private static final MeasuredMetric MSE = MeasuredMetric.of(MeasuredMetric.Part.TRAIN, "mse");
    private static final ExecutionOptions ORDERS = new ExecutionOptions(2, Set.of(), false, false, false);

    private static final Duration LIMIT = Duration.ofMillis(500);

    /** For trainers that listen: only a broken one takes that long. */
    private static final Patience LONG = new Patience(Duration.ofSeconds(30));

    @TempDir
    private Path home;

    private RunStore store;

    @BeforeEach
    void open() {
        store = RunStore.open(home, new SteadyClock());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Plan plan(Map<String, ? extends BoundTrainer> variants, UnaryOperator<ChangedRun> change) {
        return ChangedRun.plan(SmallPlans.plan("early", List.of(1L, 2L), variants), change);
    }

    private List<Outcome> execute(Plan plan, ExecutionOptions orders) {
        return execute(plan, orders, LONG);
    }

    private List<Outcome> execute(Plan plan, ExecutionOptions orders, Patience patience) {
        return new PooledExecutor(store, patience)
                .execute(plan, orders, new Quiet(), new Cancellation())
                .outcomes();
    }

    private RunRecord train(BoundTrainer trainer, UnaryOperator<ChangedRun> change) {
        return execute(plan(Map.of("only", trainer), change), ORDERS).get(0).record();
    }

    // ---- stop rules

    @Test
    void endsWhereTheStopRuleSaysSo() {
        Descent descent = Descent.of(3_000, true);
        RunRecord whole = train(descent, run -> run);
        double bound = 0.05;
        RunRecord stopped = train(descent, run -> run.stop(new StopRule.Bound(MSE, true, bound, 100)));

        List<Point> curve = store.series(whole.id(), "train/mse");
        // the grid has steps of 20: the first six points in a row that are all below the bound
        int last = 5;
        while (!curve.subList(last - 5, last + 1).stream().allMatch(point -> point.value() < bound)) {
            last++;
        }
        assertThat(last).isGreaterThan(5);
        assertThat(stopped.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.updates()).isEqualTo(20L * last).isLessThan(3_000);
        assertThat(store.find(stopped.key())).contains(stopped);
        assertThat(store.series(stopped.id(), "train/mse"))
                .extracting(Point::value)
                .isEqualTo(curve.subList(0, last + 1).stream().map(Point::value).toList());
        assertThat(store.series(stopped.id(), "weights/x1").get(last).value())
                .isEqualTo(stopped.parameters().get("x1"));
        assertThat(whole.stopped()).isFalse();
    }

    @Test
    void isNotStoppedWhereTheRuleHoldsAtTheLastUpdateAlone() {
        RunRecord record = train(Descent.of(20, false), run -> run.stop(new StopRule.Bound(MSE, true, 1e9, 20)));
        assertThat(record.stopped()).isFalse();
        assertThat(record.updates()).isEqualTo(20);
        RunRecord before = train(Descent.of(20, false), run -> run.stop(new StopRule.Bound(MSE, true, 1e9, 19)));
        assertThat(before.stopped()).isTrue();
        assertThat(before.updates()).isEqualTo(19);
    }

    @Test
    void endsAnUntrainedModelAtOnceWhereTheBoundHolds() {
        RunRecord record = train(Descent.of(3_000, false), run -> run.stop(new StopRule.Bound(MSE, true, 1e9, 0)));
        assertThat(record.stopped()).isTrue();
        assertThat(record.updates()).isZero();
        assertThat(record.deterministic()).isTrue();
    }

    @Test
    void endsWhereItBecomesNoBetter() {
        Descent still = Descent.of(new Descent.Options(Activation.SIGMOID, 1e-300, 1_000, true, false));
        RunRecord record = train(still, run -> run.stop(new StopRule.NoBetter(MSE, Goal.MINIMIZE, 0, 50)));
        assertThat(record.stopped()).isTrue();
        assertThat(record.updates()).isEqualTo(50);
    }

    /** The error only falls, so that a rule that takes a great one for better has its best at the start. */
    @Test
    void isLeftWhereItWasBest() {
        StopRule rule = new StopRule.NoBetter(MSE, Goal.MAXIMIZE, 0, 50, true);
        RunRecord best = train(Descent.of(3_000, true), run -> run.stop(rule));
        RunRecord untrained = train(Descent.of(0, true), run -> run);
        assertThat(best.stopped()).isTrue();
        assertThat(best.updates()).isZero();
        assertThat(best.parameters()).isEqualTo(untrained.parameters());
        assertThat(best.metrics()).isEqualTo(untrained.metrics());
        assertThat(store.series(best.id(), "train/mse")).hasSize(1);
        assertThat(store.files(best.id()).get("model.json"))
                .isEqualTo(store.files(untrained.id()).get("model.json"));
    }

    @Test
    void isLeftAtItsEndWhereThatIsBest() {
        StopRule rule = new StopRule.NoBetter(MSE, Goal.MINIMIZE, 0, 50, true);
        RunRecord best = train(Descent.of(300, true), run -> run.stop(rule));
        RunRecord whole = train(Descent.of(300, true), run -> run);
        assertThat(best.stopped()).isFalse();
        assertThat(best.updates()).isEqualTo(300);
        assertThat(best.metrics()).isEqualTo(whole.metrics());
        assertThat(best.parameters()).isEqualTo(whole.parameters());
        assertThat(store.series(best.id(), "train/mse")).hasSameSizeAs(store.series(whole.id(), "train/mse"));
    }

    @Test
    void stopsTheSameWhenItIsResumed() {
        StopRule rule = new StopRule.Bound(MSE, true, 0.05, 100);
        Plan plan = plan(Map.of("only", Descent.of(3_000, true)), run -> run.stop(rule));
        var log = store.begin(plan.runs().get(0), false);
        log.points(0, Map.of("train/mse", 123.0));
        log.kill(0);
        RunRecord resumed = execute(plan, ORDERS).get(0).record();
        RunRecord again = execute(plan, new ExecutionOptions(1, Set.of(), true, false, false))
                .get(0)
                .record();
        assertThat(resumed.stopped()).isTrue();
        assertThat(resumed.updates()).isEqualTo(again.updates());
        assertThat(resumed.parameters()).isEqualTo(again.parameters());
    }

    // ---- time limits

    /** Counts the time of a run from the line that its trainer is to be in, however slowly the machine gets it there. */
    private static final class CountedFromThere extends Patience {

        private final Set<String> there = ConcurrentHashMap.newKeySet();

        CountedFromThere(Duration afterInterrupt) {
            super(afterInterrupt);
        }

        /** Called by the trainer, on the thread of its run. */
        void arrive() {
            there.add(Thread.currentThread().getName());
        }

        @Override
        protected <T> T withinLimit(RunContext run, Future<T> learned, Duration limit) throws TimeoutException {
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!there.contains("train-" + run.label()) && !learned.isDone() && System.nanoTime() < end) {
                Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(1));
            }
            return super.withinLimit(run, learned, limit);
        }
    }

    private final CountedFromThere listened = new CountedFromThere(Duration.ofSeconds(30));

    /** For trainers that do not listen: they are abandoned soon. */
    private final CountedFromThere ignored = new CountedFromThere(Duration.ofMillis(200));

    /** Reports so many of 1,000 updates, and then does something for longer than its limit. */
    private Scripted reporting(int updates, Function<Training, Model> then) {
        return Scripted.of(training -> {
            for (int update = 0; update <= updates; update++) {
                training.after(update, 1_000, ONE);
            }
            listened.arrive();
            return then.apply(training);
        });
    }

    private static Model sleep() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return ONE;
    }

    private void assertTimedOut(BoundTrainer trainer, Patience patience, String error) {
        Plan plan = plan(Map.of("only", trainer), run -> run.timeout(LIMIT));
        long start = System.nanoTime();
        List<Outcome> outcomes = execute(plan, ORDERS, patience);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(LIMIT.toNanos());
        assertThat(outcomes).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.record().status()).isEqualTo(RunStatus.FAILED);
            assertThat(outcome.record().error()).contains(error);
            assertThat(outcome.record().deterministic()).isFalse();
        });
    }

    @Test
    void failsARunThatIsSlowBetweenTwoUpdates() {
        assertTimedOut(
                reporting(3, training -> sleep()),
                listened,
                "timed out after 500ms (3 of 1,000 updates); raise run.timeout and add --retry-failed");
    }

    @Test
    void failsARunThatReportsNothing() {
        assertTimedOut(
                Scripted.of(training -> sleep()),
                LONG,
                "timed out after 500ms (before update 0); raise run.timeout and add --retry-failed");
    }

    @Test
    void failsARunThatSwallowsTheInterruptAtItsNextUpdate() {
        AtomicBoolean wentOn = new AtomicBoolean();
        assertTimedOut(
                reporting(3, training -> {
                    try {
                        sleep();
                    } catch (IllegalStateException e) {
                        // goes on
                    }
                    training.after(4, 1_000, ONE);
                    wentOn.set(true);
                    return ONE;
                }),
                listened,
                "timed out after 500ms (4 of 1,000 updates); raise run.timeout and add --retry-failed");
        assertThat(wentOn).isFalse();
    }

    @Test
    void failsARunWithTooManyUpdates() {
        Plan plan = plan(Map.of("only", Descent.of(Long.MAX_VALUE, false)), run -> run.timeout(Duration.ofSeconds(1)));
        Progress hears = new Quiet() {
            @Override
            public void at(PlannedRun run, long update, long total) {
                listened.arrive();
            }
        };
        RunRecord record = new PooledExecutor(store, listened)
                .execute(plan, ORDERS, hears, new Cancellation())
                .outcomes()
                .get(0)
                .record();
        assertThat(record.error().orElseThrow())
                .matches(
                        "timed out after 1s \\([\\d,]+ of 9,223,372,036,854,775,807 updates\\); raise run\\.timeout and"
                                + " add --retry-failed");
    }

    @Test
    void failsARunThatReturnsAfterItsTimeIsOver() {
        assertTimedOut(
                reporting(1_000, training -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    return ONE;
                }),
                listened,
                "timed out after 500ms (1,000 of 1,000 updates); raise run.timeout and add --retry-failed");
    }

    @Test
    void changesNothingOfARunThatIsInTime() {
        Descent descent = Descent.of(200, true);
        RunRecord unlimited = train(descent, run -> run);
        ExecutionOptions force = new ExecutionOptions(2, Set.of(), true, false, false);
        RunRecord limited = execute(plan(Map.of("only", descent), run -> run.timeout(Duration.ofHours(1))), force)
                .get(0)
                .record();
        assertThat(limited.key()).isEqualTo(unlimited.key());
        assertThat(limited.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(limited.parameters()).isEqualTo(unlimited.parameters());
        assertThat(limited.metrics()).isEqualTo(unlimited.metrics());
    }

    @Test
    void letsRunsOfATrainerThatWantsToBeAloneFollowEachOther() {
        List<Outcome> outcomes = execute(
                plan(
                        Map.of(
                                "a",
                                Descent.of(20, true).alone(),
                                "b",
                                Descent.of(30, true).alone()),
                        run -> run.timeout(Duration.ofHours(1))),
                ORDERS);
        assertThat(outcomes).hasSize(4).allMatch(outcome -> outcome.record().status() == RunStatus.FINISHED);
    }

    @Test
    void reportsATrainersOwnFailureThatIsInTime() {
        BoundTrainer broken = Scripted.of(training -> {
            throw new IllegalStateException("no");
        });
        assertThat(train(broken, run -> run.timeout(Duration.ofHours(1))).error())
                .contains("failed after 0 updates: trainer 'scripted' ended with java.lang.IllegalStateException: no");
    }

    @Test
    void endsAtTheNextUpdateWhenCancelledWithinItsTime() throws Exception {
        Plan plan = plan(
                Map.of("only", Descent.of(1_000_000, true).dawdling(1_000)), run -> run.timeout(Duration.ofHours(1)));
        Executor executor = Executor.of(store);
        Cancellation cancellation = new Cancellation();
        CountDownLatch begun = new CountDownLatch(1);
        Thread canceller = new Thread(() -> {
            Uninterruptibles.awaitUninterruptibly(begun);
            cancellation.cancel();
        });
        canceller.start();
        List<Outcome> outcomes = executor.execute(
                        plan,
                        ORDERS,
                        new Quiet() {
                            @Override
                            public void begins(PlannedRun run) {
                                begun.countDown();
                            }
                        },
                        cancellation)
                .outcomes();
        canceller.join();
        assertThat(outcomes).allMatch(outcome -> outcome.record().status() == RunStatus.KILLED);
    }

    // ---- what cannot be ended

    /** Ignores every interrupt until it is let go, and then comes back to its run. */
    private final class Stuck {

        private final CountDownLatch release = new CountDownLatch(1);
        private final CountDownLatch back = new CountDownLatch(1);
        private final AtomicReference<Optional<Throwable>> thrown = new AtomicReference<>(Optional.empty());
        private final AtomicBoolean stuck = new AtomicBoolean(true);

        private Model train(Training training) {
            training.after(0, 1_000, ONE);
            if (!stuck.get()) {
                for (int update = 1; update <= 1_000; update++) {
                    training.after(update, 1_000, ONE);
                }
                return ONE;
            }
            ignored.arrive();
            Uninterruptibles.awaitUninterruptibly(release);
            try {
                training.after(1, 1_000, ONE);
            } catch (RuntimeException e) {
                thrown.set(Optional.of(e));
                throw e;
            } finally {
                back.countDown();
            }
            return ONE;
        }

        private void letGo() {
            stuck.set(false);
            release.countDown();
            Uninterruptibles.awaitUninterruptibly(back);
        }
    }

    @Test
    void leavesBehindWhatDoesNotListenAndGoesOn() {
        Stuck stuck = new Stuck();
        Map<String, BoundTrainer> variants = new LinkedHashMap<>();
        variants.put("stuck", Scripted.of(stuck::train));
        variants.put("sound", Descent.of(20, true));
        Plan plan = plan(variants, run -> run.timeout(LIMIT));
        List<Outcome> outcomes = execute(plan, ORDERS, ignored);
        assertThat(outcomes)
                .extracting(
                        outcome -> outcome.run().label(),
                        outcome -> outcome.record().status())
                .containsExactly(
                        tuple("stuck/seed=1", RunStatus.FAILED),
                        tuple("sound/seed=1", RunStatus.FINISHED),
                        tuple("stuck/seed=2", RunStatus.FAILED),
                        tuple("sound/seed=2", RunStatus.FINISHED));
        assertThat(outcomes.get(0).record().error())
                .contains("timed out after 500ms (0 of 1,000 updates), and trainer 'scripted' did not end when it was"
                        + " interrupted; raise run.timeout and add --retry-failed");

        stuck.letGo();
        assertThat(stuck.thrown.get()).get().isInstanceOf(RunFailure.class);
        assertThat(store.find(plan.runs().get(0).key()))
                .contains(outcomes.get(0).record());
    }

    @Test
    void writesNothingThatComesAfterTheEnd() {
        CountDownLatch release = new CountDownLatch(1);
        // the plan has two seeds: both runs are abandoned
        CountDownLatch back = new CountDownLatch(2);
        Queue<String> thrown = new ConcurrentLinkedQueue<>();
        Model slow = new Model() {
            @Override
            public void write(OutputStream out) {}

            @Override
            public void predict(Matrix rows, double[] answers) {
                ignored.arrive();
                Uninterruptibles.awaitUninterruptibly(release);
            }

            @Override
            public Map<String, Double> parameters() {
                return Map.of();
            }
        };
        BoundTrainer trainer = Scripted.of(training -> {
            training.after(0, 1_000, ONE);
            for (int update = 1; update < 4; update++) {
                training.after(update, 1_000, ONE);
            }
            try {
                // it is measured here, and that does not return in time
                training.after(4, 1_000, slow);
            } catch (RuntimeException e) {
                thrown.add(e.toString());
                throw e;
            } finally {
                back.countDown();
            }
            return ONE;
        });
        Plan plan = plan(Map.of("only", trainer), run -> run.timeout(LIMIT).every(2));
        RunRecord record = execute(plan, ORDERS, ignored).get(0).record();
        assertThat(record.updates()).isEqualTo(2);
        release.countDown();
        Uninterruptibles.awaitUninterruptibly(back);
        assertThat(thrown)
                .containsExactlyInAnyOrder(
                        "java.lang.IllegalStateException: run only/seed=1 has ended",
                        "java.lang.IllegalStateException: run only/seed=2 has ended");
        assertThat(store.series(record.id(), "train/mse"))
                .extracting(Point::step)
                .containsExactly(0L, 2L);
    }

    @Test
    void neverOverlapsWithWhatWasAbandonedOfATrainerThatWantsToBeAlone() {
        Stuck stuck = new Stuck();
        Scripted alone = new Scripted(stuck::train, Scripted.of(training -> ONE).options(), true);
        Plan plan = plan(Map.of("only", alone), run -> run.timeout(LIMIT));
        PooledExecutor executor = new PooledExecutor(store, ignored);
        List<Outcome> outcomes =
                executor.execute(plan, ORDERS, new Quiet(), new Cancellation()).outcomes();
        assertThat(outcomes.get(1).record().error())
                .contains(
                        "failed after 0 updates: trainer 'scripted' runs one at a time, and run only/seed=1, which timed"
                                + " out, still occupies it");

        Plan other = ChangedRun.plan(SmallPlans.plan("other", List.of(3L), Map.of("only", alone)), run -> run);
        assertThat(executor.execute(other, ORDERS, new Quiet(), new Cancellation())
                        .outcomes()
                        .get(0)
                        .record()
                        .error()
                        .orElseThrow())
                .contains("run only/seed=1, which timed out, still occupies it");

        stuck.letGo();
        ExecutionOptions retry = new ExecutionOptions(1, Set.of(), false, true, false);
        // its thread has yet to pass the last lines
        RunStatus status = RunStatus.FAILED;
        for (int trial = 0; trial < 100 && status == RunStatus.FAILED; trial++) {
            Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(20));
            status = executor.execute(plan, retry, new Quiet(), new Cancellation())
                    .outcomes()
                    .get(0)
                    .record()
                    .status();
        }
        assertThat(status).isEqualTo(RunStatus.FINISHED);
    }
}
