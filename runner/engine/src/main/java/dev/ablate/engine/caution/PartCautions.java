package dev.ablate.engine.caution;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Fold;
import dev.ablate.worker.spec.SplitSettings.Take;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a person should know of the rows that models are trained and judged on, before a model is blamed for them. */
public final class PartCautions {

    /** So many rows are looked at, over all seeds and folds; further ones are not. */
    private static final long MOST_ROWS = 50_000_000;

    private PartCautions() {}

    /**
     * One thing to bear in mind.
     *
     * @param what what is so, without a full stop
     * @param wayOut what to write instead; empty where nothing helps
     */
    public record Caution(String what, String wayOut) {}

    /** All there is to say of the data and splits of planned runs, each once; most often nothing. */
    public static List<Caution> of(List<PlannedRun> planned) {
        return of(planned, false);
    }

    /** The same without columns of which a dataset's own remarks say as much. */
    public static List<Caution> besideRemarks(List<PlannedRun> planned) {
        return of(planned, true);
    }

    private static List<Caution> of(List<PlannedRun> all, boolean remarked) {
        List<PlannedRun> planned =
                all.stream().filter(run -> !run.dataset().isNone()).toList();
        List<Caution> cautions = new ArrayList<>();
        Set<Dataset> datasets = new HashSet<>();
        Map<Parts, List<PlannedRun>> parts = new LinkedHashMap<>();
        for (PlannedRun run : planned) {
            if (datasets.add(run.dataset())) {
                oneValue(run.dataset()).ifPresent(cautions::add);
            }
            run.split()
                    .ifPresent(split -> parts.computeIfAbsent(
                                    new Parts(run.dataset(), alike(split)), none -> new ArrayList<>())
                            .add(run));
        }
        parts.forEach((of, runs) -> of.cautions(runs).stream()
                .filter(caution -> !cautions.contains(caution))
                .forEach(cautions::add));
        List<Caution> saturated = Saturation.of(planned);
        cautions.addAll(saturated);
        if (saturated.isEmpty()) {
            // the way out is the same
            cautions.addAll(SpreadCautions.of(planned));
        }
        if (saturated.isEmpty()) {
            cautions.addAll(RateCautions.of(planned));
        }
        cautions.addAll(ColumnCautions.of(planned, remarked));
        return cautions;
    }

    /** The same for all folds. */
    private static SplitSettings alike(SplitSettings split) {
        return split.fold().map(fold -> split.with(new Fold(1, fold.of()))).orElse(split);
    }

    private static Optional<Caution> oneValue(Dataset data) {
        double first = data.examples().target(0);
        return data.examples().size() > 1 && data.examples().targetStream().allMatch(target -> target == first)
                ? Optional.of(new Caution(
                        data.target() + " is "
                                + (data.task() == Task.REGRESSION ? Phrases.brief(first) : data.label(first))
                                + " in all "
                                + data.examples().size() + " rows, so there is nothing to learn from them",
                        "use data with other answers, too"))
                : Optional.empty();
    }

    /** A dataset and how it is split; with folds as in any of them. */
    private record Parts(Dataset data, SplitSettings split) {

        List<Caution> cautions(List<PlannedRun> runs) {
            List<Caution> cautions = new ArrayList<>(
                    data.task() == Task.REGRESSION ? ofNumbers() : new ClassesInParts(data, split).cautions(runs));
            RowsInTwoParts.caution(data, runs).ifPresent(cautions::add);
            return cautions;
        }

        private List<Caution> ofNumbers() {
            if (split.take() != Take.LAST) {
                return List.of();
            }
            double[] targets = data.examples().targets();
            boolean rising = true;
            boolean falling = true;
            for (int i = 1; i < targets.length; i++) {
                rising &= targets[i] >= targets[i - 1];
                falling &= targets[i] <= targets[i - 1];
            }
            return rising != falling
                    ? List.of(new Caution(
                            "the rows are sorted by " + data.target() + ", and take: last holds back the "
                                    + (rising ? "largest" : "smallest") + " of them, so the two parts share no answers",
                            "write take: random"))
                    : List.of();
        }
    }

    /** The runs that are split in different ways, as many as are looked at: of each seed and fold the first. */
    static List<PlannedRun> differentlySplit(List<PlannedRun> runs) {
        List<PlannedRun> different = new ArrayList<>();
        Set<Pair> pairs = new HashSet<>();
        long rows = 0;
        for (PlannedRun run : runs) {
            boolean overlaps = run.split().filter(SplitSettings::overlaps).isPresent();
            boolean another = pairs.isEmpty() || (overlaps && !pairs.contains(run.pair()));
            if (another && rows < MOST_ROWS) {
                pairs.add(run.pair());
                rows += run.dataset().examples().size();
                different.add(run);
            }
        }
        return different;
    }

    /** {@code in 8 of 10 seeds }; empty where there is one. */
    static String where(long times, List<PlannedRun> runs) {
        boolean folds = runs.get(0).split().flatMap(SplitSettings::fold).isPresent();
        return runs.size() == 1 ? "" : "in " + times + " of " + runs.size() + (folds ? " folds " : " seeds ");
    }
}
