package dev.ablate.engine.planning;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Setting;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports runs of one seed that only look different, so that a plan has no run twice. */
final class AlikeRuns {

    private final Problems problems;
    private final Map<Map<String, String>, Place> seen = new LinkedHashMap<>();

    private final Set<Position> reported = new HashSet<>();

    private record Place(CellPlan cell, VariantPlan variant) {}

    AlikeRuns(Problems problems) {
        this.problems = problems;
    }

    void refuse(List<CellPlan> cells) {
        for (CellPlan cell : cells) {
            for (VariantPlan variant : cell.variants()) {
                Place here = new Place(cell, variant);
                Place first = seen.putIfAbsent(variant.keyLeaves(), here);
                if (first != null) {
                    refuse(first, here);
                }
            }
        }
    }

    private void refuse(Place first, Place again) {
        String one = first.variant().name();
        String other = again.variant().name();
        if (first.cell().spec().swept().equals(again.cell().spec().swept())) {
            Position at = again.variant().spec().at();
            // those that are written alike were reported when the spec was read
            if (problems.all().stream().noneMatch(problem -> problem.at().equals(Optional.of(at)))) {
                problems.add(Problem.error(
                                at,
                                "variants '" + one + "' and '" + other
                                        + "' are the same: with all defaults, trainer, features and scaling do not differ")
                        .suggesting("the other one stands at "
                                + first.variant().spec().at()));
            }
            return;
        }
        String here = CellPlan.written(again.cell().spec());
        String there = CellPlan.written(first.cell().spec());
        Position at = place(first.cell(), again.cell());
        if (problems.hasErrors() || !reported.isEmpty()) {
            // what is wrong may be all that they differ in; and alike values make alike cells with every other value
            return;
        }
        reported.add(at);
        problems.add(Problem.error(
                at,
                one.equals(other)
                        ? "cells " + there + " and " + here + " are the same"
                                + (again.cell().variants().size() == 1 ? "" : " for variant '" + other + "'")
                        : "variant '" + one + "' in cell " + there + " and '" + other + "' in cell " + here
                                + " are the same"));
    }

    /** Where the second cell's first other value stands. */
    private static Position place(CellPlan first, CellPlan again) {
        List<Setting> before = first.spec().swept();
        List<Setting> swept = again.spec().swept();
        for (int i = 0; i < swept.size(); i++) {
            if (!swept.get(i).value().equals(before.get(i).value())) {
                return swept.get(i).value().at();
            }
        }
        return swept.get(0).keyAt();
    }
}
