package dev.ablate.mlflow.delivery;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.model.ModelGraphs;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.StoredEffect;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Sync;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.Executor;
import dev.ablate.engine.train.Outcome;
import dev.ablate.engine.train.Progress;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.worker.data.DataPart;
import dev.ablate.worker.model.ModelFiles;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.spec.RunKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A store with a comparison of two variants, filled by hand, or trained while it is delivered. */
final class Lab implements AutoCloseable {

    /** As a process without an environment has it, and no managed server. */
    static final Tracker TRACKER = new MlflowTracker(Map.of(), Optional::empty);

    static final Instant START = Instant.parse("2026-03-01T10:00:00.123Z");
    static final String PREDICTIONS =
            "{\"columns\": [\"x1\", \"x2\", \"answer\"], \"data\": [[0, 0, 0.5], [1, 1, 0.9]]}";

    private final String experiment;
    private final Ticking clock = new Ticking();
    final RunStore store;
    Plan plan;

    /** How long another home may say nothing before what it left is taken over. */
    Duration silence = Duration.ofSeconds(10);

    /** @param experiment also the comparison's name */
    Lab(Path home, String experiment, List<Long> seeds) {
        this.experiment = experiment;
        this.store = RunStore.open(home, clock);
        this.plan = plan(seeds);
    }

    /** What runs are begun with. */
    Provenance provenance = Provenance.NONE;

    /** On a store that may have other comparisons too. */
    Lab(RunStore store, Plan plan) {
        this.experiment = plan.name();
        this.store = store;
        this.plan = plan;
    }

    /**
     * One that is not filled by hand: its runs are trained by {@link #run}.
     *
     * @param updates of a run
     * @param pause after each of them
     */
    static Lab training(Path home, String experiment, List<Long> seeds, long updates, Duration pause) {
        return new Lab(RunStore.open(home, Clock.systemUTC()), trainable(experiment, seeds, updates, pause));
    }

    /** A plan that an executor trains. */
    static Plan trainable(String experiment, List<Long> seeds, long updates, Duration pause) {
        Map<String, Descent> variants = new LinkedHashMap<>();
        for (boolean bias : new boolean[] {false, true}) {
            variants.put(
                    bias ? "bias" : "no-bias",
                    Descent.of(new Descent.Options(Activation.SIGMOID, 0.5, updates, bias, true))
                            .dawdling(pause.toNanos() / 1000));
        }
        return SmallPlans.plan(experiment, seeds, variants);
    }

    /** Trains what is not trained. */
    List<Outcome> execute(int jobs, Progress progress) {
        return Executor.of(store)
                .execute(plan, new ExecutionOptions(jobs, Set.of(), false, false, false), progress, new Cancellation())
                .outcomes();
    }

    /** Trains what is not trained, delivering meanwhile, and publishes: as the program does when it is asked to run. */
    Delivery.Report run(Endpoint destination) {
        record();
        try (Delivery delivery = begin(destination)) {
            delivery.watch(plan.key());
            execute(2, new Quiet());
            publish();
            return delivery.finish(Duration.ofSeconds(60));
        }
    }

    /** A clock that a test moves. */
    private static final class Ticking extends Clock {
        private Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    Plan plan(List<Long> seeds) {
        Map<String, Descent> variants = new LinkedHashMap<>();
        variants.put("no-bias", Descent.of(new Descent.Options(Activation.SIGMOID, 0.5, 100, false, true)));
        variants.put("bias", Descent.of(new Descent.Options(Activation.SIGMOID, 0.5, 100, true, true)));
        return SmallPlans.plan(experiment, seeds, variants);
    }

    void record() {
        store.record(plan, experiment);
    }

    void tick(Duration time) {
        clock.now = clock.now.plus(time);
    }

    PlannedRun run(int index) {
        return plan.runs().get(index);
    }

    /** Trains a run: {@code steps} points, half a second apart, of one metric and two weights. */
    void train(PlannedRun run, int steps) {
        RunLog log = store.tryBegin(run, Set.of(), provenance).orElseThrow();
        log.rows(4, 0);
        points(log, 0, steps);
        log.finish(false, (steps - 1) * 10L, Map.of("x1", 1.5, "x2", -0.5));
    }

