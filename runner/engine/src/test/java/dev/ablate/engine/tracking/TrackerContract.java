package dev.ablate.engine.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.runs.RunStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every tracker promises: nothing is lost, nothing is there twice, a break is survived, and a refusal has words. */
public abstract class TrackerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STEPS = 20;

    /** The home of the store that is delivered. */
    @TempDir
    protected Path home;

    private final SteadyClock clock = new SteadyClock();
    private final List<RunStore> open = new ArrayList<>();

    /** The tracker. */
    protected abstract Tracker tracker();

    /** A destination that is up. */
    protected abstract Destination destination();

    /** A destination that takes nothing. */
    protected abstract Destination refusing();

    /** What was named as a destination, and cannot be one. */
    protected abstract String noDestination();

    /** The runs at {@link #destination} that are filed under a name, without parents, deleted or moved away. */
    protected abstract List<Remote> remote(String experiment);

    /**
     * A run as it is at a destination.
     *
     * @param id the destination's
     * @param key the run's key
     * @param seed its param {@code seed}
     * @param steps of its series {@code train/mse}, as often as each is there, rising
     */
    public record Remote(String id, String key, String seed, List<Long> steps) {}

    @AfterEach
    void close() {
        open.forEach(RunStore::close);
    }

    private RunStore store() {
        RunStore store = RunStore.open(home, clock);
        open.add(store);
        return store;
    }

    private Plan plan() {
        Map<String, Descent> variants = new LinkedHashMap<>();
        variants.put("slow", Descent.of(1, true));
        variants.put("fast", Descent.of(2, true));
        return SmallPlans.plan("contract " + home.getFileName(), List.of(1L, 2L), variants);
    }

    private static void points(RunLog log, int from, int to) {
        for (int step = from; step < to; step++) {
            log.points(step, Map.of("train/mse", 1.0 / (step + 1)));
        }
    }

    private static void train(RunStore store, PlannedRun run, int from) {
        RunLog log = store.begin(run, false);
        points(log, from, STEPS);
        log.finish(false, STEPS, Map.of());
    }

    private static void publish(RunStore store, Plan plan) {
        store.publish(plan.key(), new Published("# slow", "slow", List.of(), Map.of(), Map.of()));
    }

    private Plan trained(RunStore store) {
        Plan plan = plan();
        store.record(plan, plan.name());
        plan.runs().forEach(run -> train(store, run, 0));
        publish(store, plan);
        return plan;
    }

    private Delivery.Report deliver(RunStore store, Plan plan, Destination destination) {
        try (Delivery delivery = tracker().begin(store, destination, Tracker.Purpose.DELIVERED)) {
            delivery.watch(plan.key());
            return delivery.finish(PATIENCE);
        }
    }

    private Sync sync(RunStore store, Destination destination) {
        return new Sync(store, tracker(), destination);
    }

    private Map<String, Remote> remote(Plan plan) {
        List<Remote> found = remote(plan.name());
        assertThat(found).extracting(Remote::key).doesNotHaveDuplicates();
        return found.stream().collect(Collectors.toMap(Remote::key, each -> each));
    }

    private Remote remote(Plan plan, PlannedRun run) {
        Map<String, Remote> remote = remote(plan);
        assertThat(remote).containsKey(run.key().hex());
        return Objects.requireNonNull(remote.get(run.key().hex()));
    }

    private void assertAllThere(RunStore store, Plan plan, Delivery.Report report) {
        assertThat(report.problem()).isEmpty();
        assertThat(report.undelivered()).isZero();
        assertThat(report.complete()).containsExactly(plan.key());
        Map<String, Remote> remote = remote(plan);
        assertThat(remote.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        plan.runs().stream().map(run -> run.key().hex()).toList());
        List<Long> steps = LongStream.range(0, STEPS).boxed().toList();
        for (PlannedRun run : plan.runs()) {
            Remote there = Objects.requireNonNull(remote.get(run.key().hex()));
            assertThat(there.steps()).as(run.label()).isEqualTo(steps);
            assertThat(there.seed()).as(run.label()).isEqualTo(Long.toString(run.seed()));
            long attempt = store.find(run.key()).orElseThrow().id();
            assertThat(report.runs()).as(run.label()).containsEntry(attempt, there.id());
        }
        assertThat(sync(store, destination()).pending()).isEmpty();
    }

    /** Each run with its params and each of its points is there. */
    @Test
    public void losesNothing() {
        RunStore store = store();
        Plan plan = plan();
        store.record(plan, plan.name());
        assertThat(sync(store, destination()).pending()).isEmpty();
        plan.runs().forEach(run -> train(store, run, 0));
        publish(store, plan);
        assertThat(sync(store, destination()).pending()).hasSize(1);
        assertAllThere(store, plan, deliver(store, plan, destination()));
    }

    /** Neither a second delivery, nor one that is not believed, nor one that nobody noted makes anything again. */
    @Test
    public void doublesNothing() {
        RunStore store = store();
        Plan plan = trained(store);
        deliver(store, plan, destination());
        Map<String, Remote> first = remote(plan);

        assertAllThere(store, plan, deliver(store, plan, destination()));
        assertThat(remote(plan)).isEqualTo(first);

        ComparisonRecord comparison = store.comparison(plan.key()).orElseThrow();
        sync(store, destination()).doubt(comparison);
        assertAllThere(store, plan, deliver(store, plan, destination()));
        assertThat(remote(plan)).isEqualTo(first);

        // the process was killed between a server's answer and its note of it
        store.ledger().entries(destination().id()).forEach(store.ledger()::remove);
        assertAllThere(store, plan, deliver(store, plan, destination()));
        assertThat(remote(plan)).isEqualTo(first);
    }

    /** After a break in the middle of a run, another process goes on with the same run. */
    @Test
    public void resumesAfterABreak() {
        Plan plan = plan();
        PlannedRun broken = plan.runs().get(0);
        Remote half;
        try (RunStore store = RunStore.open(home, clock)) {
            store.record(plan, plan.name());
            RunLog log = store.begin(broken, false);
            points(log, 0, STEPS / 2);
            log.kill(STEPS / 2);
            deliver(store, plan, destination());
            half = remote(plan, broken);
            assertThat(half.steps()).hasSize(STEPS / 2);
        }
        RunStore store = store();
        train(store, broken, STEPS / 2);
        plan.runs().stream().skip(1).forEach(run -> train(store, run, 0));
        publish(store, plan);
        assertThat(sync(store, destination()).pending()).hasSize(1);
        assertAllThere(store, plan, deliver(store, plan, destination()));
        assertThat(remote(plan, broken).id()).isEqualTo(half.id());
    }

    /** What cannot be delivered is kept, a person reads why, and it is delivered where there is a way. */
    @Test
    public void saysInWordsWhatIsRefused() {
        RunStore store = store();
        Plan plan = trained(store);
        Delivery.Report refused = deliver(store, plan, refusing());
        assertThat(refused.problem().orElse("")).isNotBlank();
        assertThat(refused.remedy()).isNotBlank();
        assertThat(refused.undelivered()).isEqualTo(plan.runs().size());
        assertThat(refused.complete()).isEmpty();
        assertThat(sync(store, refusing()).pending()).hasSize(1);
        assertAllThere(store, plan, deliver(store, plan, destination()));

        assertThatThrownBy(() -> tracker().destination(Optional.of(noDestination())))
                .isInstanceOf(TrackingException.class)
                .message()
                .isNotBlank();
    }
}
