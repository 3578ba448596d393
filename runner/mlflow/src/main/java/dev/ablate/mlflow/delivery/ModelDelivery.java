package dev.ablate.mlflow.delivery;

import dev.ablate.mlflow.client.Capabilities;
import dev.ablate.mlflow.client.LoggedModels;
import dev.ablate.mlflow.client.LoggedModels.LoggedModel;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.image.ModelImage;
import dev.ablate.mlflow.image.ProgramModel;
import dev.ablate.mlflow.image.RunImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Brings a model of one run to MLflow: a logged model that is linked to its run, or, where the server is too old to know such, files of
 * the run, below {@code model/} where it is Ablate's own.
 */
final class ModelDelivery {

    /** Distinguishes a model that Ablate made from those that a person may have added to the run. */
    private static final String MADE_BY = "ablate.role";

    private static final String MODEL = "model";

    /** The role of a model that a program logged. */
    private static final String LOGGED = "logged-model";

    /** The tag with its folder, by which it is known again. */
    private static final String FOLDER = "ablate.logged.model";

    private final Channel channel;
    private final LoggedModels models;
    private final String experiment;
    private final String run;
    private final String runFiles;

    /** The one that a program logged; empty: the run's own. */
    private final Optional<ProgramModel> logged;

    /** Files that the server took, by address, with the digest of their content. */
    private final Map<String, String> sent = new HashMap<>();

    /**
     * @param experiment the experiment's id in MLflow
     * @param state the run as the server has it
     * @param logged the model, where the run's program logged it; empty: the run's own
     */
    ModelDelivery(Channel channel, String experiment, MlflowServer.Run state, Optional<ProgramModel> logged) {
        this.channel = channel;
        this.models = channel.connection().models();
        this.experiment = experiment;
        this.run = state.id();
        this.runFiles = state.artifacts();
        this.logged = logged;
    }

    /** The logged models of a run that Ablate made, the first made first. */
    static List<LoggedModel> madeByAblate(LoggedModels models, String experiment, String run) {
        return models.of(experiment, run).stream()
                .filter(model -> MODEL.equals(model.tags().get(MADE_BY)))
                .toList();
    }

    /** Tags that a model has, and no other of its run. */
    private Map<String, String> identity() {
        return logged.map(model -> Map.of(MADE_BY, LOGGED, FOLDER, model.folder()))
                .orElse(Map.of(MADE_BY, MODEL));
    }

    private boolean isThis(LoggedModel model) {
        return model.tags().entrySet().containsAll(identity().entrySet());
    }

    private List<LoggedModel> there() {
        return models.of(experiment, run).stream().filter(this::isThis).toList();
    }

    private LoggedModels.Wanted wanted(String label) {
        Map<String, String> tags = new LinkedHashMap<>();
        logged.ifPresent(model -> tags.putAll(model.tags()));
        tags.putAll(identity());
        return new LoggedModels.Wanted(
                name(logged.map(ProgramModel::name).orElse(label)),
                logged.map(ProgramModel::type).orElse("onnx"),
                logged.map(ProgramModel::params).orElse(Map.of()),
                tags);
    }

    /**
     * Sends what is not there yet.
     *
     * @param label what the run is called
     * @param files by path; empty if it has no model
     */
    void send(String label, Map<String, byte[]> files) {
        if (files.isEmpty()) {
            return;
        }
        if (!channel.capabilities().attempt(Capabilities.Capability.LOGGED_MODELS, () -> log(label, files))
                && logged.isEmpty()) {
            put(runFiles + "/" + MODEL, described(files, Map.of("run_id", run, "artifact_path", MODEL)));
        }
    }

