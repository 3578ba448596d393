package dev.ablate.cli.argument;

import dev.ablate.cli.terminal.Program;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.report.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** A command line with the same settings and other seeds. */
    public String command(Program program, String verb, String spec, Map<String, String> seedsOption) {
        Stream<String> words =
                Stream.concat(Stream.of(verb, spec), sets.stream().flatMap(set -> Stream.of("--set", set)));
        return program.command(Stream.concat(
                        words,
                        seedsOption.entrySet().stream()
                                .flatMap(option -> Stream.of(option.getKey(), option.getValue())))
                .toList());
    }

    /** The command line that asks for the same runs again. */
    public Invocation invocation(Program program, String spec) {
        return invocation(program, spec, List.of());
    }

    /** The same with more words, which are no secrets. */
    public Invocation invocation(Program program, String spec, List<String> more) {
        List<String> words = Stream.concat(
                        Stream.of("run", spec),
                        Stream.concat(sets.stream().flatMap(set -> Stream.of("--set", set)), more.stream()))
                .toList();
        String withoutSeeds = program.command(words);
        return new Invocation(
                withoutSeeds
                        + (seeds == null ? "" : " --seeds " + Program.quoted(seeds))
                        + (repeats == null ? "" : " --repeats " + Program.quoted(repeats)),
                withoutSeeds);
    }
}
