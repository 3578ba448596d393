package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.yaml.Composer;
import dev.ablate.engine.yaml.Environment;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.engine.yaml.Source;
import dev.ablate.engine.yaml.SourceReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a spec's file and every file that it extends. */
final class FileLayers {

    private static final long VERSION = 1;

    private final SourceReader sources;
    private final Environment environment;
    private final Problems problems;

    /** Layers, lowest first, and the map of the uppermost file. */
    record Chain(List<SpecLayer> layers, Node.Mapping top) {}

    FileLayers(SourceReader sources, Environment environment, Problems problems) {
        this.sources = sources;
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * @throws SpecException if a file cannot be read, or is not a map, or extends itself
     */
    Chain read(Path file) {
        List<SpecLayer> layers = new ArrayList<>();
        Map<Path, Path> chain = new LinkedHashMap<>();
        Position namedAt = Position.ofOption(file.toString());
        Optional<Path> next = Optional.of(file);
        Optional<Node.Mapping> top = Optional.empty();
        while (next.isPresent()) {
            Path current = next.get();
            Path identity = current.toAbsolutePath().normalize();
            if (chain.containsKey(identity)) {
                String circle = Stream.concat(chain.values().stream(), Stream.of(current))
                        .map(Path::toString)
                        .collect(Collectors.joining(" -> "));
                throw fatal(Problem.error(namedAt, "extends goes in a circle: " + circle));
            }
            chain.put(identity, current);
            Node.Mapping root = root(current, namedAt);
            SpecLayer layer = new LayerReader(problems).read(root, top.isPresent());
            layers.add(0, layer);
            checkVersion(root, Optional.ofNullable(layer.leaves().get("version")));
            if (top.isEmpty()) {
                top = Optional.of(root);
            } else {
                layer.leaves().remove("version");
            }
            Optional<Node> base = Optional.ofNullable(layer.leaves().remove("extends"))
                    .map(Setting::value)
                    .filter(value -> !Layers.isNull(value));
            if (base.isPresent()) {
                namedAt = base.get().at();
            }
            next = base.flatMap(this::path);
        }
        return new Chain(layers, top.orElseThrow());
    }

    private Optional<Path> path(Node base) {
        Optional<String> text = Reading.of(base, "extends", problems).text();
        if (text.isEmpty()) {
            // what it would have said is unknown, so every further problem would be a guess
            throw new SpecException(problems.all());
        }
        try {
            return Optional.of(base.at().folder().resolve(text.get()).normalize());
        } catch (InvalidPathException e) {
            throw fatal(Problem.error(base.at(), Problem.quoted(text.get()) + " is not the path of a file"));
        }
    }

    private Node.Mapping root(Path file, Position namedAt) {
        Source source = sources.read(file, namedAt);
        Optional<Node> root = new Composer(source, environment, problems).compose();
        boolean empty = root.isEmpty() || Layers.isNull(root.get());
        if (empty) {
            throw fatal(Problem.error(source.at(0, 1), "the spec is empty").suggesting("begin with 'version: 1'"));
        }
        if (!(root.get() instanceof Node.Mapping mapping)) {
            String got = Reading.of(root.get(), "", problems).got();
            throw fatal(Problem.error(root.get().at(), "a spec is a map of keys, got " + got)
                    .suggesting("begin with 'version: 1'"));
        }
        return mapping;
    }

    private void checkVersion(Node.Mapping root, Optional<Setting> version) {
        if (version.isEmpty()) {
            problems.add(Problem.error(root.at(), "version is missing").suggesting("begin with 'version: 1'"));
            return;
        }
        Reading reading = Reading.of(version.get(), problems);
        reading.wholeNumber()
                .filter(number -> number != VERSION)
                .ifPresent(number -> reading.refuse("must be 1, got " + number, "this Ablate knows version 1 alone"));
    }

    private SpecException fatal(Problem problem) {
        problems.add(problem);
        return new SpecException(problems.all());
    }
}
