package dev.ablate.engine.caution;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.data.Split;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Take;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a person should know of the rows that models are trained and judged on, before a model is blamed for them. */
public final class PartCautions {

    /** With fewer rows of a class one row more or less changes the answer. */
    private static final int FEW = 5;

    /** So many rows are looked at, over all seeds; further seeds are not. */
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
        List<Caution> cautions = new ArrayList<>();
        Set<Dataset> datasets = new HashSet<>();
        Map<Parts, List<PlannedRun>> parts = new LinkedHashMap<>();
        for (PlannedRun run : planned) {
            if (datasets.add(run.dataset())) {
                oneValue(run.dataset()).ifPresent(cautions::add);
            }
            run.split()
                    .ifPresent(
                            split -> parts.computeIfAbsent(new Parts(run.dataset(), split), none -> new ArrayList<>())
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
        cautions.addAll(ColumnCautions.of(planned));
        return cautions;
    }

    private static Optional<Caution> oneValue(Dataset data) {
        double first = data.examples().target(0);
        return data.examples().size() > 1
                        && Arrays.stream(data.examples().targets()).allMatch(target -> target == first)
                ? Optional.of(new Caution(
                        data.target() + " is "
                                + (data.task() == Task.BINARY_CLASSIFICATION ? data.label(first) : Phrases.brief(first))
                                + " in all "
                                + data.examples().size() + " rows, so there is nothing to learn from them",
                        "use data with other answers, too"))
                : Optional.empty();
    }

    /** How many rows of each class are in the two parts of a split. */
    private record Counts(int trainZeros, int trainOnes, int testZeros, int testOnes) {

        int rarestTrained() {
            return Math.min(trainZeros, trainOnes);
        }

        int rarestTested() {
            return Math.min(testZeros, testOnes);
        }
    }

    /** A dataset and how it is split. */
    private record Parts(Dataset data, SplitSettings split) {

        List<Caution> cautions(List<PlannedRun> runs) {
            return data.task() == Task.BINARY_CLASSIFICATION ? ofClasses(runs) : ofNumbers();
        }

        private List<Caution> ofNumbers() {
            double[] targets = data.examples().targets();
            boolean rising = true;
            boolean falling = true;
            for (int i = 1; i < targets.length; i++) {
                rising &= targets[i] >= targets[i - 1];
                falling &= targets[i] <= targets[i - 1];
            }
            return split.take() == Take.LAST && rising != falling
                    ? List.of(new Caution(
                            "the rows are sorted by " + data.target() + ", and take: last holds back the "
                                    + (rising ? "largest" : "smallest") + " of them, so the two parts share no answers",
                            "write take: random"))
                    : List.of();
        }

        private List<Caution> ofClasses(List<PlannedRun> runs) {
            List<Counts> counted = counted(runs);
            String trained = parts("training", counted, counts -> counts.rarestTrained() == 0, ofOne(true, counted));
            String tested = parts("test", counted, counts -> counts.rarestTested() == 0, ofOne(false, counted));
            boolean oneClass =
                    Arrays.stream(data.examples().targets()).distinct().count() == 1;
            List<Caution> cautions = new ArrayList<>();
            if (!oneClass && !(trained + tested).isEmpty()) {
                String both = trained + (trained.isEmpty() || tested.isEmpty() ? "" : ", and ") + tested;
                cautions.add(new Caution(
                        both + (tested.isEmpty() ? "" : ": accuracy says nothing there about separating the classes"),
                        wayOut()));
                return cautions;
            }
            String few = parts("test", counted, counts -> counts.rarestTested() < FEW, "fewer than 5 rows of a class");
            if (!oneClass && !few.isEmpty()) {
                cautions.add(new Caution(few + ": one row more or less changes what accuracy says", wayOut()));
            }
            return cautions;
        }

        private String wayOut() {
            return split.take() == Take.LAST
                    ? "write take: random, as the rows seem to be sorted"
                    : (split.stratify() ? "" : "write data.split.stratify: true, ")
                            + "hold back another share (data.split.test), or collect more rows of the rarer class";
        }

        private String ofOne(boolean train, List<Counts> counted) {
            boolean zeros = counted.stream().anyMatch(counts -> (train ? counts.trainOnes() : counts.testOnes()) == 0);
            boolean ones = counted.stream().anyMatch(counts -> (train ? counts.trainZeros() : counts.testZeros()) == 0);
            String value = zeros && ones ? "" : " (" + data.target() + " = " + data.label(zeros ? 0 : 1) + ")";
            return "rows of one class alone" + value;
        }

        /** {@code in 8 of 10 seeds the test part has ...}; empty if it never has. */
        private String parts(String part, List<Counts> counted, Predicate<Counts> has, String what) {
            long times = counted.stream().filter(has).count();
            if (times == 0) {
                return "";
            }
            String where = counted.size() == 1 ? "" : "in " + times + " of " + counted.size() + " seeds ";
            return where + "the " + part + " part has " + what;
        }

        private List<Counts> counted(List<PlannedRun> runs) {
            List<Counts> counted = new ArrayList<>();
            Set<Long> seeds = new HashSet<>();
            long rows = 0;
            for (PlannedRun run : runs) {
                boolean another = seeds.isEmpty() || (split.overlaps() && !seeds.contains(run.seed()));
                if (another && rows < MOST_ROWS) {
                    seeds.add(run.seed());
                    rows += data.examples().size();
                    counted.add(count(Split.of(run.context())));
                }
            }
            return counted;
        }

        private Counts count(Split drawn) {
            int trainOnes = ones(drawn.train());
            int testOnes = ones(drawn.test());
            return new Counts(drawn.train().length - trainOnes, trainOnes, drawn.test().length - testOnes, testOnes);
        }

        private int ones(int[] rows) {
            return (int) Arrays.stream(rows)
                    .filter(row -> data.examples().target(row) == 1)
                    .count();
        }
    }
}
