package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.note.LoggedRun;
import dev.ablate.mlflow.client.Capabilities;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.client.RunInputs.Input;
import dev.ablate.mlflow.client.RunInputs.Linked;
import dev.ablate.mlflow.image.LoggedImages;
import dev.ablate.mlflow.image.RunImage;
import dev.ablate.mlflow.image.SeriesNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private List<LoggedRun> logged = List.of();

    /** A further run on the server. */
    private record Further(RunSender sender, LoggedMetrics metrics) {}

    /**
     * @param experiment the experiment's id in MLflow
     * @param main the id in MLflow of the run itself
     * @param attempt its number in the store
     * @param doubtful whether the server may have points that the ledger does not know of
     */
    LoggedDelivery(Channel channel, String experiment, String main, long attempt, boolean doubtful) {
        this.channel = channel;
        this.store = channel.store();
        this.runs = new FurtherRuns(channel, experiment, main);
        this.main = main;
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
                known = new Further(
                        new RunSender(channel.server(), channel.artifacts(), state),
                        new LoggedMetrics(channel.server(), state.id(), found != null));
                further.put(run.id(), known);
            }
            RunSender sender = known.sender();
            sender.sendTags(wanted.tags());
            sender.sendParams(sender.sendMostParams(wanted));
            known.metrics().send(run.metrics(), UnaryOperator.identity());
            send(sender.state().id(), run);
            sender.sendStatus(wanted.status().name(), wanted.end());
            sender.sendFiles(wanted.files());
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
        if (image.ended() && logged.size() > 1) {
            Map<String, byte[]> files = store.files(attempt);
            for (LoggedRun run : logged.subList(1, logged.size())) {
                of(run, LoggedImages.further(run, files, image, main, parent(run)), names)
                        .forEach(difference -> differences.add("further run " + run.id() + ": " + difference));
            }
        }
        return differences;
    }

    private List<String> of(LoggedRun run, RunImage wanted, SeriesNames names) {
        Further known = further.get(run.id());
        if (known == null) {
            MlflowServer.Run found = runs.look().get(run.id());
            if (found == null) {
                return List.of("it is missing");
            }
            known = new Further(
                    new RunSender(channel.server(), channel.artifacts(), found),
                    new LoggedMetrics(channel.server(), found.id(), true));
            further.put(run.id(), known);
        }
        MlflowServer.Run state = known.sender().refresh();
        Reader.ReadBack found = new Reader(channel, names).compare(wanted, attempt, state, false);
        known.sender().forgetFiles(wanted, found.files());
        List<String> differences = new ArrayList<>(found.differences());
        differences.addAll(known.metrics().differences(run.metrics(), UnaryOperator.identity(), state.latest()));
        differences.addAll(inputs(run, state));
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
