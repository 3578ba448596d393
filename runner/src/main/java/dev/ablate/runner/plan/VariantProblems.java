package dev.ablate.runner.plan;

import dev.ablate.runner.spec.Position;
import dev.ablate.runner.spec.Problem;
import dev.ablate.runner.spec.Problems;
import dev.ablate.runner.spec.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Problems of variants, each told once: with the variants' names where not all have it and its place does not say whose it is. */
final class VariantProblems {

    private final List<Spec.Variant> variants;
    private final Map<Problem, List<Spec.Variant>> having = new LinkedHashMap<>();

    VariantProblems(List<Spec.Variant> variants) {
        this.variants = variants;
    }

    void add(Spec.Variant variant, Problems found) {
        for (Problem problem : found.all()) {
            having.computeIfAbsent(problem, none -> new ArrayList<>()).add(variant);
        }
    }

    void tell(Problems problems) {
        having.forEach((problem, with) -> {
            boolean evident = with.size() == variants.size()
                    || problems.all().contains(problem)
                    || with.stream().anyMatch(one -> isIn(one, problem));
            List<String> names = with.stream().map(Spec.Variant::name).toList();
            problems.add(
                    evident
                            ? problem
                            : problem.noting(
                                    "in variant" + (names.size() == 1 ? " " : "s ") + String.join(", ", names)));
        });
    }

    private static boolean isIn(Spec.Variant variant, Problem problem) {
        Position at = problem.at().orElse(variant.at());
        return variant.own().stream()
                .anyMatch(
                        leaf -> isFrom(leaf.keyAt(), at) && isUpTo(leaf.value().at(), at));
    }

    private static boolean isFrom(Position begin, Position at) {
        return begin.source().equals(at.source()) && begin.line() == at.line() && begin.column() <= at.column();
    }

    private static boolean isUpTo(Position last, Position at) {
        return last.line() == at.line() && at.column() < last.column() + last.length();
    }
}
