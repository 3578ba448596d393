package dev.ablate.engine.caution;

import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.EqualRows;
import dev.ablate.core.data.Examples;
import dev.ablate.engine.caution.PartCautions.Caution;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.data.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows that are trained on and held back as well, since the data have them more than once. */
final class RowsInTwoParts {

    /** Up to this share of the rows held back changes no answer that is worth a word. */
    private static final double FEW = 0.01;

    private RowsInTwoParts() {}

    static Optional<Caution> caution(Dataset data, List<PlannedRun> runs) {
        // known already, and to find equal rows takes long
        if (Contradictions.in(data.examples(), data.task()).repeated() == 0) {
            return Optional.empty();
        }
        int[] firsts = firsts(data.examples());
        if (IntStream.range(0, firsts.length).allMatch(row -> firsts[row] == row)) {
            return Optional.empty();
        }
        List<PlannedRun> looked = PartCautions.differentlySplit(runs);
        int times = 0;
        int most = 0;
        int of = 0;
        for (PlannedRun run : looked) {
            Split split = Split.of(run.context());
            boolean[] trained = new boolean[firsts.length];
            Arrays.stream(split.train()).forEach(row -> trained[firsts[row]] = true);
            int[] held = IntStream.concat(Arrays.stream(split.validation()), Arrays.stream(split.test()))
                    .toArray();
            int known = (int)
                    Arrays.stream(held).filter(row -> trained[firsts[row]]).count();
            times += known > FEW * held.length ? 1 : 0;
            if (known > most) {
                most = known;
                of = held.length;
            }
        }
        return times == 0
                ? Optional.empty()
                : Optional.of(new Caution(
                        PartCautions.where(times, looked) + (looked.size() == 1 ? "" : "up to ") + most + " of " + of
                                + " rows held back equal rows that are trained on, in all features and the target: a model"
                                + " that remembers rows looks better than it is",
                        "remove rows that are there twice"
                                + (isGrouped(looked)
                                        ? ""
                                        : ", or name a column that such rows share (data.split.group)")));
    }

    private static boolean isGrouped(List<PlannedRun> runs) {
        return runs.stream()
                .flatMap(run -> run.split().stream())
                .anyMatch(split -> split.group().isPresent());
    }

    /** The first row that equals a row in all features and the target, for each row. */
    private static int[] firsts(Examples examples) {
        int[] byFeatures = EqualRows.firsts(examples.rows());
        int[] firsts = new int[byFeatures.length];
        for (int row = 0; row < firsts.length; row++) {
            int first = byFeatures[row];
            // rows of equal features and another target are contradictions, which are reported elsewhere
            firsts[row] = examples.target(first) == examples.target(row) ? first : row;
        }
        return firsts;
    }
}
