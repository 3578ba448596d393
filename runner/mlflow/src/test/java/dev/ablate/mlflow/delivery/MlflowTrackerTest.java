package dev.ablate.mlflow.delivery;

import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.engine.tracking.TrackerContract;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Order;

/** The contract of trackers, on a real server. */
@ManagedMlflow
@Order(12)
class MlflowTrackerTest extends TrackerContract {

    /** Nobody listens at the port that is there for discarding. */
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    private final URI server;
    private final Rest rest;

    MlflowTrackerTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @Override
    protected Tracker tracker() {
        return Lab.TRACKER;
    }

    @Override
    protected Destination destination() {
        return Lab.at(server);
    }

    @Override
    protected Destination refusing() {
        return new Endpoint(NOBODY.toString(), NOBODY, Access.open());
    }

    @Override
    protected String noDestination() {
        return "no address";
    }

    @Override
    protected List<Remote> remote(String experiment) {
        return rest.children(experiment).stream()
                .map(run -> new Remote(
                        run.id(),
                        run.tags().getOrDefault("ablate.key", ""),
                        run.params().getOrDefault("seed", ""),
                        rest.history(run.id(), "train/mse").stream()
                                .map(Rest.Value::step)
                                .sorted()
                                .toList()))
                .toList();
    }
}
