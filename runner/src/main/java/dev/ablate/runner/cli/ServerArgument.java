package dev.ablate.runner.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which MLflow server. */
final class ServerArgument {

    @Option(
            names = "--tracking-uri",
            paramLabel = "URI",
            description =
                    "the MLflow server; else MLFLOW_TRACKING_URI, else the one that '${ROOT-COMMAND-NAME} ui' started")
    private @Nullable String trackingUri;

    /** As typed. */
    Optional<String> trackingUri() {
        return Optional.ofNullable(trackingUri);
    }
}
