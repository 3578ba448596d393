package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.note.LoggedRun;
import dev.ablate.mlflow.client.Capabilities;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.client.RunInputs.Input;
import dev.ablate.mlflow.client.RunInputs.Linked;
import dev.ablate.mlflow.image.LoggedImages;
import dev.ablate.mlflow.image.ProgramModel;
import dev.ablate.mlflow.image.RunImage;
import dev.ablate.mlflow.image.SeriesNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Brings what the program of one run logged to MLflow: values and inputs of the run itself, and further runs below it. */
final class LoggedDelivery {

    private final Channel channel;
    private final RunStore store;
    private final FurtherRuns runs;
    private final String main;
    private final long attempt;
    private final LoggedMetrics metrics;
    private final Map<String, Further> further = new HashMap<>();
    private final Models models;
    private final String experiment;

    private List<LoggedRun> logged = List.of();

    /** A further run on the server. */
    private record Further(RunSender sender, LoggedMetrics metrics, Models models) {}

    /** The models that a program logged of one run; on a server too old to know such they are files of the run. */
    private final class Models {

        private final MlflowServer.Run state;
        private final Map<String, ModelDelivery> deliveries = new HashMap<>();

        Models(MlflowServer.Run state) {
            this.state = state;
        }

        private List<ProgramModel> of(LoggedRun run) {
            return run.tags().keySet().stream().noneMatch(ProgramModel::isTag)
                            || channel.capabilities().unsupported(Capabilities.Capability.LOGGED_MODELS)
                    ? List.of()
                    : ProgramModel.of(run, store.files(attempt));
        }

        private ModelDelivery delivery(ProgramModel model) {
            return deliveries.computeIfAbsent(
                    model.folder(),
                    none -> new ModelDelivery(channel, experiment, state, Optional.of(model.withoutFiles())));
        }

        void send(LoggedRun run, String label) {
            of(run).forEach(model -> delivery(model).send(label, model.files()));
        }

        List<String> differences(LoggedRun run, MlflowServer.Run now) {
            return of(run).stream()
                    .flatMap(model -> delivery(model).differences(model.files(), now.models()).stream())
                    .toList();
        }

        void forget() {
            deliveries.values().forEach(ModelDelivery::forget);
        }
    }

    /**
     * @param experiment the experiment's id in MLflow
     * @param state the run itself, as the server has it
     * @param attempt its number in the store
     * @param doubtful whether the server may have points that the ledger does not know of
     */
    LoggedDelivery(Channel channel, String experiment, MlflowServer.Run state, long attempt, boolean doubtful) {
        this.channel = channel;
        this.store = channel.store();
        this.experiment = experiment;
        this.main = state.id();
        this.runs = new FurtherRuns(channel, experiment, main);
        this.models = new Models(state);
        this.attempt = attempt;
        this.metrics = new LoggedMetrics(channel.server(), main, doubtful);
    }

    /** Reads what there is by now. */
    void look() {
        logged = LoggedRun.of(store.notes(attempt, 0));
    }

    /** Whether anything was logged. */
    boolean isEmpty() {
        return logged.size() <= 1
                && logged.stream()
                        .allMatch(run -> run.metrics().isEmpty() && run.inputs().isEmpty());
    }

    /** Tags of the run itself that its program removed. */
    Set<String> removed() {
        return logged.isEmpty() ? Set.of() : logged.get(0).removed();
    }

    /** Sends what is new of the run itself. */
    void send(SeriesNames names) {
        if (!logged.isEmpty()) {
            metrics.send(logged.get(0).metrics(), key(names));
            send(main, logged.get(0));
        }
    }

    /** Sends models of the run itself, which has ended. */
    void sendModels(String label) {
        if (!logged.isEmpty()) {
            models.send(logged.get(0), label);
        }
    }

    /** Of a run what it has beside such models. */
    RunImage withoutModels(RunImage image) {
        return logged.isEmpty() ? image : image.without(models.of(logged.get(0)));
    }

    /** Sends models again the next time. */
    void forgetModels() {
        models.forget();
        further.values().forEach(known -> known.models().forget());
    }

    private void send(String run, LoggedRun from) {
        List<Input> inputs = from.inputs().stream().map(LoggedDelivery::input).toList();
        if (!inputs.isEmpty()) {
            channel.capabilities()
                    .attempt(
                            Capabilities.Capability.DATASETS,
                            () -> channel.connection().inputs().log(run, inputs));
        }
    }

