package dev.ablate.engine.experiment;

import dev.ablate.engine.experiment.Layers.VariantLayer;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports where variants, the sweep and the command line would change the same leaf, so that one of them would not count. */
final class Conflicts {

    private static final List<String> BLOCKS = List.of("trainer", "dataset");

    private final Layers files;
    private final SpecLayer sets;
    private final List<Sweep.Param> swept;
    private final Problems problems;

    /**
     * With what may be in conflict.
     *
     * @param files all files' layers, with the variants
     * @param sets the command line
     */
    Conflicts(Layers files, SpecLayer sets, Optional<Sweep> sweep, Problems problems) {
        this.files = files;
        this.sets = sets;
        this.swept = sweep.map(Sweep::params).orElse(List.of());
        this.problems = problems;
    }

    /** Reports one conflict for each leaf of the command line and of the sweep that has any; whether there are some. */
    boolean refuse() {
        List<Problem> found = Stream.concat(
                        sets.leaves().values().stream().flatMap(this::ofSet),
                        swept.stream().flatMap(this::ofSwept))
                .toList();
        found.forEach(problems::add);
        return !found.isEmpty();
    }

    private Stream<Problem> ofSet(Setting set) {
        return Stream.concat(
                        firstOf(variant -> withVariant(set, variant.getKey(), variant.getValue())).stream(),
                        swept.stream().flatMap(param -> withSwept(set, param)).limit(1))
                .limit(1);
    }

    private Stream<Problem> ofSwept(Sweep.Param param) {
        return firstOf(variant -> variantAndSwept(param, variant.getKey(), variant.getValue())).stream();
    }

    private interface Find {
        Optional<Problem> in(Map.Entry<String, VariantLayer> variant);
    }

    private Optional<Problem> firstOf(Find find) {
        return files.variants().entrySet().stream()
                .flatMap(variant -> find.in(variant).stream())
                .findFirst();
    }

    private Optional<Problem> withVariant(Setting set, String name, VariantLayer layer) {
        for (Setting own : layer.leaves().values()) {
            if (overlap(set.path(), own.path())) {
                return Optional.of(Problem.error(
                                set.value().at(),
                                "variant '" + name + "' sets " + own.path() + " itself, at " + own.keyAt())
                        .noting("variants are compared by what they set; to change it, edit the spec or extend it"));
            }
        }
        Layers below = files.with(layer.leaves());
        boolean drops = set.path().equals("trainer.plugin")
                && Layers.changesPlugin(below.leavesByPath(), sets.leaves(), "trainer");
        return drops
                ? dropped(set.value().at(), name, layer)
                        .map(problem -> problem.noting(
                                "to compare the variants with another trainer, write a spec that extends this one"))
                : Optional.empty();
    }

    private static Optional<Problem> dropped(Position at, String name, VariantLayer layer) {
        return layer.leaves().values().stream()
                .filter(own -> own.path().startsWith("trainer."))
                .findFirst()
                .map(own -> Problem.error(
                        at,
                        "another plugin would drop " + own.path() + " of variant '" + name + "', at " + own.keyAt()));
    }

    private Stream<Problem> withSwept(Setting set, Sweep.Param param) {
        if (overlap(set.path(), param.path())) {
            boolean same = set.path().equals(param.path()) && !Layers.isNull(set.value());
            Problem problem =
                    Problem.error(set.value().at(), "the sweep sets " + param.path() + " itself, at " + param.keyAt());
            return Stream.of(
                    same
                            ? problem.noting("for this value alone: --set 'sweep.params." + param.path() + "=["
                                    + Problem.shortened(set.value().toString()) + "]'")
                            : problem.noting("to sweep nothing: --set sweep=null"));
        }
        return BLOCKS.stream()
                .filter(block -> set.path().equals(block + ".plugin")
                        && param.path().startsWith(block + ".")
                        && Layers.changesPlugin(files.leavesByPath(), sets.leaves(), block))
                .map(block -> Problem.error(
                                set.value().at(),
                                "another plugin would drop what the sweep sets: " + param.path() + ", at "
                                        + param.keyAt())
                        .noting("to sweep nothing: --set sweep=null"));
    }

    private static Optional<Problem> variantAndSwept(Sweep.Param param, String name, VariantLayer layer) {
        for (Setting own : layer.leaves().values()) {
            if (overlap(param.path(), own.path())) {
                return Optional.of(Problem.error(
                                param.keyAt(),
                                "variant '" + name + "' sets " + own.path() + " itself, at " + own.keyAt())
                        .noting("a leaf is changed by variants or by the sweep, never by both"));
            }
        }
        return param.path().equals("trainer.plugin")
                ? dropped(param.keyAt(), name, layer)
                        .map(problem -> problem.noting("make each trainer a variant, and sweep what they share"))
                : Optional.empty();
    }

    private static boolean overlap(String a, String b) {
        return a.equals(b) || a.startsWith(b + ".") || b.startsWith(a + ".");
    }
}
