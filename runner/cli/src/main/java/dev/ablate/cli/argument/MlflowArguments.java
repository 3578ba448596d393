package dev.ablate.cli.argument;

import dev.ablate.engine.compare.source.At;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is read of an MLflow server, and what is written there. */
public final class MlflowArguments {

    @Option(
            names = "--filter",
            paramLabel = "TEXT",
            description = "with mlflow: only runs that MLflow's search finds by it, such as \"params.depth = '3'\"")
    private @Nullable String filter;

    @Option(
            names = "--at",
            paramLabel = "last|best|STEP",
            description = "with mlflow: which of a metric's values counts (default: last)")
    private @Nullable String at;

    @Option(
            names = "--write",
            description =
                    "write answer, figures and report to MLflow, onto one run of the experiment; asked again, onto the same one")
    private boolean write;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "with --write of a file: the MLflow experiment (default: the file's name)")
    private @Nullable String experiment;

    @Mixin
    private final ServerArgument server = new ServerArgument();

    /** Whether something is asked for that no other results have than those on a server. */
    public boolean anyOfReading() {
        return filter != null || at != null;
    }

    /** As typed. */
    public Optional<String> filter() {
        return Optional.ofNullable(filter);
    }

    /** Which value counts. */
    public At at() {
        return at == null ? At.LAST : At.of(at);
    }

    /** Whether the answer is to be written there. */
    public boolean write() {
        return write;
    }

    /** The experiment that somebody named to write to. */
    public Optional<String> experiment() {
        return Optional.ofNullable(experiment);
    }

    /** As typed. */
    public Optional<String> trackingUri() {
        return server.trackingUri();
    }

    /**
     * Checks that the options go with what is compared.
     *
     * @param logged whether that lies on a server
     * @param writable whether an answer about it can be written there
     * @throws UsageException if they do not
     */
    public void check(boolean logged, boolean writable) {
        if (anyOfReading() && !logged) {
            throw new UsageException("--filter and --at go with mlflow:EXPERIMENT alone");
        }
        if (write && !writable) {
            throw new UsageException(
                    "--write goes with a CSV file or mlflow:EXPERIMENT; what a spec says is delivered by 'ablate run'");
        }
        if (experiment != null && (!write || logged)) {
            throw new UsageException("--experiment goes with --write of a CSV file alone");
        }
        if (trackingUri().isPresent() && !write && !logged) {
            throw new UsageException("--tracking-uri goes with mlflow:EXPERIMENT or --write");
        }
    }
}
