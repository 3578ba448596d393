package dev.ablate.trainers.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.TrainerContract;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactClassesTest extends TrainerContract<ExactOptions> {

    private static final String[] NAMES = {"red", "green", "blue"};

    @Override
    protected Task task() {
        return Task.CLASSES;
    }

    @Override
    protected Trainer<ExactOptions> trainer() {
        return new Exact();
    }

    @Override
    protected ExactOptions options(long updates) {
        return new ExactOptions(true, 1);
    }

    @Nested
    final class WithoutBias extends TrainerContract<ExactOptions> {

        @Override
        protected Task task() {
            return Task.CLASSES;
        }

        @Override
        protected Trainer<ExactOptions> trainer() {
            return new Exact();
        }

        @Override
        protected ExactOptions options(long updates) {
            return new ExactOptions(false, 0.5);
        }
    }

    /** What scikit-learn finds of some rows, {@code weights} of {@code [classes]} of {@code [d]}. */
    private record Case(
            int classes,
            boolean bias,
            double l2,
            List<List<Double>> rows,
            List<Double> targets,
            List<List<Double>> weights,
            List<Double> intercepts) {

        Examples examples() {
            return Examples.of(
                    IntStream.range(0, rows.get(0).size())
                            .mapToObj(i -> "x" + i)
                            .toList(),
                    numbers(rows.stream().flatMap(List::stream)),
                    numbers(targets.stream()));
        }

        private static double[] numbers(Stream<Double> values) {
            return values.mapToDouble(Double::doubleValue).toArray();
        }
    }

    private record Cases(String source, List<Case> cases) {}

    static Stream<Case> cases() throws IOException {
        try (Reader figures = new InputStreamReader(
                Objects.requireNonNull(ExactClassesTest.class.getResourceAsStream("/exact-classes.json")),
                StandardCharsets.UTF_8)) {
            return new Gson().fromJson(figures, Cases.class).cases().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheWeightsOfScikitLearn(Case given) {
        String[] names =
                IntStream.range(0, given.classes).mapToObj(k -> "c" + k).toArray(String[]::new);
        Map<String, Double> found =
                train(given.examples(), names, given.bias, given.l2).parameters();
        for (int k = 0; k < given.classes; k++) {
            for (int i = 0; i < given.weights.get(k).size(); i++) {
                assertClose(found, "x" + i + "/c" + k, given.weights.get(k).get(i));
            }
            if (given.bias) {
                assertClose(found, "bias/c" + k, given.intercepts.get(k));
            }
        }
        assertThat(found).hasSize(given.classes * (given.weights.get(0).size() + (given.bias ? 1 : 0)));
    }

    private static void assertClose(Map<String, Double> found, String name, double expected) {
        assertThat(found.get(name)).as(name).isCloseTo(expected, within(1e-7 * (1 + Math.abs(expected))));
    }

    /** Of the weights that are equally likely. */
    @Test
    void findsTheWeightsThatAddUpToNothingOverTheClasses() throws IOException {
        Case given = cases().findFirst().orElseThrow();
        assertThat(given.l2).isZero();
        Map<String, Double> found = train(given.examples(), NAMES, true, 0).parameters();
        for (String from : List.of("x0", "x1", "bias")) {
            assertThat(Stream.of(NAMES)
                            .mapToDouble(name -> found.get(from + "/" + name))
                            .sum())
                    .isCloseTo(0, within(1e-14));
        }
    }

    // the slope of the likelihood by the biases is 0
    @Test
    void answersOnTheWholeAsManyOfEachClassAsThereAre() {
        Examples examples =
                Examples.of(List.of("x"), new double[] {1, 2, 3, 4, 5, 6, 7, 8}, new double[] {0, 1, 2, 0, 1, 2, 2, 1});
        RecordedTraining training = new RecordedTraining(examples, 1).classes(NAMES);
        List<Double> shares = training.predictions(new Exact().train(new ExactOptions(true, 0.5), training));
        double[] sums = new double[3];
        for (int index = 0; index < shares.size(); index++) {
            sums[index % 3] += shares.get(index);
        }
        assertThat(sums).containsExactly(new double[] {2, 3, 3}, within(1e-9));
    }

    @Test
    void refusesClassesThatCanBeSeparated() {
        Examples examples = Examples.of(List.of("x"), new double[] {1, 2, 3, 4, 5, 6}, new double[] {0, 0, 1, 1, 2, 2});
        assertThatThrownBy(() -> train(examples, NAMES, true, 0))
                .hasMessage("the features separate the classes, or some rows of one from the others, so that larger"
                        + " weights are always more likely: give l2, such as 1");
        assertThat(train(examples, NAMES, true, 1).parameters().values())
                .allSatisfy(number -> assertThat(number).isFinite());
        // one class alone
        Examples one = Examples.of(
                List.of("x"), new double[] {1, 2, 3, 4, 5, 6, 9, 10}, new double[] {0, 1, 0, 1, 1, 0, 2, 2});
        assertThatThrownBy(() -> train(one, NAMES, true, 0)).hasMessageStartingWith("the features separate");
    }

    @Test
    void refusesAClassWithoutARow() {
        Examples examples = Examples.of(List.of("x"), new double[] {1, 2, 3, 4}, new double[] {0, 2, 0, 2});
        assertThatThrownBy(() -> train(examples, NAMES, true, 1))
                .hasMessage(
                        "no training row is of the class green, so that no weights are the most likely: share out the"
                                + " classes by data.split.stratify, or leave that class out");
    }

    @Test
    void namesColumnsThatCanBeMadeOfOthers() {
        double[] rows = {1, 2, 3, 2, 1, 3, 4, 4, 8, 0, 1, 1, 5, 2, 7, 3, 3, 6};
        Examples examples = Examples.of(List.of("a", "b", "sum"), rows, new double[] {0, 1, 2, 0, 1, 2});
        assertThatThrownBy(() -> train(examples, NAMES, true, 0))
                .hasMessageMatching(
                        "the column (a|b|sum) can be made of the others, so that many weights are equally good:"
                                + " leave it out by data.features, or give l2, such as 1");
        assertThat(train(examples, NAMES, true, 1e-2).parameters()).hasSize(12);
    }

    private static Model train(Examples examples, String[] names, boolean bias, double l2) {
        return new Exact().train(new ExactOptions(bias, l2), new RecordedTraining(examples, 1).classes(names));
    }
}
