package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a layer says of one variant: leaves by dotted path, where a map is short for its leaves. */
final class VariantReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Problems problems;

    VariantReader(Problems problems) {
        this.problems = problems;
    }

    /** The variant; empty if its name or its form is wrong, which was reported. */
    Optional<SpecLayer.Variant> read(String name, Node.Entry entry) {
        if (!NAME.matcher(name).matches()) {
            problems.add(Problem.error(entry.keyAt(), Problem.quoted(name) + " cannot be the name of a variant")
                    .suggesting("use letters, digits, '.', '_' and '-', beginning with a letter or digit"));
            return Optional.empty();
        }
        SpecLayer.Variant variant = new SpecLayer.Variant(entry.keyAt(), Layers.isNull(entry.value()));
        if (variant.deleted()) {
            return Optional.of(variant);
        }
        if (!(entry.value() instanceof Node.Mapping mapping)) {
            Reading value = Reading.of(entry.value(), "variants." + name, problems);
            value.refuse("must be a map, got " + value.got(), "write { trainer.OPTION: VALUE }");
            return Optional.empty();
        }
        Problems found = new Problems();
        mapping.entries()
                .forEach((path, leaf) ->
                        Changes.OF_A_VARIANT.take(variant.layer(), "", path, leaf.keyAt(), leaf.value(), found));
        problems.addAll(found);
        return Optional.of(found.hasErrors() ? variant.asBroken() : variant);
    }
}
