package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.catalog.BoundTrainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExecutorTest {

    private static final ExecutionOptions ORDERS = new ExecutionOptions(2, Set.of(), false, false, false);

    @TempDir
    private Path home;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private RunStore store;

    /** Writes down what it hears. */
    private final Progress progress = new Progress() {
        @Override
        public void begins(PlannedRun run) {
            heard.add("begins " + run.label());
        }

        @Override
        public void at(PlannedRun run, long update, long total) {}

        @Override
        public void ends(Outcome outcome) {
            heard.add((outcome.reused() ? "reuses " : "ends ") + outcome.run().label());
        }
    };

    @BeforeEach
    void open() {
        store = RunStore.open(home, new SteadyClock());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<Outcome> execute(Plan plan, ExecutionOptions orders) {
        return Executor.of(store)
                .execute(plan, orders, progress, new Cancellation())
                .outcomes();
    }

    private RunRecord train(BoundTrainer trainer) {
        return execute(SmallPlans.plan("one", List.of(1L), Map.of("only", trainer)), ORDERS)
                .get(0)
                .record();
    }

    private static Map<String, BoundTrainer> variants(BoundTrainer first, BoundTrainer second) {
        Map<String, BoundTrainer> variants = new LinkedHashMap<>();
        variants.put("first", first);
        variants.put("second", second);
        return variants;
    }

    /** Everything about a run but its number and times. */
    private static String result(RunStore store, RunRecord record) {
        StringBuilder result = new StringBuilder();
        result.append(record.status())
                .append(record.error())
                .append(record.updates())
                .append(record.parameters())
                .append(record.metrics())
                .append('\n');
        for (Point point : store.points(record.id(), 0, Integer.MAX_VALUE)) {
            result.append(point.series())
                    .append(' ')
                    .append(point.step())
                    .append(' ')
                    .append(Double.doubleToRawLongBits(point.value()))
                    .append('\n');
        }
        return result.toString();
    }

    // ---- what is trained

    @Test
    void recordsMetricsAndWeightsOnTheGrid() {
        RunRecord record = train(Descent.of(1_000, true));
        assertThat(record.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(record.deterministic()).isFalse();
        assertThat(record.updates()).isEqualTo(1_000);
        assertThat(record.trainRows()).isEqualTo(4);
        assertThat(record.testRows()).isZero();
        assertThat(record.parameters()).containsOnlyKeys("x1", "x2", "bias");
        assertThat(record.metrics())
                .containsOnlyKeys(
                        "train/mse",
                        "train/rmse",
                        "train/mae",
                        "train/r2",
                        "train/sse",
                        "train/error_sum",
                        "train/accuracy",
                        "train/balanced_accuracy",
                        "train/precision",
                        "train/recall",
                        "train/f1",
                        "train/mcc",
                        "train/roc_auc",
                        "train/pr_auc",
                        "train/log_loss");
        assertThat(store.series(record.id(), "train/roc_auc"))
                .extracting(Point::step)
                .containsExactly(1_000L);
        assertThat(store.series(record.id(), "train/mse"))
                .extracting(Point::step)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(0, 200).map(k -> 5 * k).boxed().toList());
        List<Point> weight = store.series(record.id(), "weights/x1");
        assertThat(weight).hasSize(201);
        assertThat(weight.get(200).value()).isEqualTo(record.parameters().get("x1"));
    }

    @Test
    void recordsAnUntrainedModel() {
        RunRecord record = train(Descent.of(0, false));
        assertThat(record.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(store.series(record.id(), "train/mse"))
                .extracting(Point::step, Point::value)
                .containsExactly(tuple(0L, 0.25));
    }

    @Test
    void givesTheSameToTheBitForAnyNumberOfJobs() {
        Map<String, BoundTrainer> variants = variants(
                Descent.of(new Descent.Options(Activation.SIGMOID, 0.5, 700, true, true)),
                Descent.of(new Descent.Options(Activation.SIGMOID, 0.5, 700, false, true)));
        Plan plan = SmallPlans.plan("jobs", LongStream.range(0, 10).boxed().toList(), variants);
        List<String> alone = execute(plan, new ExecutionOptions(1, Set.of(), false, false, false)).stream()
                .map(outcome -> result(store, outcome.record()))
                .toList();
        try (RunStore other = RunStore.open(home.resolve("other"), new SteadyClock())) {
            List<Outcome> together = Executor.of(other)
                    .execute(plan, new ExecutionOptions(4, Set.of(), false, false, false), progress, new Cancellation())
                    .outcomes();
            assertThat(together.stream().map(outcome -> result(other, outcome.record())))
                    .isEqualTo(alone)
                    .hasSize(20)
                    .doesNotHaveDuplicates();
            assertThat(together).extracting(Outcome::run).isEqualTo(plan.runs());
        }
    }

    @Test
    void drawsTheSameForEveryVariantOfASeed() {
        Plan plan = SmallPlans.plan(
                "paired",
                List.of(3L),
                variants(
                        Descent.of(new Descent.Options(Activation.SIGMOID, 0.5, 5, true, true)),
                        Descent.of(new Descent.Options(Activation.SIGMOID, 0.5, 5, false, true))));
        List<Outcome> outcomes = execute(plan, ORDERS);
        assertThat(store.series(outcomes.get(0).record().id(), "weights/x1")
                        .get(0)
                        .value())
                .isEqualTo(store.series(outcomes.get(1).record().id(), "weights/x1")
                        .get(0)
                        .value());
    }

    // ---- order, determinism, choice

    @Test
    void runsTheFirstSeedOfEveryVariantFirst() {
        Plan plan = SmallPlans.plan("order", List.of(5L, 6L), variants(Descent.of(3, true), Descent.of(4, true)));
        execute(plan, new ExecutionOptions(1, Set.of(), false, false, false));
        assertThat(heard.stream().filter(word -> word.startsWith("begins")))
                .containsExactly(
                        "begins first/seed=5", "begins second/seed=5", "begins first/seed=6", "begins second/seed=6");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void runsADeterministicVariantOnce(int jobs) {
        Plan plan = SmallPlans.plan(
                "deterministic", List.of(5L, 6L, 7L), variants(Descent.of(300, false), Descent.of(300, true)));
        ExecutionOptions orders = new ExecutionOptions(jobs, Set.of(), false, false, false);
        for (boolean reused : new boolean[] {false, true}) {
            List<Outcome> outcomes = execute(plan, orders);
            assertThat(outcomes)
                    .extracting(outcome -> outcome.run().label())
                    .containsExactly("first/seed=5", "second/seed=5", "second/seed=6", "second/seed=7");
            assertThat(outcomes.get(0).record().deterministic()).isTrue();
            assertThat(outcomes).allMatch(outcome -> outcome.reused() == reused);
        }
    }

    @Test
    void runsTheVariantsThatAreWanted() {
        Plan plan = SmallPlans.plan("only", List.of(1L), variants(Descent.of(3, true), Descent.of(4, true)));
        assertThat(execute(plan, new ExecutionOptions(2, Set.of("second"), false, false, false)))
                .extracting(outcome -> outcome.run().variant())
                .containsExactly("second");
    }

    @Test
    void overlapsNoRunsOfATrainerThatWantsToBeAlone() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Descent descent = Descent.of(50, true).dawdling(100).alone();
        Function<Training, Model> counting = training -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                return descent.train(training);
            } finally {
                running.decrementAndGet();
            }
        };
        BoundTrainer counted = new Scripted(counting, descent.options(), true);
        Plan plan = SmallPlans.plan("alone", LongStream.range(0, 8).boxed().toList(), Map.of("only", counted));
        assertThat(execute(plan, new ExecutionOptions(4, Set.of(), false, false, false)))
                .hasSize(8);
        assertThat(most).hasValue(1);
    }

    @Test
    void overlapsRunsOfOtherTrainers() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meet = () -> {
            both.countDown();
            await(both);
        };
        Plan plan = SmallPlans.plan(
                "meeting",
                List.of(1L),
                variants(Scripted.before(Descent.of(5, true), meet), Scripted.before(Descent.of(6, true), meet)));
        assertThat(execute(plan, ORDERS)).allMatch(outcome -> outcome.record().status() == RunStatus.FINISHED);
    }

    // ---- what is there already

    @Test
    void reusesWhatHasFinished() {
        Plan plan = SmallPlans.plan("reuse", List.of(1L, 2L), Map.of("only", Descent.of(20, true)));
        List<Outcome> first = execute(plan, ORDERS);
        List<Outcome> second = execute(plan, ORDERS);
        assertThat(second).allMatch(Outcome::reused);
        assertThat(second)
                .extracting(Outcome::record)
                .isEqualTo(first.stream().map(Outcome::record).toList());
        assertThat(heard.subList(4, heard.size()))
                .containsExactlyInAnyOrder("reuses only/seed=1", "reuses only/seed=2");
    }

    @Test
    void trainsAgainWhenForced() {
        Plan plan = SmallPlans.plan("force", List.of(1L), Map.of("only", Descent.of(20, true)));
        RunRecord first = execute(plan, ORDERS).get(0).record();
        Outcome second = execute(plan, new ExecutionOptions(2, Set.of(), true, false, false))
                .get(0);
        assertThat(second.reused()).isFalse();
        assertThat(second.record().id()).isGreaterThan(first.id());
        assertThat(second.record().parameters()).isEqualTo(first.parameters());
        assertThat(store.find(first.key())).contains(second.record());
    }

    @Test
    void triesAgainWhatFailedWhenAskedTo() {
        AtomicBoolean broken = new AtomicBoolean(true);
        BoundTrainer moody = Scripted.before(Descent.of(5, true), () -> {
            if (broken.get()) {
                throw new IllegalStateException("out of order");
            }
        });
        assertThat(train(moody).status()).isEqualTo(RunStatus.FAILED);
        broken.set(false);
        Plan plan = SmallPlans.plan("one", List.of(1L), Map.of("only", moody));
        Outcome reused = execute(plan, ORDERS).get(0);
        assertThat(reused.reused()).isTrue();
        assertThat(reused.record().status()).isEqualTo(RunStatus.FAILED);
        ExecutionOptions retry = new ExecutionOptions(2, Set.of(), false, true, false);
        assertThat(execute(plan, retry).get(0).record().status()).isEqualTo(RunStatus.FINISHED);
        assertThat(execute(plan, retry).get(0).reused()).isTrue();
    }

    @Test
    void resumesWhatWasInterrupted() {
        Plan plan = SmallPlans.plan("resume", List.of(1L), Map.of("only", Descent.of(1_000, true)));
        PlannedRun run = plan.runs().get(0);
        RunLog log = store.begin(run, false);
        // a value that is not what training gives, so that one can see that it stays
        log.points(0, Map.of("train/mse", 123.0));
        RunRecord killed = log.kill(0);
        Outcome outcome = execute(plan, ORDERS).get(0);
        assertThat(outcome.reused()).isFalse();
        assertThat(outcome.record().id()).isEqualTo(killed.id());
        assertThat(outcome.record().start()).isEqualTo(killed.start());
        assertThat(outcome.record().status()).isEqualTo(RunStatus.FINISHED);
        assertThat(store.series(killed.id(), "train/mse")).hasSize(201);
        assertThat(store.series(killed.id(), "train/mse").get(0).value()).isEqualTo(123);
    }

    @Test
    void waitsForARunThatAnotherTrainsAndReusesIt() throws Exception {
        Plan plan = SmallPlans.plan("wait", List.of(1L, 2L), Map.of("only", Descent.of(20, true)));
        try (RunStore other = RunStore.open(home, new SteadyClock())) {
            RunLog log = other.begin(plan.runs().get(0), false);
            AtomicBoolean ended = new AtomicBoolean();
            Thread elsewhere = new Thread(() -> {
                Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(400));
                ended.set(true);
                log.finish(false, 20, Map.of("x1", 77.0));
            });
            elsewhere.start();
            List<Outcome> outcomes = execute(plan, ORDERS);
            assertThat(ended).isTrue();
            elsewhere.join();
            assertThat(outcomes).extracting(Outcome::reused).containsExactly(true, false);
            assertThat(outcomes.get(0).record().parameters()).containsEntry("x1", 77.0);
        }
    }

    // ---- failures

    @Test
    void saysWhereAMetricIsNotFiniteAnyMoreAndWhatToTry() {
        RunRecord record = train(Descent.of(new Descent.Options(Activation.IDENTITY, 5, 20_000, true, false)));
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.error().orElseThrow())
                .matches("failed after \\d+ updates: train/mse is not finite \\(last finite \\d\\.\\de\\d+ at \\d+\\);"
                        + " try learning_rate 0\\.5");
        assertThat(store.points(record.id(), 0, Integer.MAX_VALUE)).allMatch(point -> Double.isFinite(point.value()));
        assertThat(record.updates()).isPositive();
        assertThat(record.metrics()).containsKey("train/mse");
    }

    @Test
    void failsARunThatEndsBeyondAllMeasure() {
        RunRecord overflown = train(Descent.of(new Descent.Options(Activation.IDENTITY, 5, 20_000, true, false)));
        // as far as that run had finite values
        long finite = overflown.updates();
        RunRecord record = train(Descent.of(new Descent.Options(Activation.IDENTITY, 5, finite, true, false)));
        assertThat(overflown.metrics().get("train/mse")).isGreaterThan(1e200);
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.error().orElseThrow())
                .matches("failed after " + finite
                        + " updates: train/mse diverged to \\d(\\.\\d)?e[23]\\d\\d \\(last within 1e100 times its"
                        + " start: \\d(\\.\\d)?e\\d\\d at \\d+\\); try learning_rate 0\\.5");
        assertThat(record.parameters()).isEmpty();
    }

    @Test
    void runsNoOtherSeedOfWhatMustFailAlike() {
        Descent diverging = Descent.of(new Descent.Options(Activation.IDENTITY, 5, 20_000, true, false));
        Plan plan = SmallPlans.plan("diverges", List.of(1L, 2L, 3L), Map.of("only", diverging));
        assertThat(execute(plan, ORDERS)).hasSize(1);
        assertThat(execute(plan, ORDERS)).hasSize(1).allMatch(Outcome::reused);
    }

    @Test
    void beginsNothingAfterAFailureWhenAskedTo() {
        Plan plan = SmallPlans.plan(
                "fail-fast",
                List.of(1L, 2L),
                variants(Scripted.of(training -> Scripted.constant(1)), Descent.of(5, true)));
        List<Outcome> outcomes = execute(plan, new ExecutionOptions(1, Set.of(), false, false, true));
        assertThat(outcomes).extracting(outcome -> outcome.run().label()).containsExactly("first/seed=1");
        assertThat(execute(plan, new ExecutionOptions(1, Set.of(), false, false, false)))
                .hasSize(4);
    }

    @Test
    void failsWithTheStoreAndLeavesTheRunToBeResumed() throws Exception {
        Plan plan = SmallPlans.plan(
                "broken store",
                List.of(1L, 2L),
                Map.of("only", Descent.of(2_000, true).dawdling(500)));
        RunStore broken = RunStore.open(home.resolve("broken"), new SteadyClock());
        Executor executor = Executor.of(broken);
        Progress closing = new Quiet() {
            @Override
            public void begins(PlannedRun run) {
                broken.close();
            }
        };
        assertThatThrownBy(() -> executor.execute(
                                plan,
                                new ExecutionOptions(1, Set.of(), false, false, false),
                                closing,
                                new Cancellation())
                        .outcomes())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the store is closed");
        try (RunStore again = RunStore.open(home.resolve("broken"), new SteadyClock())) {
            assertThat(again.find(plan.runs().get(0).key()))
                    .map(RunRecord::status)
                    .contains(RunStatus.RUNNING);
            assertThat(Executor.of(again)
                            .execute(plan, ORDERS, new Quiet(), new Cancellation())
                            .outcomes())
                    .hasSize(2)
                    .allMatch(outcome -> outcome.record().status() == RunStatus.FINISHED);
        }
    }

    @Test
    void passesOnAMistakeOfTheProgramRatherThanBlamingTheTrainer() {
        Progress mistaken = new Quiet() {
            @Override
            public void at(PlannedRun run, long update, long total) {
                throw new IllegalArgumentException("a mistake");
            }
        };
        Plan plan = SmallPlans.plan("mistake", List.of(1L), Map.of("only", Descent.of(5, true)));
        assertThatThrownBy(() -> Executor.of(store)
                        .execute(plan, ORDERS, mistaken, new Cancellation())
                        .outcomes())
                .hasMessage("a mistake");
        assertThat(store.find(plan.runs().get(0).key())).map(RunRecord::status).contains(RunStatus.KILLED);
    }

    // ---- cancelling

    @Test
    void endsAtTheNextUpdateWhenCancelled() throws Exception {
        // steps of its grid are a hundred seconds apart: it must not wait for the next one
        Plan plan = SmallPlans.plan(
                "cancel",
                List.of(1L, 2L, 3L),
                Map.of("only", Descent.of(298 * 100_000, true).dawdling(1_000)));
        Executor executor = Executor.of(store);
        Cancellation cancellation = new Cancellation();
        CountDownLatch begun = new CountDownLatch(1);
        Thread canceller = new Thread(() -> {
            await(begun);
            cancellation.cancel();
        });
        canceller.start();
        long start = System.nanoTime();
        List<Outcome> outcomes = executor.execute(
                        plan,
                        ORDERS,
                        new Quiet() {
                            @Override
                            public void at(PlannedRun run, long update, long total) {
                                begun.countDown();
                            }
                        },
                        cancellation)
                .outcomes();
        canceller.join();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(50));
        assertThat(outcomes).hasSize(1).allMatch(outcome -> outcome.record().status() == RunStatus.KILLED);
        assertThat(outcomes.get(0).record().end()).isPresent();
        assertThat(executor.execute(plan, ORDERS, progress, cancellation).outcomes())
                .isEmpty();
    }

    @Test
    void cancelsOneOfTwoExecutionsAndFinishesTheOther() throws Exception {
        Plan endless = SmallPlans.plan(
                "endless",
                List.of(1L),
                Map.of("only", Descent.of(298 * 100_000, true).dawdling(1_000)));
        Plan meanwhile = SmallPlans.plan("meanwhile", List.of(1L, 2L), Map.of("only", Descent.of(20, true)));
        Executor executor = Executor.of(store);
        Cancellation cancellation = new Cancellation();
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Execution> cancelled = begin(() -> executor.execute(
                endless,
                ORDERS,
                new Quiet() {
                    @Override
                    public void at(PlannedRun run, long update, long total) {
                        begun.countDown();
                    }
                },
                cancellation));
        await(begun);
        assertThat(finished(executor.execute(meanwhile, ORDERS, new Quiet(), new Cancellation())))
                .isEqualTo(2);
        assertThat(cancelled.isDone()).isFalse();
        cancellation.cancel();
        assertThat(cancelled.get().outcomes())
                .hasSize(1)
                .allMatch(outcome -> outcome.record().status() == RunStatus.KILLED);
        Plan later = SmallPlans.plan("later", List.of(1L), Map.of("only", Descent.of(30, true)));
        assertThat(finished(executor.execute(later, ORDERS, new Quiet(), new Cancellation())))
                .isEqualTo(1);
    }

    // ---- several executions at once

    @Test
    void overlapsNoRunsOfATrainerThatWantsToBeAloneInAnyExecution() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        // one of each execution has to have begun before either goes on: else the test could pass by luck
        CountDownLatch both = new CountDownLatch(2);
        Executor executor = Executor.of(store);
        List<FutureTask<Execution>> executions = new ArrayList<>();
        for (int execution = 0; execution < 2; execution++) {
            Descent descent = Descent.of(50 + execution, true).dawdling(100);
            Function<Training, Model> counting = training -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                try {
                    return descent.train(training);
                } finally {
                    running.decrementAndGet();
                }
            };
            Map<String, BoundTrainer> variants = new LinkedHashMap<>();
            variants.put("meets", Scripted.before(Descent.of(5 + execution, true), () -> {
                both.countDown();
                await(both);
            }));
            variants.put("alone", new Scripted(counting, descent.options(), true));
            Plan plan = SmallPlans.plan(
                    "alone-" + execution, LongStream.range(0, 8).boxed().toList(), variants);
            executions.add(begin(() -> executor.execute(
                    plan, new ExecutionOptions(3, Set.of(), false, false, false), new Quiet(), new Cancellation())));
        }
        for (FutureTask<Execution> execution : executions) {
            assertThat(finished(execution.get())).isEqualTo(16);
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void trainsOnceWhatTwoExecutionsNeed() throws Exception {
        AtomicInteger trained = new AtomicInteger();
        BoundTrainer counted = Scripted.before(Descent.of(50, true).dawdling(1_000), trained::incrementAndGet);
        Plan plan = SmallPlans.plan("shared", List.of(1L, 2L, 3L), Map.of("only", counted));
        Executor executor = Executor.of(store);
        FutureTask<Execution> one = begin(() -> executor.execute(plan, ORDERS, new Quiet(), new Cancellation()));
        assertThat(finished(executor.execute(plan, ORDERS, new Quiet(), new Cancellation())))
                .isEqualTo(3);
        assertThat(finished(one.get())).isEqualTo(3);
        assertThat(trained).hasValue(3);
    }

    @Test
    void freesATrainerThatWantsToBeAloneWhenItsExecutionBreaksDown() {
        BoundTrainer alone = Descent.of(20, true).alone();
        Plan plan = SmallPlans.plan("breakdown", List.of(1L), Map.of("only", alone));
        Executor executor = Executor.of(store);
        Progress mistaken = new Quiet() {
            @Override
            public void at(PlannedRun run, long update, long total) {
                throw new IllegalArgumentException("a mistake");
            }
        };
        assertThatThrownBy(() -> executor.execute(plan, ORDERS, mistaken, new Cancellation()))
                .hasMessage("a mistake");
        assertThat(finished(executor.execute(plan, ORDERS, new Quiet(), new Cancellation())))
                .isEqualTo(1);
    }

    private static FutureTask<Execution> begin(Callable<Execution> execution) {
        FutureTask<Execution> task = new FutureTask<>(execution);
        new Thread(task, "execution").start();
        return task;
    }

    private static long finished(Execution execution) {
        return execution.outcomes().stream()
                .filter(outcome -> outcome.record().status() == RunStatus.FINISHED)
                .count();
    }

    @Test
    void endsWhenTheWaitingThreadIsInterrupted() throws Exception {
        Plan plan = SmallPlans.plan(
                "interrupt",
                List.of(1L),
                Map.of("only", Descent.of(1_000_000, true).dawdling(1_000)));
        Thread waiting = Thread.currentThread();
        List<Outcome> outcomes = Executor.of(store)
                .execute(
                        plan,
                        ORDERS,
                        new Quiet() {
                            @Override
                            public void begins(PlannedRun run) {
                                waiting.interrupt();
                            }
                        },
                        new Cancellation())
                .outcomes();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcomes).hasSize(1).allMatch(outcome -> outcome.record().status() == RunStatus.KILLED);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