    private static Input input(LoggedRun.Input input) {
        Map<String, String> details = input.details();
        return new Input(
                details.getOrDefault("context", ""),
                input.name(),
                details.getOrDefault("digest", ""),
                details.getOrDefault("source_type", "code"),
                details.getOrDefault("source", "{}"),
                details.getOrDefault("schema", ""),
                details.getOrDefault("profile", ""));
    }

    private static UnaryOperator<String> key(SeriesNames names) {
        return name -> LoggedImages.key(name, names);
    }

    /** Sends further runs of a run that has ended. */
    void sendFurther(RunImage image) {
        if (logged.size() <= 1) {
            return;
        }
        Map<String, byte[]> files = store.files(attempt);
        Map<String, MlflowServer.Run> there = runs.look();
        for (LoggedRun run : logged.subList(1, logged.size())) {
            RunImage wanted = LoggedImages.further(run, files, image, main, parent(run));
            Further known = further.get(run.id());
            if (known == null) {
                MlflowServer.Run found = there.get(run.id());
                MlflowServer.Run state = found == null ? runs.create(wanted) : found;
                known = further(run, state, found != null);
            }
            RunSender sender = known.sender();
            sender.sendTags(wanted.tags());
            sender.sendParams(sender.sendMostParams(wanted));
            known.metrics().send(run.metrics(), UnaryOperator.identity());
            send(sender.state().id(), run);
            sender.sendStatus(wanted.status().name(), wanted.end());
            known.models().send(run, wanted.label());
            sender.sendFiles(wanted.without(known.models().of(run)).files());
        }
    }

    private String parent(LoggedRun run) {
        Further above = further.get(run.parent());
        return above == null ? main : above.sender().state().id();
    }

    /**
     * What the server lacks, in words; it is sent the next time.
     *
     * @param image of the run itself
     * @param state of the run itself, just read
     */
    List<String> differences(RunImage image, MlflowServer.Run state, SeriesNames names) {
        if (logged.isEmpty()) {
            return List.of();
        }
        List<String> differences =
                new ArrayList<>(metrics.differences(logged.get(0).metrics(), key(names), state.latest()));
        differences.addAll(inputs(logged.get(0), state));
        if (image.ended()) {
            differences.addAll(models.differences(logged.get(0), state));
        }
        if (image.ended() && logged.size() > 1) {
            Map<String, byte[]> files = store.files(attempt);
            for (LoggedRun run : logged.subList(1, logged.size())) {
                of(run, LoggedImages.further(run, files, image, main, parent(run)), names)
                        .forEach(difference -> differences.add("further run " + run.id() + ": " + difference));
            }
        }
        return differences;
    }

    /** Takes note of one. */
    private Further further(LoggedRun run, MlflowServer.Run state, boolean doubtful) {
        Further known = new Further(
                new RunSender(channel.server(), channel.artifacts(), state),
                new LoggedMetrics(channel.server(), state.id(), doubtful),
                new Models(state));
        further.put(run.id(), known);
        return known;
    }

    private List<String> of(LoggedRun run, RunImage wanted, SeriesNames names) {
        Further known = further.get(run.id());
        if (known == null) {
            MlflowServer.Run found = runs.look().get(run.id());
            if (found == null) {
                return List.of("it is missing");
            }
            known = further(run, found, true);
        }
        MlflowServer.Run state = known.sender().refresh();
        Reader.ReadBack found =
                new Reader(channel, names).compare(wanted.without(known.models().of(run)), attempt, state, false);
        known.sender().forgetFiles(wanted, found.files());
        List<String> differences = new ArrayList<>(found.differences());
        differences.addAll(known.metrics().differences(run.metrics(), UnaryOperator.identity(), state.latest()));
        differences.addAll(inputs(run, state));
        differences.addAll(known.models().differences(run, state));
        return differences;
    }

    private List<String> inputs(LoggedRun run, MlflowServer.Run state) {
        if (channel.capabilities().unsupported(Capabilities.Capability.DATASETS)) {
            return List.of();
        }
        return run.inputs().stream()
                .map(LoggedDelivery::input)
                .filter(input -> !state.datasets().contains(new Linked(input.context(), input.name(), input.digest())))
                .map(input -> "dataset " + input.name() + " is missing")
                .toList();
    }
}
