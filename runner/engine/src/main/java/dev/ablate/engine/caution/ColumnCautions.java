package dev.ablate.engine.caution;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Dataset;
import dev.ablate.engine.caution.PartCautions.Caution;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.prepare.WaysOut;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Features that give models nothing, or too much: constants, identifiers, and what is the target by another name. */
final class ColumnCautions {

    /** Fewer rows are an example, in which a column may well be what these cautions are about. */
    private static final int FEW = 10;

    private final Dataset data;
    private final int target;
    private final int rows;

    private ColumnCautions(Dataset data) {
        this.data = data;
        this.target = data.schema().columns().indexOf(data.schema().target().orElseThrow());
        int count = 0;
        for (Block block : data.blocks()) {
            count += block.rows();
        }
        this.rows = count;
    }

    /**
     * Of the features that some run uses, each once.
     *
     * @param remarked whether what a dataset itself remarks of a column is already said
     */
    static List<Caution> of(List<PlannedRun> planned, boolean remarked) {
        IdentityHashMap<Dataset, Set<String>> used = new IdentityHashMap<>();
        List<Dataset> datasets = new ArrayList<>();
        for (PlannedRun run : planned) {
            if (!used.containsKey(run.opened())) {
                datasets.add(run.opened());
            }
            used.computeIfAbsent(run.opened(), none -> new LinkedHashSet<>())
                    .addAll(run.context().preparation().features());
        }
        Set<Caution> cautions = new LinkedHashSet<>();
        for (Dataset data : datasets) {
            ColumnCautions of = new ColumnCautions(data);
            Set<String> features = used.getOrDefault(data, Set.of());
            if (of.rows >= FEW) {
                List<String> constants = new ArrayList<>();
                List<Caution> others = new ArrayList<>();
                for (String name : features) {
                    Seen seen = of.seen(name);
                    if (seen.constant) {
                        constants.add(name);
                    } else {
                        of.about(name, seen, features.size() > 1, remarked).ifPresent(others::add);
                    }
                }
                of.ofConstants(constants).ifPresent(cautions::add);
                cautions.addAll(others);
            }
        }
        return List.copyOf(cautions);
    }

    /** The value of a column in a row, a category by its index; NaN where it is missing. */
    private double value(Block block, int column, int row) {
        if (data.schema().columns().get(column).categories().isEmpty()) {
            return block.number(column, row);
        }
        int code = block.category(column, row);
        return code < 0 ? Double.NaN : code;
    }

    private int index(String name) {
        return data.schema().columns().stream().map(Column::name).toList().indexOf(name);
    }

    private Seen seen(String name) {
        int index = index(name);
        Seen seen = new Seen(data.schema().columns().get(index).categories().size());
        for (Block block : data.blocks()) {
            for (int row = 0; row < block.rows() && seen.matters(); row++) {
                seen.add(value(block, index, row), value(block, target, row));
            }
        }
        return seen;
    }

    private Optional<Caution> ofConstants(List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        boolean one = names.size() == 1;
        String quoted =
                Phrases.some(names.stream().map(name -> "'" + name + "'").toList());
        return Optional.of(new Caution(
                String.format(
                        Locale.ROOT,
                        "%s %s the same in all %,d rows, so that nothing can be learned from %s",
                        quoted,
                        one ? "is" : "are",
                        rows,
                        one ? "it" : "them"),
                WaysOut.leaveOut(names)));
    }

    private boolean isRemarked(String name) {
        return data.remarks().stream().anyMatch(remark -> remark.startsWith(name + " "));
    }

    private Optional<Caution> about(String name, Seen seen, boolean others, boolean remarked) {
        int index = index(name);
        Column column = data.schema().columns().get(index);
        boolean identifies = others
                && (column.categories().isEmpty() ? seen.mayCount(rows) && counts(index) : seen.kinds() > rows / 2);
        if (identifies && remarked && isRemarked(name)) {
            return Optional.empty();
        }
        if (identifies) {
            String why = column.categories().isEmpty()
                    ? "it numbers the rows"
                    : String.format(Locale.ROOT, "%,d rows have %,d categories", rows, seen.kinds());
            return Optional.of(
                    new Caution("'" + name + "' looks like an identifier: " + why, WaysOut.leaveOut(List.of(name))));
        }
        boolean same = data.schema().classes().isEmpty() ? seen.equal : seen.decides();
        return same && seen.kinds() <= rows / 2
                ? Optional.of(new Caution(
                        "'" + name + "' alone gives the " + data.target() + " of every row: is it known before "
                                + data.target() + " is?",
                        "if it is not, " + WaysOut.leaveOut(List.of(name))))
                : Optional.empty();
    }

    /** Whether whole numbers of a range as wide as there are rows are all different. */
    private boolean counts(int column) {
        double least = Double.POSITIVE_INFINITY;
        for (Block block : data.blocks()) {
            for (int row = 0; row < block.rows(); row++) {
                least = Math.min(least, value(block, column, row));
            }
        }
        BitSet found = new BitSet(rows);
        for (Block block : data.blocks()) {
            for (int row = 0; row < block.rows(); row++) {
                found.set((int) (value(block, column, row) - least));
            }
        }
        return found.cardinality() == rows;
    }

    /** What the rows so far have of a column, beside the target. */
    private static final class Seen {

        /** By category, the class that its rows have; NaN before there is one. */
        private final double[] answers;

        private final BitSet met = new BitSet();

        private double first = Double.NaN;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;
        private boolean begun;
        private boolean constant = true;
        private boolean whole = true;
        private boolean equal = true;
        private boolean decided = true;

        /** The two values of a column of numbers, by the class. */
        private final double[] byClass = {Double.NaN, Double.NaN};

        Seen(int categories) {
            this.answers = new double[categories];
            Arrays.fill(answers, Double.NaN);
        }

        /** Whether a further row may still change what is to be said. */
        boolean matters() {
            return constant || whole || equal || decided || answers.length > 0;
        }

        void add(double value, double answer) {
            if (!begun) {
                first = value;
                begun = true;
            }
            constant &= value == first;
            whole &= value == Math.rint(value);
            equal &= value == answer;
            least = Math.min(least, value);
            most = Math.max(most, value);
            if (Double.isNaN(value) || Double.isNaN(answer)) {
                decided = false;
            } else if (answers.length > 0) {
                int code = (int) value;
                met.set(code);
                decided &= Double.isNaN(answers[code]) || answers[code] == answer;
                answers[code] = answer;
            } else if (answer == 0 || answer == 1) {
                decided &= Double.isNaN(byClass[(int) answer]) || byClass[(int) answer] == value;
                byClass[(int) answer] = value;
            } else {
                decided = false;
            }
        }

        /** Whether whole numbers span as many as there are rows. */
        boolean mayCount(int rows) {
            return whole && most - least == rows - 1;
        }

        /** How many categories occur; of numbers nobody counts them. */
        int kinds() {
            return met.cardinality();
        }

        /** Whether each value has one class, and there are several of both. */
        boolean decides() {
            if (answers.length > 0) {
                return decided
                        && Arrays.stream(answers)
                                        .filter(answer -> !Double.isNaN(answer))
                                        .distinct()
                                        .count()
                                > 1;
            }
            return decided && !Double.isNaN(byClass[0]) && !Double.isNaN(byClass[1]) && byClass[0] != byClass[1];
        }
    }
}
