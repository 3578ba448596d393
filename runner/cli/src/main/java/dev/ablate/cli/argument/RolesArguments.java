package dev.ablate.cli.argument;

import dev.ablate.engine.compare.source.Roles;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of another program's runs says which variant they are of, and which pair. */
public final class RolesArguments {

    @Option(
            names = "--variant-by",
            paramLabel = "NAME",
            description =
                    "the column, or the param or tag in MLflow, that says which variant a run is of (default: variant)")
    private @Nullable String variant;

    @Option(
            names = "--pair-by",
            paramLabel = "NAME",
            description =
                    "the column, param or tag that runs of different variants share: a seed, or any text, such as doc_id (default: pair, else seed)")
    private @Nullable String pair;

    @Option(
            names = "--repeat",
            paramLabel = "mean",
            description = "take the mean of several runs of one variant and pair, which are refused otherwise")
    private @Nullable String repeat;

    @Option(
            names = "--cluster-by",
            paramLabel = "COLUMN",
            description =
                    "the column that says which pairs belong together, such as the text of a sentence: the signs of a whole cluster are flipped")
    private @Nullable String cluster;

    /** Whether anything was given. */
    public boolean any() {
        return variant != null || pair != null || repeat != null || cluster != null;
    }

    /**
     * As typed.
     *
     * @throws UsageException if repeats are to be what they cannot be
     */
    public Roles roles() {
        if (repeat != null && !repeat.equals("mean")) {
            throw new UsageException("--repeat must be mean, got '" + repeat + "'");
        }
        return new Roles(
                Optional.ofNullable(variant), Optional.ofNullable(pair), repeat != null, Optional.ofNullable(cluster));
    }
}
