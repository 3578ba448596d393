package dev.ablate.cli.argument;

import dev.ablate.engine.experiment.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says on top of a spec. */
public final class LayerArguments {

    @Option(
            names = {"-s", "--set"},
            paramLabel = "PATH=VALUE",
            description = "set a leaf for all variants: trainer.learning_rate=0.1; may be repeated")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--seeds", paramLabel = "LIST", description = "these seeds: 4,5")
    private @Nullable String seeds;

    @Option(names = "--repeats", paramLabel = "N", description = "so many seeds, from the spec's first one on")
    private @Nullable String repeats;

    /** Whether there is anything. */
    public boolean any() {
        return !sets.isEmpty() || seeds != null || repeats != null;
    }

    public Overrides overrides() {
        return new Overrides(sets, Optional.ofNullable(seeds), Optional.ofNullable(repeats));
    }
}
