package dev.ablate.engine;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.engine.train.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Delivers runs to where a tracker leads by itself. */
final class TrackerDelivery implements RunTracking {

    /** How long is waited while nothing moves. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Tracker tracker;
    private final RunStore store;

    TrackerDelivery(Tracker tracker, RunStore store) {
        this.tracker = tracker;
        this.store = store;
    }

    @Override
    public String experiment(Plan plan) {
        return tracker.experiment(Optional.empty(), plan.track().experiment(), plan.name());
    }

    @Override
    public Session begin(Plan plan) {
        boolean tracked =
                store.comparison(plan.key()).filter(ComparisonRecord::tracked).isPresent();
        Optional<Destination> destination = tracked ? tracker.destination(Optional.empty()) : Optional.empty();
        if (destination.isEmpty()) {
            return NONE.begin(plan);
        }
        Delivery delivery = tracker.begin(store, destination.get(), Tracker.Purpose.DELIVERED);
        delivery.watch(plan.key());
        return new Session() {
            @Override
            public Tracked finish(Cancellation cancellation) {
                return finished(delivery, plan.key(), cancellation);
            }

            @Override
            public void close() {
                delivery.close();
            }
        };
    }

    @SuppressWarnings("try") // it ends the delivery until it is closed
    private Tracked finished(Delivery delivery, String comparison, Cancellation cancellation) {
        try (Cancellation.Registration ending = cancellation.whenCancelled(delivery::close)) {
            Delivery.Report report = delivery.finish(PATIENCE);
            List<String> lines = new ArrayList<>();
            Optional.ofNullable(report.links().get(comparison))
                    .ifPresent(link -> lines.add("In " + tracker.name() + ": " + link));
            report.problem()
                    .ifPresent(problem -> lines.add(report.sentence(problem, report.remedy() + ", run it again.")));
            lines.addAll(report.remarks());
            Tracking tracking = new Tracking(Optional.ofNullable(report.pages().get(comparison)), report.runs());
            return new Tracked(report.undelivered() == 0 && report.problem().isEmpty(), true, lines, tracking);
        }
    }
}