    /** Trains all runs, each with the files of a model and of its data, and publishes. */
    void trainAllWithModels(int steps) {
        record();
        plan.runs().forEach(run -> {
            RunLog log = store.begin(run, false);
            points(log, 0, steps);
            log.file(
                    DataPart.FILE,
                    DataPart.write(List.of(DataPart.of(
                            "train",
                            "or-gate",
                            run.dataset(),
                            0,
                            run.dataset().examples().features()))));
            ModelFiles.of(new TrainedModel(
                            run.features(),
                            run.dataset().target(),
                            "",
                            run.dataset().classes(),
                            run.decision(),
                            List.of(),
                            List.of(new Layer(List.of(List.of(1.5), List.of(-0.5)), List.of(0.0), Activation.SIGMOID)),
                            TrainedModel.Scale.NONE,
                            List.of(0.0, 1.0),
                            null))
                    .forEach(ModelGraphs.adding(log)::file);
            log.finish(false, (steps - 1) * 10L, Map.of("x1", 1.5, "x2", -0.5));
        });
        publish();
    }

    void points(RunLog log, int from, int to) {
        for (int step = from; step < to; step++) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("train/mse", mse(step));
            values.put("weights/x1", step / 7.0);
            values.put("weights/x2", -step / 3.0);
            log.points(step * 10L, values);
            tick(Duration.ofMillis(500));
        }
    }

    static double mse(int step) {
        return 1.0 / (step + 3);
    }

    /** Trains all runs and publishes. */
    void trainAll(int steps) {
        record();
        plan.runs().forEach(run -> train(run, steps));
        publish();
    }

    void publish() {
        publish(-0.25);
    }

    /** @param difference of the one effect that is reported */
    void publish(double difference) {
        Map<RunKey, String> predictions = new LinkedHashMap<>();
        plan.runs().forEach(run -> predictions.put(run.key(), PREDICTIONS));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("spec.yaml", plan.resolved().getBytes(StandardCharsets.UTF_8));
        files.put("charts/a chart.svg", "<svg/>".getBytes(StandardCharsets.UTF_8));
        files.put("report.json", "{\"format\": 1}".getBytes(StandardCharsets.UTF_8));
        StoredEffect effect = new StoredEffect(
                "train/mse",
                "bias",
                Map.of("trainer.learning_rate", "0.5"),
                "better",
                OptionalDouble.of(difference),
                OptionalDouble.of(0.03125),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        store.publish(
                plan.key(),
                new Published(
                        "bias: train/mse is lower.\n\n| variant | train/mse |",
                        "bias: train/mse is lower.",
                        List.of(effect),
                        files,
                        predictions));
    }

    static Endpoint at(java.net.URI server) {
        return new Endpoint(server.toString(), server, Access.open());
    }

    Delivery.Report deliver(Endpoint destination) {
        try (Delivery delivery = begin(destination)) {
            delivery.watch(plan.key());
            return delivery.finish(Duration.ofSeconds(60));
        }
    }

    /** Has everything read back again. */
    Delivery.Report verify(Endpoint destination) {
        new Sync(store, TRACKER, destination).doubt(store.comparison(plan.key()).orElseThrow());
        return deliver(destination);
    }

    /** Likewise, and makes again what was deleted or is there twice. */
    Delivery.Report recreate(Endpoint destination) {
        new Sync(store, TRACKER, destination).doubt(store.comparison(plan.key()).orElseThrow());
        try (Delivery delivery = begin(destination, true)) {
            delivery.watch(plan.key());
            return delivery.finish(Duration.ofSeconds(60));
        }
    }

    /** Delivers what a destination lacks, as a later invocation does. */
    Delivery.Report sync(Endpoint destination, Duration patience) {
        try (Delivery delivery = begin(destination)) {
            new Sync(store, TRACKER, destination).pending().forEach(comparison -> delivery.watch(comparison.key()));
            return delivery.finish(patience);
        }
    }

    /** A delivery that looks into the store often and pauses briefly. */
    Delivery begin(Endpoint destination) {
        return begin(destination, false);
    }

    Delivery begin(Endpoint destination, boolean recreate) {
        return new StoreDelivery(
                store,
                destination,
                recreate,
                new StoreDelivery.Pace(
                        Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(400), 1, silence));
    }

    /** Does something that waits, on a thread of its own: the common pool may have no more than one. */
    static <T> Future<T> meanwhile(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task, "meanwhile").start();
        return task;
    }

    @Override
    public void close() {
        store.close();
    }
}
