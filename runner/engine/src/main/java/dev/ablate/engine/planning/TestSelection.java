package dev.ablate.engine.planning;

import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.Spec.Word;
import dev.ablate.engine.plan.Across;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.spec.SplitSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which test compares: what the spec says, if it is honest here, else the one that is. */
final class TestSelection {

    private static final String OVERLAP =
            "a split drawn again for each seed trains on rows that overlap, so that the pairs are not independent";

    private static final String FOLDS =
            "folds overlap in the rows that they train on, so that the pairs are not independent";

    private static final String DATASET = "dataset.";

    private TestSelection() {}

    /** What compares where the spec does not say. */
    static TestChoice fitting(Spec spec) {
        return spec.cells().stream().anyMatch(TestSelection::overlaps)
                ? TestChoice.CORRECTED_RESAMPLED_T
                : TestChoice.PAIRED_PERMUTATION;
    }

    static TestChoice of(Spec spec, Problems problems) {
        boolean all = spec.cells().stream().allMatch(TestSelection::overlaps);
        boolean any = spec.cells().stream().anyMatch(TestSelection::overlaps);
        TestChoice fitting = fitting(spec);
        if (spec.compare().test().isEmpty() || spec.compare().across().isPresent()) {
            if (any && !all) {
                refuseMixed(spec, problems);
            }
            return fitting;
        }
        Word word = spec.compare().test().get();
        String overlap = spec.folds() > 0 ? FOLDS : OVERLAP;
        TestChoice chosen = chosen(word);
        if (chosen == TestChoice.PAIRED_T && any) {
            problems.add(Problem.error(
                            word.at(),
                            "paired-t needs independent pairs: " + overlap + ", and its p would be too small")
                    .suggesting("write corrected-resampled-t, which corrects for that"));
        } else if (chosen != TestChoice.CORRECTED_RESAMPLED_T && any) {
            problems.add(Problem.warning(
                            word.at(),
                            chosen.word() + " takes pairs for independent: " + overlap + ", and p is too small")
                    .suggesting("corrected-resampled-t corrects for that"));
        } else if (chosen == TestChoice.CORRECTED_RESAMPLED_T && !all) {
            boolean split = spec.cells().stream().allMatch(cell -> cell.split().isPresent());
            problems.add(Problem.error(
                            word.at(),
                            "corrected-resampled-t corrects for training parts that overlap from seed to seed, and here "
                                    + (split ? "the split is the same for every seed" : "no rows are held back"))
                    .suggesting("write paired-t or paired-permutation"));
        }
        return chosen;
    }

    private static TestChoice chosen(Word word) {
        return Stream.of(TestChoice.values())
                .filter(choice -> choice.word().equals(word.text()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Which leaf is the data set, and which test compares the means on them: {@code compare.test}, as each data set by itself is compared by
     * what fits its runs.
     */
    static Optional<Across> across(Spec spec, List<ComparedMetric> metrics, KnownMetrics known, Problems problems) {
        Optional<Word> leaf = spec.compare().across();
        if (leaf.isEmpty()) {
            return Optional.empty();
        }
        String path = leaf.get().text();
        List<String> swept =
                spec.cells().get(0).swept().stream().map(Setting::path).toList();
        if (!path.startsWith(DATASET)) {
            problems.add(Problem.error(
                            leaf.get().at(),
                            "compare.across must be a leaf of dataset, got " + Problem.quoted(path)
                                    + ": what is not a data set is a cell of its own")
                    .suggesting("write across: dataset.file, or dataset.plugin"));
        } else if (!swept.contains(path)) {
            problems.add(Problem.error(leaf.get().at(), path + " is not swept, so there is one data set")
                    .suggesting("write sweep: { params: { " + path + ": [...] } }"));
        }
        Optional<Word> word = spec.compare().test();
        TestChoice test = word.map(TestSelection::chosen).orElse(Across.TESTS.get(0));
        if (word.isPresent() && !Across.TESTS.contains(test)) {
            problems.add(Problem.error(word.get().at(), "with compare.across, " + Across.refused(test))
                    .suggesting("write wilcoxon or sign"));
        } else if (word.isPresent() && test == TestChoice.PAIRED_PERMUTATION) {
            metrics.stream()
                    .map(metric -> metric.metric().toString())
                    .filter(metric -> !known.isWithoutUnit(metric))
                    .findFirst()
                    .ifPresent(metric -> problems.add(
                            Problem.error(word.get().at(), "with compare.across, " + Across.refused(metric))
                                    .suggesting("write wilcoxon or sign")));
        }
        return Optional.of(new Across(path, test));
    }

    /** One split says nothing of other splits, however many seeds are trained on it. */
    static void checkBayes(Spec spec, Problems problems) {
        if (spec.compare().bayes().isPresent()
                && spec.cells().stream().anyMatch(cell -> cell.split().isPresent() && !overlaps(cell))) {
            problems.add(Problem.error(
                            spec.compare().bayes().get(),
                            "compare.bayes takes pairs for draws of what a split may be, and here one split is the same for"
                                    + " every seed")
                    .suggesting("write data.split.per: seed, or leave compare.bayes out"));
        }
    }

    private static void refuseMixed(Spec spec, Problems problems) {
        Optional<Setting> swept = spec.cells().get(0).swept().stream()
                .filter(setting -> setting.path().equals("data.split.take")
                        || setting.path().equals("data.split.per"))
                .findFirst();
        swept.ifPresent(setting -> problems.add(Problem.error(
                        setting.keyAt(),
                        "no test fits all cells: where the split is drawn for each seed it is corrected-resampled-t, elsewhere"
                                + " paired-permutation")
                .suggesting("make this two specs")));
    }

    private static boolean overlaps(Spec.Cell cell) {
        return cell.split()
                .map(DataSettings::of)
                .filter(SplitSettings::overlaps)
                .isPresent();
    }
}
