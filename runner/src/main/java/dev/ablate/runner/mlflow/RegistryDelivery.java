package dev.ablate.runner.mlflow;

import dev.ablate.runner.mlflow.client.LoggedModels.LoggedModel;
import dev.ablate.runner.mlflow.client.Registry;
import dev.ablate.runner.mlflow.client.Registry.Version;
import dev.ablate.runner.mlflow.client.ServerFailure;
import dev.ablate.runner.runs.Ledger;
import dev.ablate.runner.runs.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the model of one run of a comparison into MLflow's registry. */
final class RegistryDelivery {

    /** Tells versions of Ablate's from those that a person made of the same run. */
    private static final String COMPARISON = "ablate.comparison";

    private final Channel channel;
    private final Registry registry;
    private final String experiment;
    private final Ledger.Entry parent;

    /**
     * @param experiment the experiment's id in MLflow
     * @param parent the comparison's parent run in the ledger
     */
    RegistryDelivery(Channel channel, String experiment, Ledger.Entry parent) {
        this.channel = channel;
        this.registry = channel.connection().registry();
        this.experiment = experiment;
        this.parent = parent;
    }

    /** Where a model lies, and under which id it is logged (empty where the server has no logged models). */
    private record Place(String source, String run, String model) {}

    /** Adds a version, or changes its description, unless all is as it should be. */
    void send(Optional<Registration> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        Registration registration = wanted.get();
        Optional<Place> place = place(registration);
        if (place.isEmpty()) {
            return;
        }
        if (!registry.has(registration.name())) {
            create(registration.name());
        }
        // looks first, as adding is not idempotent
        List<Version> there = versions(registration, place.get().run());
        if (there.isEmpty()) {
            registry.add(
                    registration.name(),
                    place.get().source(),
                    place.get().run(),
                    place.get().model(),
                    registration.description(),
                    Map.of(COMPARISON, parent.comparison()));
            return;
        }
        there.stream().skip(1).forEach(twin -> registry.remove(registration.name(), twin.version()));
        if (!there.get(0).description().equals(registration.description())) {
            registry.describe(registration.name(), there.get(0).version(), registration.description());
        }
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
        List<Version> there = versions(registration, place.get().run());
        return there.size() == 1 && there.get(0).description().equals(registration.description())
                ? List.of()
                : List.of("the registered model " + registration.name() + " is not as it should be");
    }

    private List<Version> versions(Registration registration, String run) {
        return registry.versions(registration.name(), run).stream()
                .filter(version -> parent.comparison().equals(version.tags().get(COMPARISON)))
                .toList();
    }

    private void create(String name) {
        try {
            registry.create(name);
        } catch (ServerFailure e) {
            // perhaps somebody was faster
            if (e.kind() != ServerFailure.Kind.REFUSED || !registry.has(name)) {
                throw e;
            }
        }
    }

    private Optional<Place> place(Registration registration) {
        Optional<Ledger.Entry> child = channel.store()
                .find(registration.run())
                .flatMap(record -> channel.store()
                        .ledger()
                        .find(parent.destination(), parent.experiment(), parent.comparison(), record.id()));
        if (child.isEmpty() || !child.get().complete()) {
            return Optional.empty();
        }
        String run = child.get().mlflowRun();
        List<LoggedModel> models = new ArrayList<>();
        boolean logged = channel.lacking()
                .answers(
                        Lacking.Ability.LOGGED_MODELS,
                        () -> models.addAll(
                                ModelDelivery.madeByAblate(channel.connection().models(), experiment, run)));
        if (!logged) {
            return Optional.of(new Place(channel.server().get(run).artifacts() + "/model", run, ""));
        }
        return models.stream().findFirst().map(model -> new Place("models:/" + model.id(), run, model.id()));
    }
}
