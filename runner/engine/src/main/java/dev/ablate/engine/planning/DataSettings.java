package dev.ablate.engine.planning;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.prepare.JoinedRows;
import dev.ablate.worker.prepare.OpenedData;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Fold;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.util.Locale;
import java.util.Optional;

/** What is done with rows and columns before training, checked against the data. */
final class DataSettings {

    private DataSettings() {}

    /** With folds those of the first one. */
    static SplitSettings of(Spec.Split split) {
        return of(split, Optional.empty());
    }

    /**
     * With folds those of the first one.
     *
     * @param file the hash of the data of the test part, where they are a file of their own
     */
    static SplitSettings of(Spec.Split split, Optional<String> file) {
        return new SplitSettings(
                split.test(),
                split.validation(),
                split.last() ? Take.LAST : Take.RANDOM,
                split.once() ? Per.EXPERIMENT : Per.SEED,
                split.stratify(),
                split.group().map(Spec.Word::text),
                split.testFile().isPresent() ? Optional.of(file.orElse("")) : Optional.empty(),
                split.folds() > 0 ? Optional.of(new Fold(1, split.folds())) : Optional.empty());
    }

    static ScaleSettings of(Spec.Scale scale) {
        return new ScaleSettings(method(scale.features()), method(scale.target()));
    }

    /** Reports a split that leaves a part without rows, or shares out classes where there are none. */
    static void check(Spec.Split split, Dataset data, Problems problems) {
        int rows = JoinedRows.first(data).orElseGet(() -> OpenedData.rows(data));
        int parts = split.validation() > 0 ? 3 : 2;
        if (split.testFile().isPresent()) {
            checkFile(split, rows, problems);
            parts = 0;
        }
        if (rows < parts) {
            problems.add(Problem.error(
                    split.at(),
                    "a split needs at least " + parts + " rows, one for each part, and the data have " + rows));
        } else if (split.folds() > rows) {
            problems.add(
                    Problem.error(split.at(), split.folds() + " folds need as many rows, and the data have " + rows)
                            .suggesting("write folds: " + Math.min(rows, 5)));
        } else if (split.testFile().isEmpty() && parts == 3 && largestTest(split, rows) > rows - 2) {
            problems.add(Problem.error(
                            split.at(),
                            "the test part has " + largestTest(split, rows) + " of " + rows
                                    + " rows, which leaves too few to train and to validate on")
                    .suggesting("write a smaller share, or leave out data.split.validation"));
        }
        if (split.stratify() && data.task() == Task.REGRESSION) {
            problems.add(
                    Problem.error(split.at(), "data.split.stratify shares out classes, and the target is any number")
                            .suggesting("leave it out"));
        }
    }

    private static void checkFile(Spec.Split split, int rows, Problems problems) {
        if (split.validation() > 0 && rows < 2) {
            problems.add(Problem.error(
                    split.at(), "a validation part needs at least 2 rows to be drawn from, and the data have " + rows));
        }
    }

    private static int largestTest(Spec.Split split, int rows) {
        return split.folds() > 0
                ? (rows + split.folds() - 1) / split.folds()
                : dev.ablate.worker.data.Split.testRows(rows, split.test());
    }

    /**
     * Reports a class that would be scaled. Divided by the largest, or stretched from 0 to 1, classes 0 and 1 stay what they are;
     * standardised they leave the range that a trainer of classes answers in ({@code sigmoid} and {@code step} never go below
     * 0), so that the model is fitted to what it cannot answer.
     */
    static void check(Spec.Scale scale, Dataset data, Problems problems) {
        boolean scaled = method(scale.target()) != Method.NONE;
        if (scaled && data.task() != Task.REGRESSION) {
            Spec.Word word = scale.target().orElseThrow();
            problems.add(Problem.error(
                            word.at(),
                            "data.scale.target must be none, got " + CanonicalText.text(word.text()) + ": "
                                    + data.target()
                                    + " is a class, and its "
                                    + (data.task() == Task.CLASSES
                                            ? "classes"
                                            : data.label(0) + " and " + data.label(1))
                                    + " are names, not amounts")
                    .suggesting("leave it out; data.scale.features scales the features"));
        }
    }

    private static Method method(Optional<Spec.Word> word) {
        return word.map(given ->
                        Method.valueOf(given.text().toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(Method.NONE);
    }
}
