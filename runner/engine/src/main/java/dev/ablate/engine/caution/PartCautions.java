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
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What a person should know of the rows that models are trained and judged on, before a model is blamed for them. */
public final class PartCautions {

    /** With fewer rows of a class one row more or less changes the answer. */
    private static final int FEW = 5;

    /** So many rows are looked at, over all seeds; further seeds are not. */
    private static final long MOST_ROWS = 50_000_000;

    private static final String NOTHING_OF_BOTH = ": accuracy says nothing there about separating the classes";

    private static final String NOTHING_OF_IT = ": what is measured there says nothing of that class";

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
                                + (data.task() == Task.REGRESSION ? Phrases.brief(first) : data.label(first))
                                + " in all "
                                + data.examples().size() + " rows, so there is nothing to learn from them",
                        "use data with other answers, too"))
                : Optional.empty();
    }

    /**
     * How many rows of each class that the data have are in the two parts of a split.
     *
     * @param trained by class
     * @param tested by class
     */
    private record Counts(List<Integer> trained, List<Integer> tested) {

        List<Integer> of(boolean train) {
            return train ? trained : tested;
        }

        int rarest(boolean train) {
            return Collections.min(of(train));
        }

        /** Whether all rows of a part are of one class. */
        boolean ofOne(boolean train) {
            return of(train).stream().filter(count -> count > 0).count() < 2;
        }
    }

    /** A dataset and how it is split. */
    private record Parts(Dataset data, SplitSettings split) {

        List<Caution> cautions(List<PlannedRun> runs) {
            return data.task() == Task.REGRESSION ? ofNumbers() : ofClasses(runs);
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
            List<Integer> classes = classes();
            List<Counts> counted = counted(runs, classes);
            String trained = lacking(true, counted, classes);
            String tested = lacking(false, counted, classes);
            boolean oneClass = classes.size() == 1;
            List<Caution> cautions = new ArrayList<>();
            if (!oneClass && !(trained + tested).isEmpty()) {
                String both = trained + (trained.isEmpty() || tested.isEmpty() ? "" : ", and ") + tested;
                cautions.add(new Caution(
                        both + (tested.isEmpty() ? "" : classes.size() > 2 ? NOTHING_OF_IT : NOTHING_OF_BOTH),
                        wayOut()));
                return cautions;
            }
            String few = parts("test", counted, counts -> counts.rarest(false) < FEW, "fewer than 5 rows of a class");
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

        /** The classes that the data have rows of, by number; more than these may have names. */
        private List<Integer> classes() {
            return Arrays.stream(data.examples().targets())
                    .mapToInt(target -> (int) target)
                    .distinct()
                    .sorted()
                    .boxed()
                    .toList();
        }

        /** What a part lacks to be of all classes; empty if it always has rows of each. */
        private String lacking(boolean train, List<Counts> counted, List<Integer> classes) {
            String part = train ? "training" : "test";
            String one = parts(part, counted, counts -> counts.ofOne(train), ofOne(train, counted, classes));
            if (classes.size() < 3 || !one.isEmpty()) {
                return one;
            }
            List<String> missing = IntStream.range(0, classes.size())
                    .filter(k ->
                            counted.stream().anyMatch(counts -> counts.of(train).get(k) == 0))
                    .mapToObj(k -> data.label(classes.get(k)))
                    .toList();
            return parts(
                    part,
                    counted,
                    counts -> counts.rarest(train) == 0,
                    "no row of " + (missing.size() == 1 ? missing.get(0) : "a class (" + Phrases.some(missing) + ")"));
        }

        private String ofOne(boolean train, List<Counts> counted, List<Integer> classes) {
            List<Integer> only = counted.stream()
                    .filter(counts -> counts.ofOne(train))
                    .map(counts -> counts.of(train).indexOf(Collections.max(counts.of(train))))
                    .distinct()
                    .toList();
            String value =
                    only.size() != 1 ? "" : " (" + data.target() + " = " + data.label(classes.get(only.get(0))) + ")";
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

        private List<Counts> counted(List<PlannedRun> runs, List<Integer> classes) {
            List<Counts> counted = new ArrayList<>();
            Set<Long> seeds = new HashSet<>();
            long rows = 0;
            for (PlannedRun run : runs) {
                boolean another = seeds.isEmpty() || (split.overlaps() && !seeds.contains(run.seed()));
                if (another && rows < MOST_ROWS) {
                    seeds.add(run.seed());
                    rows += data.examples().size();
                    Split drawn = Split.of(run.context());
                    counted.add(new Counts(count(drawn.train(), classes), count(drawn.test(), classes)));
                }
            }
            return counted;
        }

        private List<Integer> count(int[] rows, List<Integer> classes) {
            int[] counts = new int[data.classes().size()];
            for (int row : rows) {
                counts[(int) data.examples().target(row)]++;
            }
            return classes.stream().map(k -> counts[k]).toList();
        }
    }
}
