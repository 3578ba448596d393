package dev.ablate.cli.argument;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which MLflow server. */
public final class ServerArgument {

    @Option(
            names = "--tracking-uri",
            paramLabel = "URI",
            description =
                    "the MLflow server; else MLFLOW_TRACKING_URI, else the one that '${ROOT-COMMAND-NAME} ui' started")
    private @Nullable String trackingUri;

    /** As typed. */
    public Optional<String> trackingUri() {
        return Optional.ofNullable(trackingUri);
    }
}
