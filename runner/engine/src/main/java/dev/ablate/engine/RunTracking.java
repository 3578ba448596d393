package dev.ablate.engine;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.train.Cancellation;
import java.util.List;

/** Delivers the runs of an experiment elsewhere while they are trained. */
public interface RunTracking {

    /** Keeps everything in the store alone. */
    RunTracking NONE = new RunTracking() {
        @Override
        public String experiment(Plan plan) {
            return plan.track().experiment().orElse(plan.name());
        }

        @Override
        public Session begin(Plan plan) {
            return cancellation -> Tracked.NONE;
        }
    };

    /**
     * What a comparison belongs to where it is delivered; asked before anything is recorded.
     *
     * @throws dev.ablate.engine.problem.RequestException if it cannot be delivered as was asked for
     */
    String experiment(Plan plan);

    /** Begins to deliver a comparison that was recorded; training does not wait for it. */
    Session begin(Plan plan);

    /** One delivery that goes on. */
    interface Session extends AutoCloseable {

        /** Waits until it is delivered, or is cancelled. */
        Tracked finish(Cancellation cancellation);

        /** Ends what still goes on. */
        @Override
        default void close() {}
    }

    /**
     * What became of a delivery.
     *
     * @param complete whether all of it was delivered
     * @param attempted whether there was where to deliver it to
     * @param lines what there is to say
     * @param tracking where it is to be found
     */
    record Tracked(boolean complete, boolean attempted, List<String> lines, Tracking tracking) {

        /** Nothing was delivered. */
        public static final Tracked NONE = new Tracked(false, false, List.of(), Tracking.NONE);

        /** Copies the list. */
        public Tracked {
            lines = List.copyOf(lines);
        }
    }
}
