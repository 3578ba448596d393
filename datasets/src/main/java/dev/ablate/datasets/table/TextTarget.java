package dev.ablate.datasets.table;

import dev.ablate.datasets.table.LearnedTarget.Misfit;
import java.util.List;
import java.util.Optional;

/** Makes a target of text: two classes or more, in sorted order. */
final class TextTarget {

    private TextTarget() {}

    /**
     * Why values cannot be learned, and the row where it shows; empty if they can.
     *
     * @param names all that occur, in order
     * @param codes of each row the index of its name
     */
    static Optional<Misfit> misfit(List<String> names, double[] codes, TargetChoice choice) {
        if (names.size() == 1) {
            return Optional.of(new Misfit(
                    0, choice.name() + " is '" + names.get(0) + "' in every row: there must be two classes"));
        }
        if (names.size() == 2 && choice.asksFor(TableTask.CLASSES)) {
            return Optional.of(new Misfit(
                    0, choice.name() + " has two classes: give task: binary-classification, or leave it out"));
        }
        if (names.size() > 2 && choice.asksFor(TableTask.BINARY_CLASSIFICATION)) {
            int third = 0;
            while (codes[third] == codes[0] || codes[third] == other(codes)) {
                third++;
            }
            return Optional.of(new Misfit(
                    third,
                    "'" + names.get((int) codes[third]) + "' is a third class, after '" + names.get((int) codes[0])
                            + "' and '" + names.get((int) other(codes))
                            + "': there must be two, so recode it, or give task: classes"));
        }
        if (choice.positive().isEmpty()) {
            return Optional.empty();
        }
        if (names.size() > 2) {
            return Optional.of(new Misfit(-1, choice.needlessPositive()));
        }
        return names.contains(choice.positive().get())
                ? Optional.empty()
                : Optional.of(new Misfit(-1, choice.unknownPositive(names.get(0), names.get(1))));
    }

    /** The first code that is not that of the first row. */
    private static double other(double[] codes) {
        int row = 0;
        while (codes[row] == codes[0]) {
            row++;
        }
        return codes[row];
    }

    /**
     * The target of text without a {@link #misfit}.
     *
     * @param codes not used any more by the caller
     */
    static LearnedTarget of(List<String> names, double[] codes, TargetChoice choice) {
        if (!choice.positive().equals(Optional.of(names.get(0)))) {
            return new LearnedTarget(choice.name(), names, codes, List.of());
        }
        for (int row = 0; row < codes.length; row++) {
            codes[row] = 1 - codes[row];
        }
        return new LearnedTarget(choice.name(), List.of(names.get(1), names.get(0)), codes, List.of());
    }
}
