package dev.ablate.runner.spec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a layer says of one variant: leaves by dotted path, where a map is short for its leaves. */
final class VariantReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String WHAT_VARIANTS_CHANGE =
            "a variant changes trainer.* or data.features; everything else is the same for all variants";

    private final Problems problems;

    VariantReader(Problems problems) {
        this.problems = problems;
    }

    /** The variant; empty if its name or its form is wrong, which was told. */
    Optional<Layer.Variant> read(String name, Node.Entry entry) {
        if (!NAME.matcher(name).matches()) {
            problems.add(Problem.error(entry.keyAt(), Problem.quoted(name) + " cannot be the name of a variant")
                    .suggesting("use letters, digits, '.', '_' and '-', beginning with a letter or digit"));
            return Optional.empty();
        }
        Layer.Variant variant = new Layer.Variant(entry.keyAt(), Layers.isNull(entry.value()));
        if (variant.deleted()) {
            return Optional.of(variant);
        }
        if (!(entry.value() instanceof Node.Mapping mapping)) {
            Reading value = Reading.of(entry.value(), "variants." + name, problems);
            value.refuse("must be a map, got " + value.got(), "write { trainer.OPTION: VALUE }");
            return Optional.empty();
        }
        Problems found = new Problems();
        mapping.entries().forEach((path, leaf) -> override(variant.layer(), path, leaf, found));
        found.all().forEach(problems::add);
        return Optional.of(found.hasErrors() ? variant.asBroken() : variant);
    }

    private static void override(Layer layer, String path, Node.Entry entry, Problems found) {
        if (path.equals("data.features") || path.matches("trainer\\.[^.]+")) {
            layer.put(new Setting(path, entry.keyAt(), entry.value(), Optional.empty()), found);
        } else if (!path.equals("trainer") && !path.equals("data")) {
            found.add(cannotVary(path, entry.keyAt()));
        } else if (Layers.isNull(entry.value())) {
            layer.put(new Setting(path, entry.keyAt(), entry.value(), Optional.empty()), found);
        } else if (entry.value() instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, leaf) -> override(layer, path + "." + key, leaf, found));
        } else {
            Reading value = Reading.of(entry.value(), path, found);
            value.refuse("must be a map, got " + value.got(), "write " + path + ": { ... }");
        }
    }

    private static Problem cannotVary(String path, Position at) {
        String first = path.substring(0, (path + ".").indexOf('.'));
        String rest = path.substring(Math.min(path.length(), first.length() + 1));
        if (first.equals("trainer") && !rest.isEmpty() && !rest.startsWith(".")) {
            return Problem.error(at, Problem.quoted(path) + " is below an option, and an option is replaced whole")
                    .suggesting("write trainer." + rest.substring(0, (rest + ".").indexOf('.')) + ": ...");
        }
        if (first.equals("data") && !rest.isEmpty()) {
            return Suggestion.unknownKey(at, rest, "in data", List.of("features"));
        }
        Problem problem = Problem.error(at, "a variant cannot change " + Problem.quoted(path))
                .noting(WHAT_VARIANTS_CHANGE);
        if (Grammar.SPEC.keys().containsKey(first)) {
            return problem;
        }
        String alone = path.equals("features") ? "data.features" : "trainer." + path;
        String meant = Suggestion.nearest(first, List.of("trainer", "data"))
                .map(near -> near + path.substring(first.length()))
                .orElse(path.contains(".") ? "" : alone);
        return meant.isEmpty() ? problem : problem.suggesting("did you mean '" + meant + "'?");
    }
}
