package dev.ablate.trainers.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.training.ForwardingTraining;
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
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactTest extends TrainerContract<ExactOptions> {

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
        protected Trainer<ExactOptions> trainer() {
            return new Exact();
        }

        @Override
        protected ExactOptions options(long updates) {
            return new ExactOptions(false, 0.5);
        }
    }

    static Stream<JsonObject> cases() throws IOException {
        try (Reader figures = new InputStreamReader(
                Objects.requireNonNull(ExactTest.class.getResourceAsStream("/exact.json")), StandardCharsets.UTF_8)) {
            JsonArray cases = JsonParser.parseReader(figures).getAsJsonObject().getAsJsonArray("cases");
            return StreamSupport.stream(cases.spliterator(), false).map(JsonElement::getAsJsonObject);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheWeightsOfScikitLearn(JsonObject given) {
        double[] weights = numbers(given.getAsJsonArray("weights"));
        boolean bias = given.get("bias").getAsBoolean();
        double[] rows = StreamSupport.stream(given.getAsJsonArray("rows").spliterator(), false)
                .flatMapToDouble(row -> DoubleStream.of(numbers(row.getAsJsonArray())))
                .toArray();
        Examples examples = Examples.of(names(weights.length), rows, numbers(given.getAsJsonArray("targets")));
        Map<String, Double> found = train(
                Task.valueOf(given.get("task").getAsString()),
                examples,
                new ExactOptions(bias, given.get("l2").getAsDouble()));
        for (int k = 0; k < weights.length; k++) {
            assertThat(found.get("x" + k)).isCloseTo(weights[k], within(1e-8 * (1 + Math.abs(weights[k]))));
        }
        if (bias) {
            double intercept = given.get("intercept").getAsDouble();
            assertThat(found.get("bias")).isCloseTo(intercept, within(1e-8 * (1 + Math.abs(intercept))));
        } else {
            assertThat(found).doesNotContainKey("bias");
        }
    }

    @Test
    void namesTheWayOutOfAColumnForEachCategory() {
        double[] rows = {1, 0, 0, 1, 1, 0, 0, 1};
        Examples examples = Examples.of(List.of("port=C", "port=Q"), rows, new double[] {1, 2, 3, 4});
        assertThatThrownBy(() -> train(Task.REGRESSION, examples, new ExactOptions(true, 0)))
                .hasMessageEndingWith(
                        "or give l2, such as 1; of categories, data: { encode: { categories: reference } }"
                                + " leaves one out");
    }

    @Test
    void namesACategoryThatNoTrainingRowHas() {
        double[] rows = {1, 0, 2, 0, 3, 0, 5, 0};
        Examples examples = Examples.of(List.of("x", "port=Q"), rows, new double[] {0, 1, 0, 1});
        for (Task task : List.of(Task.REGRESSION, Task.BINARY_CLASSIFICATION)) {
            assertThatThrownBy(() -> train(task, examples, new ExactOptions(true, 0)))
                    .hasMessage(
                            "the column port=Q is 0 in all of them, so that any weight is equally good: give l2, such as 1,"
                                    + " gather rare categories, such as data: { encode: { rare: 0.05 } }, or hold back other rows");
        }
    }

    @Test
    void namesColumnsThatCanBeMadeOfOthers() {
        double[] rows = {1, 2, 3, 2, 1, 3, 4, 4, 8, 0, 1, 1, 5, 2, 7};
        Examples examples = Examples.of(List.of("a", "b", "sum"), rows, new double[] {1, 2, 3, 4, 6});
        assertThatThrownBy(() -> train(Task.REGRESSION, examples, new ExactOptions(true, 0)))
                .hasMessageMatching(
                        "the column (a|b|sum) can be made of the others, so that many weights are equally good:"
                                + " leave it out by data.features, or give l2, such as 1");
        assertThat(train(Task.REGRESSION, examples, new ExactOptions(true, 1e-3)))
                .hasSize(4);
    }

    @Test
    void refusesMoreNumbersThanRows() {
        Examples examples = Examples.of(List.of("a", "b"), new double[] {1, 2, 3, 5}, new double[] {1, 2});
        assertThatThrownBy(() -> train(Task.REGRESSION, examples, new ExactOptions(true, 0)))
                .hasMessage("2 rows do not determine 3 numbers: choose fewer features, or give l2");
    }

    @Test
    void refusesClassesThatCanBeSeparated() {
        double[] rows = {1, 2, 3, 4, 5, 6};
        for (double[] targets : List.of(new double[] {0, 0, 0, 1, 1, 1}, new double[] {1, 1, 0, 0, 0, 0})) {
            Examples examples = Examples.of(List.of("x"), rows, targets);
            assertThatThrownBy(() -> train(Task.BINARY_CLASSIFICATION, examples, new ExactOptions(true, 0)))
                    .hasMessage("the features separate the classes, or some rows of one from the others, so that larger"
                            + " weights are always more likely: give l2, such as 1");
            assertThat(train(Task.BINARY_CLASSIFICATION, examples, new ExactOptions(true, 1))
                            .get("x"))
                    .isFinite();
        }
        Examples one = Examples.of(List.of("x"), rows, new double[] {1, 1, 1, 1, 1, 1});
        assertThatThrownBy(() -> train(Task.BINARY_CLASSIFICATION, one, new ExactOptions(true, 1)))
                .hasMessage("all training rows are of one class: no weights are the most likely");
        // all of one side but a row that is exactly on the edge
        Examples edge = Examples.of(List.of("x"), new double[] {1, 2, 3, 3, 4, 5}, new double[] {0, 0, 0, 1, 1, 1});
        assertThatThrownBy(() -> train(Task.BINARY_CLASSIFICATION, edge, new ExactOptions(true, 0)))
                .hasMessageStartingWith("the features separate the classes");
    }

    private static Map<String, Double> train(Task task, Examples examples, ExactOptions options) {
        Dataset data = task == Task.REGRESSION
                ? Dataset.regression(examples, "y", Map.of(), "")
                : Dataset.classification(examples, "y", "");
        return new Exact()
                .train(options, new ForwardingTraining(new RecordedTraining(examples, 1)) {
                    @Override
                    public Schema schema() {
                        return data.schema();
                    }
                })
                .parameters();
    }

    private static List<String> names(int width) {
        return IntStream.range(0, width).mapToObj(k -> "x" + k).toList();
    }

    private static double[] numbers(JsonArray list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }
}
