package dev.ablate.engine.caution;

import dev.ablate.core.data.Dataset;
import dev.ablate.engine.caution.PartCautions.Caution;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.data.Split;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Take;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parts of a split that lack a class, or have few rows of one. */
final class ClassesInParts {

    private static final String NOTHING_OF_BOTH = ": accuracy says nothing there about separating the classes";

    private static final String NOTHING_OF_IT = ": what is measured there says nothing of that class";

    /** With fewer rows of a class one row more or less changes the answer. */
    private static final int FEW = 5;

    private final Dataset data;
    private final SplitSettings split;

    ClassesInParts(Dataset data, SplitSettings split) {
        this.data = data;
        this.split = split;
    }

    /**
     * A part of a run's data.
     *
     * @param counts how many rows it has of each class that the data have
     */
    private record Part(PlannedRun run, List<Integer> counts) {

        int rarest() {
            return Collections.min(counts);
        }

        /** Whether all rows are of one class. */
        boolean ofOne() {
            return counts.stream().filter(count -> count > 0).count() < 2;
        }
    }

    List<Caution> cautions(List<PlannedRun> runs) {
        double[] classes =
                Arrays.stream(data.examples().targets()).distinct().sorted().toArray();
        if (classes.length < 2) {
            return List.of();
        }
        List<PlannedRun> looked = PartCautions.differentlySplit(runs);
        List<Split> splits = looked.stream().map(run -> Split.of(run.context())).toList();
        String trained = lacking("training", parts(looked, splits, Split::train, classes), classes);
        String validated = split.hasValidation()
                ? lacking("validation", parts(looked, splits, Split::validation, classes), classes)
                : "";
        List<Part> tested = parts(looked, splits, Split::test, classes);
        String judged = lacking("test", tested, classes);
        List<String> all = List.of(trained, validated, judged).stream()
                .filter(text -> !text.isEmpty())
                .toList();
        if (!all.isEmpty()) {
            boolean heldBack = !(validated + judged).isEmpty();
            return List.of(new Caution(
                    String.join(", and ", all) + (heldBack ? classes.length > 2 ? NOTHING_OF_IT : NOTHING_OF_BOTH : ""),
                    wayOut()));
        }
        List<String> few = new ArrayList<>();
        if (split.hasValidation()) {
            few.add(few("validation", parts(looked, splits, Split::validation, classes)));
        }
        few.add(few("test", tested));
        String parts = few.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining(", and "));
        return parts.isEmpty()
                ? List.of()
                : List.of(new Caution(parts + ": one row more or less changes what accuracy says", wayOut()));
    }

    private List<Part> parts(List<PlannedRun> runs, List<Split> splits, Function<Split, int[]> part, double[] classes) {
        return IntStream.range(0, runs.size())
                .mapToObj(k -> new Part(runs.get(k), counts(part.apply(splits.get(k)), classes)))
                .toList();
    }

    private List<Integer> counts(int[] rows, double[] classes) {
        int[] counts = new int[classes.length];
        for (int row : rows) {
            counts[Arrays.binarySearch(classes, data.examples().target(row))]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /** {@code in 8 of 10 seeds the test part has ...}; empty if it has every class. */
    private String lacking(String called, List<Part> parts, double[] classes) {
        List<Part> ofOne = parts.stream().filter(Part::ofOne).toList();
        if (!ofOne.isEmpty()) {
            return where(ofOne.size(), parts) + "the " + called + " part has " + alone(ofOne, classes);
        }
        List<Part> lacking = parts.stream().filter(part -> part.rarest() == 0).toList();
        if (lacking.isEmpty()) {
            return "";
        }
        List<String> missing = IntStream.range(0, classes.length)
                .filter(k -> lacking.stream().anyMatch(part -> part.counts().get(k) == 0))
                .mapToObj(k -> data.label(classes[k]))
                .toList();
        return where(lacking.size(), parts) + "the " + called + " part has no row of "
                + (missing.size() == 1 ? missing.get(0) : "a class (" + Phrases.some(missing) + ")");
    }

    private String alone(List<Part> ofOne, double[] classes) {
        List<Integer> only = ofOne.stream()
                .map(part -> part.counts().indexOf(Collections.max(part.counts())))
                .distinct()
                .toList();
        return "rows of one class alone"
                + (only.size() == 1 ? " (" + data.target() + " = " + data.label(classes[only.get(0)]) + ")" : "");
    }

    private static String few(String called, List<Part> parts) {
        long times = parts.stream().filter(part -> part.rarest() < FEW).count();
        return times == 0 ? "" : where(times, parts) + "the " + called + " part has fewer than 5 rows of a class";
    }

    private static String where(long times, List<Part> parts) {
        return PartCautions.where(times, parts.stream().map(Part::run).toList());
    }

    private String wayOut() {
        if (split.take() == Take.LAST) {
            return "write take: random, as the rows seem to be sorted";
        }
        return (split.stratify() || split.group().isPresent() ? "" : "write data.split.stratify: true, ")
                + (split.fold().isPresent()
                        ? "cut fewer folds (data.split.folds)"
                        : "hold back another share (data.split.test)")
                + ", or collect more rows of the rarer class";
    }
}
