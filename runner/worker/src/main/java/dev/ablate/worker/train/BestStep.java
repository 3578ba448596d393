package dev.ablate.worker.train;

import dev.ablate.core.training.Model;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.spec.StopRule;
import java.util.Map;
import java.util.Optional;

/** Where a run is left if it keeps its best step: steps after the best one so far wait, and are dropped if none is better. */
final class BestStep {

    private final RunContext run;
    private final Recorder recorder;
    private final boolean asked;
    private Optional<Learned> model = Optional.empty();
    private long update;

    BestStep(RunContext run, Recorder recorder) {
        this.run = run;
        this.recorder = recorder;
        this.asked = run.stop().filter(StopRule::keepsBest).isPresent();
    }

    /**
     * Records a step, at once or once it is known whether the run is left there.
     *
     * @param best whether no step before it was as good
     */
    void record(long step, long total, Map<String, Double> values, boolean best) {
        if (asked) {
            recorder.hold(step, total, values);
        } else {
            recorder.step(step, total, values);
        }
        if (best) {
            recorder.writeHeld();
        }
    }

    /** Keeps the model as it is now. */
    void keep(long step, Model now) {
        model = Optional.of(
                Learned.from(now, run.features().size(), run.dataset().schema().outputs()));
        update = step;
    }

    /** Once the trainer has returned. */
    void end() {
        if (model.isEmpty()) {
            // a metric that was never defined was never best
            recorder.writeHeld();
        }
    }

    /** The model of the best step; empty if the run is left where it ended. */
    Optional<Learned> model() {
        return model;
    }

    /** The update whose model is kept, of a run that ended with {@code last}. */
    long update(long last) {
        return model.isPresent() ? update : last;
    }
}
