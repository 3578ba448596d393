package dev.ablate.cli.tracking;

import dev.ablate.cli.argument.TrackingArguments;
import dev.ablate.engine.RunTracking;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.train.Cancellation;
import java.util.Optional;

/** Delivers a run to the server that its arguments name, or brings one up. */
final class ArgumentTracking implements RunTracking {

    private final Deliveries deliveries;
    private final TrackingArguments arguments;
    private Optional<Destination> destination = Optional.empty();

    ArgumentTracking(Deliveries deliveries, TrackingArguments arguments) {
        this.deliveries = deliveries;
        this.arguments = arguments;
    }

    @Override
    public String experiment(Plan plan) {
        destination = deliveries.destination(plan, arguments);
        return deliveries.experiment(plan, arguments);
    }

    @Override
    public Session begin(Plan plan) {
        Optional<Delivery> delivery = destination.map(found -> deliveries.begin(plan, found));
        Optional<ServerStart> starting = deliveries.start(plan, arguments, destination);
        return new Session() {
            @Override
            public Tracked finish(Cancellation cancellation) {
                Deliveries.Result result = deliveries.finish(plan, arguments, delivery, starting);
                Tracking tracking = result.delivered()
                        .map(report ->
                                new Tracking(Optional.ofNullable(report.pages().get(plan.key())), report.runs()))
                        .orElse(Tracking.NONE);
                return new Tracked(result.complete(), result.delivered().isPresent(), result.lines(), tracking);
            }

            @Override
            public void close() {
                delivery.ifPresent(Delivery::close);
                starting.ifPresent(ServerStart::close);
            }
        };
    }
}
