package dev.ablate.cli.argument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What of a run is delivered, and where to. */
public final class TrackingArguments {

    @Mixin
    private final ServerArgument server = new ServerArgument();

    @Option(names = "--experiment", paramLabel = "NAME", description = "the MLflow experiment, instead of the spec's")
    private @Nullable String experiment;

    @Option(names = "--offline", description = "keep it on this machine; '${ROOT-COMMAND-NAME} sync' delivers it later")
    private boolean offline;

    @Option(names = "--ui", description = "then show it in MLflow: start the local server, if need be, and open it")
    private boolean ui;

    @Option(names = "--require-tracking", description = "exit with 4 unless all of it was delivered")
    private boolean required;

    public Optional<String> trackingUri() {
        return server.trackingUri();
    }

    public Optional<String> experiment() {
        return Optional.ofNullable(experiment);
    }

    public boolean offline() {
        return offline;
    }

    public boolean ui() {
        return ui;
    }

    public boolean required() {
        return required;
    }

    /** What was given, as it is to be given again. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        trackingUri().ifPresent(uri -> words.addAll(List.of("--tracking-uri", uri)));
        experiment().ifPresent(name -> words.addAll(List.of("--experiment", name)));
        if (offline) {
            words.add("--offline");
        }
        if (ui) {
            words.add("--ui");
        }
        if (required) {
            words.add("--require-tracking");
        }
        return words;
    }

    /**
     * Checks that the options go together.
     *
     * @throws UsageException if the options do not go together
     */
    public void check() {
        if (offline) {
            refuse(ui, "--offline", "--ui");
            refuse(required, "--offline", "--require-tracking");
            refuse(trackingUri().isPresent(), "--offline", "--tracking-uri");
        }
        refuse(ui && trackingUri().isPresent(), "--ui", "--tracking-uri");
    }

    private static void refuse(boolean both, String one, String other) {
        if (both) {
            throw new UsageException(one + " and " + other + " exclude each other");
        }
    }
}
