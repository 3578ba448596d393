package dev.ablate.mlflow.delivery;

import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Tracker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own that delivers what a home has, and ends with 0 where all of it is there. */
final class TwoHomesProcess {

    private TwoHomesProcess() {}

    static Process start(Path home, String experiment, URI server) throws IOException {
        return DeliveringProcess.start(TwoHomesProcess.class, home, experiment, server);
    }

    /** The arguments are home, experiment and server. */
    public static void main(String[] arguments) {
        boolean complete;
        try (Lab lab = TwoHomesTest.lab(Path.of(arguments[0]), arguments[1], 0);
                Delivery delivery =
                        Lab.TRACKER.begin(lab.store, Lab.at(URI.create(arguments[2])), Tracker.Purpose.DELIVERED)) {
            delivery.watch(lab.plan.key());
            Delivery.Report report = delivery.finish(Duration.ofSeconds(10));
            complete = report.complete().contains(lab.plan.key()) && report.undelivered() == 0;
            report.problem().ifPresent(System.err::println);
        }
        System.exit(complete ? 0 : 4);
    }
}
