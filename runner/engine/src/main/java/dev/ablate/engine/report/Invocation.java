package dev.ablate.engine.report;

import dev.ablate.engine.experiment.Overrides;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command that a report answers, for saying what to type next.
 *
 * @param command as it would be typed again: {@code ablate run or-gate.yaml --repeats 10}
 * @param withoutSeeds the same without what chooses seeds, so that one can be added: {@code ablate run or-gate.yaml}
 */
public record Invocation(String command, String withoutSeeds) {

    /**
     * The command that runs a spec.
     *
     * @param spec as a person named it
     * @param layers what is said on top of it
     * @param more further words, which are not secrets
     */
    public static Invocation of(Program program, String spec, Overrides layers, List<String> more) {
        String withoutSeeds = program.command(
                Stream.concat(words("run", spec, layers), more.stream()).toList());
        return new Invocation(
                withoutSeeds
                        + layers.seeds()
                                .map(seeds -> " --seeds " + Program.quoted(seeds))
                                .orElse("")
                        + layers.repeats()
                                .map(repeats -> " --repeats " + Program.quoted(repeats))
                                .orElse(""),
                withoutSeeds);
    }

    /** A command line with the same settings and other seeds. */
    public static String command(
            Program program, String verb, String spec, Overrides layers, Map<String, String> seeds) {
        return program.command(Stream.concat(
                        words(verb, spec, layers),
                        seeds.entrySet().stream().flatMap(option -> Stream.of(option.getKey(), option.getValue())))
                .toList());
    }

    private static Stream<String> words(String verb, String spec, Overrides layers) {
        Stream<String> launcher = verb.equals("run")
                ? layers.launcher().stream().flatMap(name -> Stream.of("--launcher", name))
                : Stream.of();
        return Stream.concat(
                Stream.concat(Stream.of(verb, spec), layers.sets().stream().flatMap(set -> Stream.of("--set", set))),
                launcher);
    }
}
