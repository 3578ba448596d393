package dev.ablate.engine.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.point.StoredSeries;
import dev.ablate.worker.spec.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RunStoreTest {

    private static final PlannedRun RUN = SmallPlans.run("bias", 7, Descent.of(10, true));

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

    private void reopen() {
        store.close();
        store = RunStore.open(home, clock);
    }

    private List<Point> points(RunLog log) {
        return store.points(log.id(), 0, Integer.MAX_VALUE);
    }

    @Test
    void createsNothingBeforeTheFirstWrite() {
        assertThat(store.find(RUN.key())).isEmpty();
        assertThat(store.findByPrefix("")).isEmpty();
        assertThat(store.find(List.of(RUN.key()))).isEmpty();
        assertThat(store.newest(5)).isEmpty();
        assertThat(store.points(1, 0, 5)).isEmpty();
        assertThat(store.series(1, "train/mse")).isEmpty();
        assertThat(store.series(1, List.of("train/mse"))).isEmpty();
        assertThat(store.comparison("a")).isEmpty();
        assertThat(store.comparisons()).isEmpty();
        assertThat(store.files("a")).isEmpty();
        assertThat(store.ledger().entries("managed")).isEmpty();
        assertThat(home).isEmptyDirectory();
        store.begin(RUN, false);
        assertThat(home.resolve("runs.db")).exists();
    }

    @Test
    void aStoreThatIsRemovedWhileARunIsWrittenIsNotASuccess() throws IOException {
        assumeTrue(
                Files.readAttributes(home, BasicFileAttributes.class).fileKey() != null, "files have no identity here");
        RunLog log = store.begin(RUN, false);
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThatThrownBy(() -> log.finish(true, 10, Map.of("x1", 1.5)))
                .isInstanceOf(StoreException.class)
                .hasMessage(home.resolve("runs.db")
                        + ": the store was removed while it was in use, and what was in it is gone;"
                        + " run the same command again");
        // and what begins after that has a store again
        reopen();
        assertThat(store.begin(RUN, false).finish(true, 10, Map.of()).status()).isEqualTo(RunStatus.FINISHED);
    }

    @Test
    void noRunEndsBeforeItBegan() {
        RunLog log = store.begin(RUN, false);
        clock.advance(Duration.ofHours(-1));
        RunRecord finished = log.finish(true, 10, Map.of());
        assertThat(finished.end()).contains(finished.start());
    }

    @Test
    void returnsAFinishedRunAsItWasReported() {
        RunLog log = store.begin(RUN, false);
        log.rows(3, 1);
        log.points(0, Map.of("train/mse", 0.25));
        clock.advance(Duration.ofSeconds(1));
        log.points(10, Map.of("train/mse", 0.125, "weights/x1", 3.0));
        clock.advance(Duration.ofSeconds(1));
        RunRecord finished = log.finish(true, 10, Map.of("x1", 1.5));

        assertThat(finished)
                .isEqualTo(new RunRecord(
                        log.id(),
                        RUN.key(),
                        RunKey.RESULTS,
                        RunStatus.FINISHED,
                        Optional.empty(),
                        true,
                        SteadyClock.START,
                        Optional.of(Instant.parse("2026-03-01T10:00:02.003Z")),
                        10,
                        false,
                        3,
                        1,
                        RUN.params(),
                        Map.of("train/mse", 0.125),
                        Map.of("x1", 1.5),
                        Optional.empty()));
        assertThat(store.series(log.id(), "train/mse"))
                .extracting(Point::step, Point::value, Point::time)
                .containsExactly(
                        tuple(0L, 0.25, Instant.parse("2026-03-01T10:00:00.001Z")),
                        tuple(10L, 0.125, Instant.parse("2026-03-01T10:00:01.002Z")));
        assertThat(store.find(RUN.key())).contains(finished);
        reopen();
        assertThat(store.find(RUN.key())).contains(finished);
        assertThat(new ArrayList<>(finished.params().keySet()))
                .isEqualTo(new ArrayList<>(RUN.params().keySet()));
    }

    @Test
    void returnsARunThatGoesOn() {
        RunLog log = store.begin(RUN, false);
        log.points(0, Map.of("train/mse", 0.5, "train/r2", 0.25));
        log.points(5, Map.of("train/mse", 0.25));
        store.lease("anything, since it waits until what was reported before is written");
        store.record(SmallPlans.plan("other", List.of(1L), Map.of("a", Descent.of(1, true))), "e");
        RunRecord record = store.find(RUN.key()).orElseThrow();
        assertThat(record.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(record.end()).isEmpty();
        assertThat(record.updates()).isEqualTo(5);
        // of the last step: r2 was not measured there
        assertThat(record.metrics()).containsExactly(entry("train/mse", 0.25));
    }

    @Test
    void keepsEveryBitAndTheOrder() {
        SplittableRandom random = new SplittableRandom(11);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train/z", -0.0);
        values.put("train/y", Double.MIN_VALUE);
        values.put("train/x", -Double.MAX_VALUE);
        values.put("train/w", 3.0);
        for (int k = 0; k < 500; k++) {
            double value = Double.longBitsToDouble(random.nextLong());
            values.put("train/" + k, Double.isFinite(value) ? value : k);
        }
        Map<String, Double> parameters = new LinkedHashMap<>(values);
        parameters.put("infinite", Double.NEGATIVE_INFINITY);
        parameters.put("unknown", Double.NaN);
        RunLog log = store.begin(RUN, false);
        log.points(3, values);
        RunRecord record = log.finish(false, 3, parameters);
        reopen();
        assertThat(bits(points(log).stream().map(Point::value).toList())).isEqualTo(bits(values.values()));
        assertThat(points(log)).extracting(Point::series).containsExactlyElementsOf(values.keySet());
        assertThat(bits(record.parameters().values())).isEqualTo(bits(parameters.values()));
        assertThat(record.parameters().keySet()).containsExactlyElementsOf(parameters.keySet());
        assertThat(bits(record.metrics().values())).isEqualTo(bits(values.values()));
    }

    private static List<Long> bits(Iterable<Double> values) {
        List<Long> bits = new ArrayList<>();
        values.forEach(value -> bits.add(Double.doubleToLongBits(value)));
        return bits;
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void takesNoPointThatIsNotFinite(double value) {
        RunLog log = store.begin(RUN, false);
        assertThatThrownBy(() -> log.points(4, Map.of("train/mse", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("train/mse is not finite at 4: " + value);
    }

    @Test
    void pagesThroughPoints() {
        RunLog log = store.begin(RUN, false);
        RunLog other = store.begin(SmallPlans.run("bias", 8, Descent.of(10, true)), false);
        for (int step = 0; step < 50; step++) {
            log.points(step, Map.of("train/mse", (double) step));
            other.points(step, Map.of("train/mse", -1.0));
        }
        log.finish(true, 49, Map.of());
        List<Point> all = new ArrayList<>();
        long after = 0;
        for (List<Point> page = store.points(log.id(), after, 7);
                !page.isEmpty();
                page = store.points(log.id(), after, 7)) {
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            all.addAll(page);
            after = page.get(page.size() - 1).id();
        }
        assertThat(all).hasSize(50).isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
        assertThat(all).allMatch(point -> point.value() == point.step());
    }

    /** What a trainer reports stands between the steps of the grid, and has steps of its own. */
    private static void reportMuch(RunLog log, int from, int to) {
        for (int step = from; step < to; step++) {
            if (step % 3 == 0) {
                log.points(step, Map.of("train/mse", step + 0.5));
            }
            log.points(step, Map.of("loss", (double) step));
        }
    }

    @Test
    void keepsWhatIsReportedBetweenStepsInItsOrder() {
        RunLog log = store.begin(RUN, false);
        reportMuch(log, 0, 3_000);
        RunRecord record = log.finish(true, 2_997, Map.of());
        List<Point> all = points(log);
        assertThat(all).hasSize(4_000);
        assertThat(all)
                .extracting(Point::id)
                .isEqualTo(LongStream.rangeClosed(1, 4_000).boxed().toList());
        assertThat(all.subList(4, 8))
                .extracting(Point::series, Point::step, Point::value)
                .containsExactly(
                        tuple("train/mse", 3L, 3.5),
                        tuple("loss", 3L, 3.0),
                        tuple("loss", 4L, 4.0),
                        tuple("loss", 5L, 5.0));
        assertThat(store.series(log.id(), "loss"))
                .extracting(Point::step)
                .isEqualTo(LongStream.range(0, 3_000).boxed().toList());
        assertThat(store.series(log.id(), "train/mse"))
                .hasSize(1_000)
                .allMatch(point -> point.value() == point.step() + 0.5);
        assertThat(record.metrics()).containsExactly(entry("train/mse", 2_997.5), entry("loss", 2_999.0));
        Map<String, StoredSeries> series = store.series(log.id(), List.of("loss", "train/r2", "train/mse"));
        assertThat(series.keySet()).containsExactly("loss", "train/mse");
        for (Map.Entry<String, StoredSeries> one : series.entrySet()) {
            List<Point> same = store.series(log.id(), one.getKey());
            assertThat(one.getValue().steps())
                    .isEqualTo(same.stream().mapToLong(Point::step).toArray());
            assertThat(one.getValue().values())
                    .isEqualTo(same.stream().mapToDouble(Point::value).toArray());
        }
        for (long after : new long[] {0, 1, 999, 1_000, 1_001, 3_999, 4_000}) {
            assertThat(store.points(log.id(), after, 5))
                    .isEqualTo(all.subList((int) after, (int) Math.min(after + 5, 4_000)));
        }
        assertThat(store.points(log.id(), 0, 0)).isEmpty();
    }

    @Test
    void addsOnlyWhatIsNewWhereARunIsResumed() {
        RunLog log = store.begin(RUN, false);
        reportMuch(log, 0, 100);
        // and a step of the grid that came later the first time
        log.points(200, Map.of("train/mse", 0.25));
        log.kill(100);
        List<Point> before = points(log);
        RunLog again = store.begin(RUN, false);
        reportMuch(again, 0, 110);
        again.points(200, Map.of("train/mse", -1.0, "train/r2", 0.75));
        RunRecord record = again.finish(true, 200, Map.of());
        List<Point> all = points(again);
        assertThat(all.subList(0, before.size())).isEqualTo(before);
        assertThat(all.subList(before.size(), all.size()))
                .extracting(Point::series, Point::step)
                .startsWith(tuple("loss", 100L), tuple("loss", 101L), tuple("train/mse", 102L), tuple("loss", 102L))
                .endsWith(tuple("loss", 109L), tuple("train/r2", 200L));
        assertThat(store.series(again.id(), "train/mse"))
                .extracting(Point::step)
                .endsWith(105L, 108L, 200L);
        assertThat(record.metrics())
                .containsExactly(entry("train/mse", 0.25), entry("loss", 109.0), entry("train/r2", 0.75));
    }

    @Test
    void takesNoStepOfASeriesTwice() {
        RunLog log = store.begin(RUN, false);
        log.points(4, Map.of("train/mse", 1.0));
        assertThatThrownBy(() -> log.points(4, Map.of("train/mse", 2.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("train/mse came at step 4, after step 4");
        log.points(4, Map.of("loss", 1.0));
        assertThatThrownBy(() -> log.points(3, Map.of("train/mse", 2.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("train/mse came at step 3, after step 4");
        log.points(5, Map.of("train/mse", 3.0));
        log.finish(true, 5, Map.of());
        assertThat(points(log)).extracting(Point::value).containsExactly(1.0, 1.0, 3.0);
    }

    @Test
    void keepsAStepOfManySeriesWhole() {
        Map<String, Double> wide = new LinkedHashMap<>();
        for (int k = 0; k < 2_500; k++) {
            wide.put("train/" + k, k / 8.0);
        }
        RunLog log = store.begin(RUN, false);
        log.points(0, wide);
        log.points(1, wide);
        assertThat(log.finish(true, 1, Map.of()).metrics()).isEqualTo(wide);
        assertThat(store.points(log.id(), 2_498, 4))
                .extracting(Point::id, Point::series, Point::step)
                .containsExactly(
                        tuple(2_499L, "train/2498", 0L),
                        tuple(2_500L, "train/2499", 0L),
                        tuple(2_501L, "train/0", 1L),
                        tuple(2_502L, "train/1", 1L));
    }

    @Test
    void isNeverFarBehindWhileARunReportsMuch() {
        RunLog log = store.begin(RUN, false);
        for (int step = 1; step <= 200_000; step++) {
            log.points(step, Map.of("loss", 1.0));
            if (step % 50_000 == 0) {
                // a thousand that the writer was asked to write, and as many as wait at most where it is slow
                assertThat(store.points(log.id(), step - 21_001, 1)).isNotEmpty();
            }
        }
        log.finish(true, 200_000, Map.of());
        assertThat(store.points(log.id(), 199_999, 2)).extracting(Point::id).containsExactly(200_000L);
    }

    @Test
    void showsPointsWithinASecondWhileARunGoesOn() {
        RunLog log = store.begin(RUN, false);
        log.points(0, Map.of("train/mse", 1.0));
        long asked = System.nanoTime();
        while (points(log).isEmpty()) {
            // generous, since the machine may be busy
            assertThat(System.nanoTime() - asked).isLessThan(5_000_000_000L);
            Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(10));
        }
        assertThat(System.nanoTime() - asked).isGreaterThan(250_000_000L);
    }

    @Test
    void doesNotBeginWhatIsBeingTrainedOrHasEnded() {
        RunLog log = store.begin(RUN, false);
        assertThatThrownBy(() -> store.begin(RUN, true)).isInstanceOf(IllegalStateException.class);
        assertThat(store.tryBegin(RUN, EnumSet.allOf(RunStatus.class))).isEmpty();
        log.finish(true, 0, Map.of());
        assertThatThrownBy(() -> store.begin(RUN, false)).isInstanceOf(IllegalStateException.class);
        assertThat(store.tryBegin(RUN, EnumSet.of(RunStatus.FAILED))).isEmpty();
        assertThat(store.begin(RUN, true).id()).isNotEqualTo(log.id());
    }

    @Test
    void writesTheEndOfManyRunsWhileTheyGoOn() {
        List<RunLog> logs = new ArrayList<>();
        List<Supplier<RunRecord>> ends = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            RunLog log = store.begin(SmallPlans.run("a", seed, Descent.of(1, true)), false);
            log.points(0, Map.of("train/mse", (double) seed));
            logs.add(log);
            ends.add(log.finishing(true, 1, seed == 3, Map.of("x1", 2.0 * seed)));
            assertThatThrownBy(() -> log.kill(0)).isInstanceOf(IllegalStateException.class);
        }
        for (int seed = 0; seed < 20; seed++) {
            RunRecord record = ends.get(seed).get();
            assertThat(record.id()).isEqualTo(logs.get(seed).id());
            assertThat(record.status()).isEqualTo(RunStatus.FINISHED);
            assertThat(record.stopped()).isEqualTo(seed == 3);
            assertThat(record.metrics()).containsExactly(entry("train/mse", (double) seed));
            assertThat(record.parameters()).containsExactly(entry("x1", 2.0 * seed));
            assertThat(store.find(record.key())).contains(record);
            assertThat(store.isTrained(record.key())).isFalse();
        }
    }

    @Test
    void waitsForTheDiskWithAllThatHasEndedWhereItCloses() {
        Supplier<RunRecord> end = store.begin(RUN, false).finishing(true, 1, false, Map.of());
        store.close();
        assertThat(end.get().status()).isEqualTo(RunStatus.FINISHED);
        reopen();
        assertThat(store.find(RUN.key())).map(RunRecord::status).contains(RunStatus.FINISHED);
    }

    @Test
    void findsManyRunsAtOnce() {
        RunRecord finished = store.begin(RUN, false).finish(true, 10, Map.of());
        PlannedRun other = SmallPlans.run("bias", 8, Descent.of(10, true));
        store.begin(other, false);
        RunKey none = SmallPlans.run("bias", 9, Descent.of(10, true)).key();
        Map<RunKey, RunRecord> found = store.find(List.of(none, other.key(), RUN.key()));
        assertThat(found.keySet()).containsExactly(other.key(), RUN.key());
        assertThat(found).containsEntry(RUN.key(), finished);
        assertThat(found.values()).extracting(RunRecord::status).containsExactly(RunStatus.RUNNING, RunStatus.FINISHED);
        assertThat(store.find(List.of())).isEmpty();
    }

    @Test
    void endsAnAttemptOnce() {
        RunLog log = store.begin(RUN, false);
        log.kill(0);
        assertThatThrownBy(() -> log.finish(true, 0, Map.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> log.points(0, Map.of())).isInstanceOf(IllegalStateException.class);
        assertThat(store.find(RUN.key())).map(RunRecord::status).contains(RunStatus.KILLED);
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "KILLED"})
    void resumesWhatWasInterrupted(RunStatus status) {
        RunLog log = store.begin(RUN, false);
        log.points(0, Map.of("train/mse", 1.0));
        if (status == RunStatus.KILLED) {
            log.kill(0);
        }
        reopen();
        assertThat(store.find(RUN.key())).map(RunRecord::status).contains(status);
        clock.advance(Duration.ofHours(1));
        RunLog again = store.begin(RUN, false);
        assertThat(again.id()).isEqualTo(log.id());
        assertThat(store.find(RUN.key())).map(RunRecord::end).contains(Optional.empty());
        again.points(0, Map.of("train/mse", 2.0));
        again.points(1, Map.of("train/mse", 3.0));
        RunRecord record = again.finish(true, 1, Map.of("x1", 1.0));
        assertThat(record.start()).isEqualTo(SteadyClock.START);
        assertThat(points(again)).extracting(Point::value).containsExactly(1.0, 3.0);
    }

    @Test
    void keepsASupersededAttemptAsLongAsADestinationShowsIt() {
        RunLog old = store.begin(RUN, false);
        old.points(0, Map.of("train/mse", 1.0));
        old.fail("failed after 0 updates", 0);
        DeliveryLedger.Entry managed = new DeliveryLedger.Entry("managed", "e", "c", old.id(), "m1", 5, "d", true);
        DeliveryLedger.Entry remote = new DeliveryLedger.Entry("http://h", "e", "c", old.id(), "m2", 5, "d", true);
        DeliveryLedger.Entry parent = new DeliveryLedger.Entry("managed", "e", "c", 0, "m0", 0, "d", true);
        List.of(managed, remote, parent).forEach(store.ledger()::put);
        assertThat(store.ledger().superseded("managed")).isEmpty();

        RunLog fresh = store.tryBegin(RUN, EnumSet.of(RunStatus.FAILED)).orElseThrow();
        fresh.finish(true, 0, Map.of());
        assertThat(fresh.id()).isGreaterThan(old.id());
        assertThat(store.find(RUN.key())).map(RunRecord::id).contains(fresh.id());
        assertThat(store.newest(9)).hasSize(1);
        assertThat(store.findByPrefix(RUN.key().brief())).hasSize(1);
        assertThat(store.ledger().superseded("managed")).containsExactly(managed);
        assertThat(store.ledger().superseded("http://h")).containsExactly(remote);

        store.ledger().remove(managed);
        assertThat(store.ledger().superseded("managed")).isEmpty();
        assertThat(points(old)).hasSize(1);
        store.ledger().remove(remote);
        assertThat(points(old)).isEmpty();
        assertThat(store.ledger().entries("managed")).containsExactly(parent);
        assertThat(store.find(RUN.key())).map(RunRecord::id).contains(fresh.id());
    }

    @Test
    void knowsOfADeliveryThatBeganWhileItsAttemptWasSuperseded() {
        RunLog old = store.begin(RUN, false);
        old.finish(true, 0, Map.of());
        store.begin(RUN, true).finish(true, 0, Map.of());
        DeliveryLedger.Entry late = new DeliveryLedger.Entry("managed", "e", "c", old.id(), "m1", 0, "", false);
        store.ledger().put(late);
        assertThat(store.ledger().superseded("managed")).containsExactly(late);
    }

    @Test
    void keepsOneEntryForEachDestinationExperimentComparisonAndRun() {
        DeliveryLedger ledger = store.ledger();
        ledger.put(new DeliveryLedger.Entry("managed", "e", "c", 1, "m", 5, "", false));
        DeliveryLedger.Entry later = new DeliveryLedger.Entry("managed", "e", "c", 1, "m", 9, "d", true);
        ledger.put(later);
        DeliveryLedger.Entry other = new DeliveryLedger.Entry("managed", "e2", "c", 1, "n", 0, "", false);
        ledger.put(other);
        assertThat(ledger.find("managed", "e", "c", 1)).contains(later);
        assertThat(ledger.find("managed", "e", "c", 2)).isEmpty();
        assertThat(ledger.entries("managed")).containsExactlyInAnyOrder(later, other);
        assertThat(ledger.entries("http://h")).isEmpty();
    }

    @Test
    void findsByPrefixOfTheKey() {
        store.begin(RUN, false);
        assertThat(store.findByPrefix(RUN.key().brief())).hasSize(1);
        assertThat(store.findByPrefix(RUN.key().hex().toUpperCase(java.util.Locale.ROOT)))
                .hasSize(1);
        assertThat(store.findByPrefix("")).hasSize(1);
        assertThat(store.findByPrefix(RUN.key().hex() + "0")).isEmpty();
        assertThat(store.findByPrefix("' OR 1 = 1")).isEmpty();
        assertThat(store.findByPrefix("%")).isEmpty();
    }

    @Test
    void listsTheNewestFirst() {
        List<Long> ids = new ArrayList<>();
        for (long seed = 0; seed < 5; seed++) {
            ids.add(
                    0,
                    store.begin(SmallPlans.run("a", seed, Descent.of(1, true)), false)
                            .id());
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(store.newest(3)).extracting(RunRecord::id).isEqualTo(ids.subList(0, 3));
    }

    @Test
    void isUsedByManyThreadsAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<Long>> runs = new ArrayList<>();
        for (long seed = 0; seed < 24; seed++) {
            PlannedRun run = SmallPlans.run("a", seed, Descent.of(1, true));
            runs.add(pool.submit(() -> {
                RunLog log = store.begin(run, false);
                for (int step = 0; step < 100; step++) {
                    log.points(step, Map.of("train/mse", (double) step, "weights/a", 1.0));
                    if (step % 10 == 0) {
                        store.points(log.id(), 0, 10);
                    }
                }
                log.finish(true, 99, Map.of("a", 1.0));
                return log.id();
            }));
        }
        for (Future<Long> run : runs) {
            assertThat(store.points(run.get(), 0, Integer.MAX_VALUE)).hasSize(200);
        }
        pool.shutdown();
    }

    @Test
    void writesWhatIsWaitingBeforeItCloses() {
        RunLog log = store.begin(RUN, false);
        log.points(0, Map.of("train/mse", 1.0));
        reopen();
        assertThat(points(log)).hasSize(1);
        assertThat(store.lease("a")).isPresent();
        store.close();
        assertThatThrownBy(() -> store.begin(RUN, false)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.lease("a")).isInstanceOf(IllegalStateException.class);
    }
}