    /**
     * What is not on the server, in words.
     *
     * @param linked the models that the run says it made, as just read
     */
    List<String> differences(Map<String, byte[]> files, List<String> linked) {
        if (files.isEmpty()) {
            return List.of();
        }
        List<LoggedModel> there = new ArrayList<>();
        if (!channel.capabilities().attempt(Capabilities.Capability.LOGGED_MODELS, () -> there.addAll(there()))) {
            return logged.isPresent()
                    ? List.of()
                    : missing(runFiles + "/" + MODEL, described(files, Map.of("run_id", run, "artifact_path", MODEL)));
        }
        String called = logged.map(model -> "model " + model.folder()).orElse("model");
        if (there.size() != 1) {
            return List.of(
                    there.isEmpty() ? "its " + called + " is missing" : "it has " + there.size() + " of its " + called);
        }
        LoggedModel model = there.get(0);
        List<String> differences = new ArrayList<>(missing(model.artifacts(), described(files, ids(model))));
        if (!model.ready()) {
            differences.add("its " + called + " is not ready");
        }
        if (!linked.contains(model.id())) {
            differences.add("its " + called + " is not linked to it");
        }
        return differences;
    }

    /** Sends everything again the next time. */
    void forget() {
        sent.clear();
    }

    /**
     * Looks first: making a model is not idempotent, and an earlier request may have been fulfilled. So may one of another home, which
     * takes a run for its own as soon as it is there.
     */
    private void log(String label, Map<String, byte[]> files) {
        List<String> linked = models.linked(run);
        LoggedModel model = theOne(linked).orElseGet(() -> models.create(experiment, run, wanted(label)));
        put(model.artifacts(), described(files, ids(model)));
        if (!model.ready()) {
            models.finish(model.id());
        }
        if (!linked.contains(model.id())) {
            models.link(run, model.id(), 0);
        }
    }

    /**
     * The model that is there, one that is linked to the run before others; takes its twins away.
     *
     * <p>A link is for ever, and a search may have been answered with nothing though there is something: so a model that is linked is
     * asked for by its id too.
     */
    private Optional<LoggedModel> theOne(List<String> linked) {
        Map<String, LoggedModel> there = new LinkedHashMap<>();
        there().forEach(model -> there.put(model.id(), model));
        linked.stream()
                .filter(id -> !there.containsKey(id))
                .flatMap(id -> models.find(id).stream())
                .filter(this::isThis)
                .forEach(model -> there.put(model.id(), model));
        Optional<LoggedModel> one = there.values().stream()
                .filter(model -> linked.contains(model.id()))
                .findFirst()
                .or(() -> there.values().stream().findFirst());
        one.ifPresent(kept ->
                there.keySet().stream().filter(id -> !id.equals(kept.id())).forEach(models::delete));
        return one;
    }

    private void put(String root, Map<String, byte[]> files) {
        files.forEach((path, content) -> {
            String digest = RunImage.digest(content);
            String address = root + "/" + path;
            if (!digest.equals(sent.get(address))) {
                channel.artifacts().put(root, path, content);
                sent.put(address, digest);
            }
        });
    }

    private List<String> missing(String root, Map<String, byte[]> files) {
        return channel.artifacts().missing(root, files).stream()
                .map(path -> "file " + path + " of its model is missing or of another size")
                .toList();
    }

    private Map<String, String> ids(LoggedModel model) {
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("run_id", run);
        ids.put("model_id", model.id());
        if (logged.isPresent()) {
            ids.put("model_uuid", model.id());
            ids.put("artifact_path", model.artifacts());
        }
        return ids;
    }

    private static Map<String, byte[]> described(Map<String, byte[]> files, Map<String, String> ids) {
        Map<String, byte[]> described = new LinkedHashMap<>(files);
        described.computeIfPresent(
                ModelImage.DESCRIPTION, (path, content) -> ModelImage.described(content, new TreeMap<>(ids)));
        return described;
    }

    /** The run's own, without what MLflow refuses in a model's name. */
    private static String name(String label) {
        return label.replaceAll("[/:.%\"'\\p{Cntrl}]", "_");
    }
}
