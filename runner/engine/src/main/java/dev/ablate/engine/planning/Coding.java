package dev.ablate.engine.planning;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the classes of a target are coded, where the data do not call them 0 and 1. */
public final class Coding {

    private Coding() {}

    /** {@code the target y has the labels 1 and 2, and 2 counts as 1}; empty if nothing is coded. */
    public static Optional<String> inWords(Dataset data) {
        return data.isCoded() && data.learns(Task.BINARY_CLASSIFICATION)
                ? Optional.of("the target " + data.target() + " has the labels " + data.label(0) + " and "
                        + data.label(1) + ", and " + data.label(1) + " counts as 1")
                : Optional.empty();
    }

    /** Reports it for each dataset where nobody has chosen, once, and a threshold that was meant for the labels. */
    static void report(List<CellPlan> cells, Spec spec, Problems problems) {
        Set<Dataset> reported = new HashSet<>();
        for (CellPlan cell : cells) {
            if (cell.data().learns(Task.CLASSES)) {
                reportDecision(spec, problems);
            }
            Optional<String> words = inWords(cell.data());
            if (words.isPresent() && reported.add(cell.data())) {
                boolean asked = cell.dataset().option("task").isPresent();
                boolean askable = cell.dataset().has("task");
                boolean chosen = cell.dataset().has("positive")
                        && cell.dataset().option("positive").isPresent();
                if (!chosen) {
                    problems.add(Problem.warning(cell.dataset().pluginAt(), words.get())
                            .suggesting(asked || !askable ? "" : wayOut(cell)));
                }
                reportThreshold(cell.data(), spec, problems);
            }
        }
    }

    /** How to have it otherwise: as numbers if labels are numbers, else the other one as 1. */
    private static String wayOut(CellPlan cell) {
        if (cell.data().classes().stream().allMatch(label -> label.matches("[+-]?[0-9.,eE+-]+"))) {
            return "give dataset.task: regression to learn them as numbers";
        }
        return cell.dataset().has("positive")
                ? "give dataset.positive: '" + cell.data().label(0) + "' if that is to count as 1"
                : "";
    }

    /** Reports a threshold that decides nothing, as the greatest of several numbers does; once for all data. */
    private static void reportDecision(Spec spec, Problems problems) {
        spec.origins().stream()
                .filter(leaf -> leaf.path().startsWith("decide."))
                .filter(leaf -> problems.all().stream()
                        .noneMatch(said ->
                                said.at().equals(Optional.of(leaf.value().at()))))
                .forEach(leaf -> problems.add(Problem.warning(
                                leaf.value().at(),
                                leaf.path() + " says nothing of three classes and more: the class with the greatest"
                                        + " number is the answer")
                        .suggesting("leave it out")));
    }

    private static void reportThreshold(Dataset data, Spec spec, Problems problems) {
        double threshold = spec.decide().threshold();
        if (threshold > 0 && threshold < 1) {
            return;
        }
        spec.origins().stream()
                .filter(leaf -> leaf.path().equals("decide.threshold"))
                .findFirst()
                .ifPresent(leaf -> problems.add(Problem.warning(
                                leaf.value().at(),
                                "the labels " + data.label(0) + " and " + data.label(1)
                                        + " are coded 0 and 1, and decide.threshold is not between them")
                        .suggesting("0.5 is in the middle")));
    }
}
