package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.Registration;
import dev.ablate.mlflow.client.Capabilities;
import dev.ablate.mlflow.client.LoggedModels.LoggedModel;
import dev.ablate.mlflow.client.Registry;
import dev.ablate.mlflow.client.Registry.Model;
import dev.ablate.mlflow.client.Registry.Version;
import dev.ablate.mlflow.client.ServerFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the model of one run of a comparison into MLflow's registry.
 *
 * <p>A registered model has no id there: it is known by the time when it was made, and by its version, which has a tag of Ablate's and comes
 * from a run that is known. So one that a person renamed is found, and one that a person deleted is not made again unasked.
 */
final class RegistryDelivery {

    /** Distinguishes versions of Ablate's from those that a person made of the same run. */
    private static final String COMPARISON = "ablate.comparison";

    private final Channel channel;
    private final Registry registry;
    private final OpenComparison comparison;
    private final DeliveryLedger.Entry parent;

    /** @param parent the comparison's parent run in the ledger */
    RegistryDelivery(Channel channel, OpenComparison comparison, DeliveryLedger.Entry parent) {
        this.channel = channel;
        this.registry = channel.connection().registry();
        this.comparison = comparison;
        this.parent = parent;
    }

    /** Where a model lies, and under which id it is logged (empty where the server has no logged models). */
    private record Place(String source, String run, String model) {}

    /** Adds a version, or changes its description, unless all is as it should be, or a person deleted it. */
    void send(Optional<Registration> wanted) {
        Optional<Place> found = wanted.flatMap(this::place);
        if (found.isEmpty()) {
            return;
        }
        Registration registration = wanted.get();
        Place place = found.get();
        Optional<Model> model = model(registration);
        if (model.isEmpty()) {
            return;
        }
        // looks first, as adding is not idempotent
        List<Version> there = versions(model.get(), place.run());
        String version;
        if (there.isEmpty()) {
            if (isDeleted(registration, place.run())) {
                return;
            }
            version = registry.add(
                    model.get().name(),
                    place.source(),
                    place.run(),
                    place.model(),
                    registration.description(),
                    Map.of(COMPARISON, parent.comparison()));
        } else {
            version = there.get(0).version();
            there.stream().skip(1).forEach(twin -> registry.remove(twin.model(), twin.version()));
            if (!there.get(0).description().equals(registration.description())) {
                registry.describe(model.get().name(), version, registration.description());
            }
        }
        channel.ledger()
                .put(new DeliveryLedger.Registered(
                        parent.destination(),
                        parent.comparison(),
                        registration.name(),
                        model.get().name(),
                        model.get().created(),
                        version,
                        place.run()));
    }

    /** What is not in the registry, in words. */
    List<String> differences(Optional<Registration> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Registration registration = wanted.get();
        Optional<Place> place = place(registration);
        if (place.isEmpty()) {
            return List.of("the model to register as " + registration.name() + " is not there");
        }
        Optional<Model> model = model(registration);
        List<Version> there =
                model.map(found -> versions(found, place.get().run())).orElse(List.of());
        if (there.isEmpty()
                && (model.isEmpty() || isDeleted(registration, place.get().run()))) {
            return List.of("the registered model " + registration.name() + (model.isEmpty() ? "" : ", or its version,")
                    + " was deleted there; to register it again: " + comparison.recreation());
        }
        return there.size() == 1 && there.get(0).description().equals(registration.description())
                ? List.of()
                : List.of("the registered model " + registration.name() + " is not as it should be");
    }

    /** The registered model, made if it never was; empty: a person deleted it. */
    private Optional<Model> model(Registration registration) {
        Optional<DeliveryLedger.Registered> known = known(registration);
        if (known.isEmpty() || channel.recreate()) {
            return Optional.of(registry.find(registration.name()).orElseGet(() -> made(registration.name())));
        }
        DeliveryLedger.Registered before = known.get();
        Optional<Model> same = registry.find(before.model()).filter(found -> isSame(found, before));
        if (same.isPresent()) {
            return same;
        }
        Optional<Model> renamed = registry.versions(before.run()).stream()
                .filter(version -> parent.comparison().equals(version.tags().get(COMPARISON))
                        && version.version().equals(before.version()))
                .flatMap(version -> registry.find(version.model()).stream())
                .filter(found -> isSame(found, before))
                .findFirst();
        renamed.ifPresent(found -> channel.remarks()
                .add("The registered model " + registration.name() + " is called " + found.name()
                        + " in MLflow now, and versions join it there."));
        return renamed;
    }

    private static boolean isSame(Model found, DeliveryLedger.Registered before) {
        return found.created() == before.created();
    }

    /** Whether a person deleted the version of a run. */
    private boolean isDeleted(Registration registration, String run) {
        return !channel.recreate()
                && known(registration)
                        .filter(before -> before.run().equals(run))
                        .isPresent();
    }

    private Optional<DeliveryLedger.Registered> known(Registration registration) {
        return channel.ledger().registered(parent.destination(), parent.comparison(), registration.name());
    }

    private List<Version> versions(Model model, String run) {
        return registry.versions(run).stream()
                .filter(version -> version.model().equals(model.name())
                        && parent.comparison().equals(version.tags().get(COMPARISON)))
                .toList();
    }

    private Model made(String name) {
        try {
            registry.create(name);
        } catch (ServerFailure e) {
            // perhaps somebody was faster
            if (e.kind() != ServerFailure.Kind.REFUSED) {
                throw e;
            }
            return registry.find(name).orElseThrow(() -> e);
        }
        return registry.find(name).orElseGet(() -> new Model(name, 0));
    }

    private Optional<Place> place(Registration registration) {
        Optional<DeliveryLedger.Entry> child = channel.store()
                .find(registration.run())
                .flatMap(record -> channel.store()
                        .ledger()
                        .find(parent.destination(), parent.experiment(), parent.comparison(), record.id()));
        if (child.isEmpty() || !child.get().complete()) {
            return Optional.empty();
        }
        String run = child.get().remoteRun();
        List<LoggedModel> models = new ArrayList<>();
        boolean logged = channel.capabilities()
                .attempt(
                        Capabilities.Capability.LOGGED_MODELS,
                        () -> models.addAll(ModelDelivery.madeByAblate(
                                channel.connection().models(), comparison.experiment(), run)));
        if (!logged) {
            return Optional.of(new Place(channel.server().get(run).artifacts() + "/model", run, ""));
        }
        return models.stream().findFirst().map(model -> new Place("models:/" + model.id(), run, model.id()));
    }
}
