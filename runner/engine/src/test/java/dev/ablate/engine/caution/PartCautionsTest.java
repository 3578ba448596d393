package dev.ablate.engine.caution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Fold;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartCautionsTest {

    private static final Descent TRAINER = Descent.of(new Descent.Options(Activation.SIGMOID, 0.1, 10, true, true));

    /** A row for each target, known by its number. */
    private static Examples rows(double... targets) {
        double[] rows =
                IntStream.range(0, targets.length).mapToDouble(row -> row).toArray();
        return Examples.of(List.of("x"), rows, targets);
    }

    private static Dataset classes(int zeros, int ones) {
        double[] targets = IntStream.range(0, zeros + ones)
                .mapToDouble(row -> row < zeros ? 0 : 1)
                .toArray();
        return Dataset.classification(rows(targets), "y", "");
    }

    private static Dataset numbers(double... targets) {
        return Dataset.regression(rows(targets), "y", Map.of(), "");
    }

    private static List<String> cautions(Dataset data, UnaryOperator<ChangedRun> change) {
        List<PlannedRun> runs = LongStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(seed -> Stream.of("bias", "no-bias").map(variant -> SmallPlans.run(variant, seed, TRAINER)))
                .map(run -> change.apply(new ChangedRun(run).on(data)).run())
                .toList();
        return PartCautions.of(runs).stream()
                .map(caution -> caution.what() + "; " + caution.wayOut())
                .toList();
    }

    @Test
    void saysThatSortedRowsLeaveOneClassToTheLast() {
        assertThat(cautions(classes(30, 10), run -> run.split(0.25, Take.LAST, Per.SEED)))
                .containsExactly(
                        "the training part has rows of one class alone (y = 0), and the test part has rows of one class"
                                + " alone (y = 1): accuracy says nothing there about separating the classes;"
                                + " write take: random, as the rows seem to be sorted");
    }

    private static Dataset three(int... rows) {
        double[] targets = IntStream.range(0, rows.length)
                .flatMap(k -> IntStream.range(0, rows[k]).map(row -> k))
                .mapToDouble(k -> k)
                .toArray();
        return Dataset.classification(rows(targets), "y", List.of("alba", "grandis", "minor"), "");
    }

    @Test
    void saysWhichOfSeveralClassesAPartLacks() {
        assertThat(cautions(three(10, 10, 10), run -> run.split(0.5, Take.LAST, Per.SEED)))
                .containsExactly(
                        "the training part has no row of minor, and the test part has no row of alba: what is"
                                + " measured there says nothing of that class; write take: random, as the rows seem to be sorted");
        assertThat(cautions(three(10, 10, 10), run -> run.split(10.0 / 30, Take.LAST, Per.SEED)))
                .containsExactly("the training part has no row of minor, and the test part has rows of one class alone"
                        + " (y = minor): what is measured there says nothing of that class; write take: random, as the"
                        + " rows seem to be sorted");
        assertThat(cautions(three(40, 40, 8), run -> run.split(0.5)))
                .singleElement()
                .asString()
                .contains("the test part has fewer than 5 rows of a class");
        assertThat(cautions(three(40, 40, 40), run -> run.split(0.5))).isEmpty();
        assertThat(cautions(three(40, 40, 0), run -> run.split(0.5)))
                .as("a class that no row is of is not missed")
                .isEmpty();
    }

    @Test
    void countsTheSeedsWhosePartsHaveOneClass() {
        List<String> cautions = cautions(classes(39, 1), run -> run.split(0.2));

        assertThat(cautions).singleElement().satisfies(caution -> {
            assertThat(caution).contains("of 10 seeds the training part has rows of one class alone (y = 0), and in ");
            assertThat(caution)
                    .endsWith(
                            "write data.split.stratify: true, hold back another share (data.split.test), or collect more rows of the rarer class");
            int[] seeds = Stream.of(caution.split("\\D+"))
                    .filter(number -> !number.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            assertThat(seeds[0] + seeds[3])
                    .as("the one row is in either part: %s", caution)
                    .isEqualTo(10);
        });
    }

    @Test
    void saysThatAPartHasFewRowsOfAClass() {
        assertThat(cautions(classes(12, 12), run -> run.split(0.25, Take.RANDOM, Per.EXPERIMENT)))
                .containsExactly(
                        "the test part has fewer than 5 rows of a class: one row more or less changes what accuracy"
                                + " says; write data.split.stratify: true, hold back another share (data.split.test), or collect"
                                + " more rows of the rarer class");
        assertThat(cautions(classes(400, 400), run -> run.split(0.25))).isEmpty();
    }

    @Test
    void saysThatThereIsNothingToLearn() {
        assertThat(cautions(classes(10, 0), run -> run.split(0.3)))
                .containsExactly(
                        "y is 0 in all 10 rows, so there is nothing to learn from them; use data with other answers, too");
        assertThat(cautions(numbers(2.5, 2.5, 2.5), run -> run)).hasSize(1);
    }

    @Test
    void saysThatTheLastOfSortedNumbersAreOthers() {
        assertThat(cautions(numbers(1, 2, 2, 3, 4), run -> run.split(0.2, Take.LAST, Per.SEED)))
                .containsExactly(
                        "the rows are sorted by y, and take: last holds back the largest of them, so the two parts"
                                + " share no answers; write take: random");
        assertThat(cautions(numbers(4, 3, 2, 1), run -> run.split(0.2, Take.LAST, Per.SEED)))
                .singleElement()
                .asString()
                .contains("the smallest of them");
        assertThat(cautions(numbers(1, 3, 2, 4), run -> run.split(0.2, Take.LAST, Per.SEED)))
                .isEmpty();
        assertThat(cautions(numbers(1, 2, 3, 4), run -> run.split(0.2))).isEmpty();
    }

    @Test
    void saysNothingOfDataThatAreNotSplit() {
        assertThat(cautions(classes(3, 1), run -> run)).isEmpty();
    }

    private static SplitSettings parts(double test, double validation, Optional<Fold> fold) {
        return new SplitSettings(test, validation, Take.RANDOM, Per.SEED, false, Optional.empty(), fold);
    }

    @Test
    void looksAtTheValidationPartAndAtFolds() {
        assertThat(cautions(classes(30, 1), run -> run.split(parts(0.2, 0.3, Optional.empty()))))
                .singleElement()
                .asString()
                .containsPattern(
                        "the validation part has rows of one class alone \\(y = 0\\), and in \\d+ of 10 seeds the test part");
        assertThat(cautions(classes(30, 4), run -> run.split(parts(0, 0, Optional.of(new Fold(2, 5))))))
                .singleElement()
                .asString()
                .containsPattern("^in \\d+ of 10 folds the test part has rows of one class alone \\(y = 0\\)")
                .contains("write data.split.stratify: true, cut fewer folds (data.split.folds), or collect more rows");
        assertThat(cautions(classes(30, 30), run -> run.split(parts(0.4, 0.1, Optional.empty()))))
                .singleElement()
                .asString()
                .contains("the validation part has fewer than 5 rows of a class");
    }

    @Test
    void saysThatEqualRowsAreTrainedOnAndHeldBack() {
        double[] values =
                IntStream.range(0, 100).mapToDouble(row -> row - row % 2).toArray();
        Dataset twice = Dataset.regression(Examples.of(List.of("x"), values, values), "y", Map.of(), "");
        assertThat(cautions(twice, run -> run.split(0.2)))
                .first()
                .asString()
                .matches(
                        "in 10 of 10 seeds up to \\d+ of 20 rows held back equal rows that are trained on, .*group\\)");
        double[] others = values.clone();
        for (int row = 0; row < 100; row += 2) {
            others[row] += 0.5;
        }
        Dataset contradicting = Dataset.regression(Examples.of(List.of("x"), values, others), "y", Map.of(), "");
        assertThat(cautions(contradicting, run -> run.split(0.2))).noneMatch(caution -> caution.contains("equal rows"));
    }
}
