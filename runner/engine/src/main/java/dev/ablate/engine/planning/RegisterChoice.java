package dev.ablate.engine.planning;

import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.TrackBlock;
import dev.ablate.engine.plan.GroupNames;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose model is registered: checked before anything runs.
 *
 * <p>The best of the cells of a sweep is a pick on the part of the data on which it is judged, so that it looks better than it is:
 * nothing follows such a pick, and whoever registers a model of a sweep says whose, or holds rows back to choose by.
 */
final class RegisterChoice {

    private static final String REGISTER = TrackBlock.REGISTER;
    private static final String FROM = TrackBlock.REGISTER_FROM;

    /** More names than this are not listed. */
    private static final int MOST_NAMES = 8;

    private RegisterChoice() {}

    static void check(Spec spec, List<CellPlan> cells, Problems problems) {
        Optional<String> from = spec.track().registerFrom();
        if (from.isPresent()) {
            checkFrom(from.get(), spec, cells, problems);
        } else if (spec.track().register().isPresent() && spec.cells().size() > 1 && !isValidated(spec)) {
            problems.add(error(
                            spec,
                            REGISTER,
                            REGISTER + ": the best of "
                                    + Phrases.counted(spec.cells().size(), "cell")
                                    + " is a pick on what it is judged by, which no model is registered for")
                    .suggesting("hold rows back to choose by (data.split.validation), or name whose model it is: "
                            + FROM + ": VARIANT/CELL, such as "
                            + groups(cells).stream()
                                    .findFirst()
                                    .map(RegisterChoice::written)
                                    .orElse("")));
        }
    }

    private static boolean isValidated(Spec spec) {
        return spec.cells().stream()
                .allMatch(cell ->
                        cell.split().filter(split -> split.validation() > 0).isPresent());
    }

    private static void checkFrom(String from, Spec spec, List<CellPlan> cells, Problems problems) {
        if (spec.track().register().isEmpty()) {
            problems.add(error(spec, FROM, FROM + " needs the name of a registered model")
                    .suggesting("add " + REGISTER + ": NAME"));
            return;
        }
        List<String> groups = groups(cells);
        Set<String> names = new LinkedHashSet<>(groups);
        for (String group : groups) {
            for (long seed : spec.seeds()) {
                if (spec.folds() == 0) {
                    names.add(group + "/" + Pair.of(seed).label());
                }
                for (int fold = 1; fold <= spec.folds(); fold++) {
                    names.add(group + "/" + Pair.of(seed, fold).label());
                }
            }
        }
        if (cells.size() == spec.cells().size() && GroupNames.find(from, names).isEmpty()) {
            String meant = Suggestion.didYouMean(from, names);
            problems.add(error(
                            spec,
                            FROM,
                            Suggestion.absent(
                                    FROM + ": there is no",
                                    from,
                                    Suggestion.there(groups.stream()
                                                    .limit(MOST_NAMES)
                                                    .toList())
                                            + (groups.size() > MOST_NAMES ? ", ..." : "")
                                            + ", and each of them with /seed=N"))
                    .suggesting(meant));
        }
    }

    /** As it stands in a spec, inside of braces too. */
    private static String written(String group) {
        return group.matches("[A-Za-z0-9_./=-]+") ? group : CanonicalText.text(group);
    }

    /** As {@link PlannedRun#group} gives them. */
    private static List<String> groups(List<CellPlan> cells) {
        List<String> groups = new ArrayList<>();
        for (CellPlan cell : cells) {
            Map<String, String> leaves = cell.leaves();
            cell.variants()
                    .forEach(variant -> groups.add(
                            leaves.isEmpty() ? variant.name() : variant.name() + "/" + PlannedRun.cellLabel(leaves)));
        }
        return groups;
    }

    /** About a leaf, where it stands. */
    private static Problem error(Spec spec, String path, String message) {
        Optional<Position> at = spec.origins().stream()
                .filter(leaf -> leaf.path().equals(path))
                .map(leaf -> leaf.value().at())
                .findFirst();
        return new Problem(Problem.Severity.ERROR, at, message, "", List.of());
    }
}
