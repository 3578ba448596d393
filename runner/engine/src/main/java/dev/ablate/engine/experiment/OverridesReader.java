package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.NodeReader;
import dev.ablate.engine.yaml.PlainScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the command line says into the topmost layer. */
final class OverridesReader {

    private static final String USAGE = "write --set path=value, such as --set trainer.epochs=100";

    private final Map<String, String> variables;
    private final Problems problems;
    private final LayerReader layers;

    OverridesReader(Map<String, String> variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
        this.layers = new LayerReader(problems);
    }

    SpecLayer read(Overrides overrides) {
        SpecLayer layer = new SpecLayer();
        for (String set : overrides.sets()) {
            set(layer, set);
        }
        overrides.launcher().ifPresent(name -> {
            Position at = Position.ofOption("--launcher " + name);
            layers.set(layer, at, Grammar.LAUNCHER + ".plugin", new Node.Scalar(at, Node.Kind.TEXT, name, name));
        });
        Optional<String> seedsSet = overrides.sets().stream()
                .filter(set -> set.strip().matches("(?s)seeds\\s*[.=].*"))
                .findFirst();
        if (seedsSet.isPresent()
                && (overrides.seeds().isPresent() || overrides.repeats().isPresent())) {
            String flag = overrides.seeds().isPresent() ? "--seeds" : "--repeats";
            problems.add(Problem.error(
                    Position.ofOption("--set " + seedsSet.get()),
                    "cannot go with " + flag + ", which also sets the seeds"));
            return layer;
        }
        if (overrides.seeds().isPresent() && overrides.repeats().isPresent()) {
            problems.add(Problem.error(
                            Position.ofOption("--repeats " + overrides.repeats().get()),
                            "cannot go with --seeds " + overrides.seeds().get())
                    .suggesting("--seeds lists the seeds, --repeats counts them: give one of the two"));
            return layer;
        }
        overrides.seeds().ifPresent(text -> {
            Position at = Position.ofOption("--seeds " + text);
            List<Node> seeds = new ArrayList<>();
            for (String seed : text.split(",", -1)) {
                seeds.add(scalar(at, seed.strip()));
            }
            layers.set(layer, at, "seeds", new Node.Sequence(at, seeds));
        });
        overrides.repeats().ifPresent(text -> {
            Position at = Position.ofOption("--repeats " + text);
            layers.set(layer, at, "seeds.count", scalar(at, text.strip()));
        });
        return layer;
    }

    /** Nothing is text here, as on the command line nothing can be meant by it. */
    private static Node.Scalar scalar(Position at, String text) {
        Node.Kind kind = text.isEmpty() ? Node.Kind.TEXT : PlainScalar.kindOf(text);
        return new Node.Scalar(at, kind == Node.Kind.NULL ? Node.Kind.TEXT : kind, text, text);
    }

    private void set(SpecLayer layer, String typed) {
        Position at = Position.ofOption("--set " + typed);
        int equals = typed.indexOf('=');
        if (equals < 1) {
            problems.add(Problem.error(at, equals < 0 ? "has no '='" : "has no path before '='")
                    .suggesting(USAGE));
            return;
        }
        String path = typed.substring(0, equals).strip();
        String text = typed.substring(equals + 1);
        if (text.isBlank()) {
            problems.add(Problem.error(at, "has no value after '='")
                    .suggesting("write \"\" for empty text, or null to delete what the spec says"));
            return;
        }
        Problems found = new Problems();
        Optional<Node> value = NodeReader.read(at.source(), text, variables, found);
        if (value.isEmpty() && !found.hasErrors()) {
            found.add(
                    Problem.error(at, "has no value after '='").suggesting("put text that begins with '#' in quotes"));
        }
        problems.addAll(found);
        value.ifPresent(node -> layers.set(layer, at, path, node));
    }
}
