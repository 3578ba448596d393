package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.image.RunImages;
import dev.ablate.mlflow.image.Stored;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** MLflow. */
public final class MlflowTracker implements Tracker {

    private final Map<String, String> environment;
    private final Supplier<Optional<URI>> managed;

    /**
     * A tracker.
     *
     * @param environment of the process: {@code MLFLOW_TRACKING_URI} and others
     * @param managed the address of the server that {@code ablate ui} starts; empty while it does not run
     */
    public MlflowTracker(Map<String, String> environment, Supplier<Optional<URI>> managed) {
        this.environment = Map.copyOf(environment);
        this.managed = managed;
    }

    /** The server that {@code ablate ui} starts, whether it runs or not: for what is known of it here; nothing can be sent there. */
    public static Destination managedServer() {
        return Endpoint.managed();
    }

    /** The same server at its present address. */
    public static Destination managedServer(URI address) {
        return Endpoint.managed(address);
    }

    /** Whether a destination is that server. */
    public static boolean isManaged(Destination destination) {
        return destination.id().equals(Endpoint.MANAGED);
    }

    @Override
    public String name() {
        return "MLflow";
    }

    @Override
    public Optional<Destination> destination(Optional<String> named) {
        return Endpoint.resolve(named, environment, this::managed).map(Destination.class::cast);
    }

    @Override
    public Optional<Destination> own() {
        return managed().map(Destination.class::cast);
    }

    private Optional<Endpoint> managed() {
        return managed.get().map(Endpoint::managed);
    }

    @Override
    public String experiment(Optional<String> named, Optional<String> spec, String comparison) {
        return Endpoint.experiment(named, spec, environment, comparison);
    }

    @Override
    public Delivery begin(RunStore store, Destination destination, Purpose purpose) {
        if (!(destination instanceof Endpoint endpoint)) {
            throw new IllegalArgumentException("not a destination of MLflow: " + destination.id());
        }
        return new StoreDelivery(store, endpoint, purpose == Purpose.RECREATED, StoreDelivery.Pace.USUAL);
    }

    @Override
    public boolean isComplete(RunStore store, ComparisonRecord comparison, Map<Long, DeliveryLedger.Entry> entries) {
        DeliveryLedger.Entry parent = entries.get(DeliveryLedger.PARENT);
        if (parent == null || !RunDelivery.isComplete(store, parent, RunImages.parent(store, comparison))) {
            return false;
        }
        return comparison.members().stream().allMatch(member -> {
            DeliveryLedger.Entry entry = entries.get(member.run().id());
            boolean abandoned = member.run().status() == RunStatus.RUNNING
                    && !store.isTrained(member.run().key());
            return entry != null
                    && RunDelivery.isComplete(
                            store,
                            entry,
                            RunImages.child(
                                    comparison,
                                    member,
                                    Stored.of(store, member.run().id()),
                                    parent.remoteRun(),
                                    abandoned));
        });
    }
}
