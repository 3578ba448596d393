package dev.ablate.worker.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.training.Decision;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics give what scikit-learn gives, for random answers with ties and for classes without rows. */
class FiguresTest {

    private static final Map<String, Metric> METRICS = Map.ofEntries(
            Map.entry("mse", new MeanSquaredError()),
            Map.entry("mae", new MeanAbsoluteError()),
            Map.entry("r2", new ExplainedSpread()),
            Map.entry("medae", new MedianAbsoluteError()),
            Map.entry("accuracy", new Accuracy()),
            Map.entry("balanced_accuracy", new BalancedAccuracy()),
            Map.entry("precision", new Precision()),
            Map.entry("recall", new Recall()),
            Map.entry("f1", new FScore()),
            Map.entry("mcc", new MatthewsCorrelation()),
            Map.entry("roc_auc", new RocAuc()),
            Map.entry("pr_auc", new PrAuc()),
            Map.entry("log_loss", new LogLoss()));

    static Stream<JsonObject> cases() throws IOException {
        try (Reader figures = new InputStreamReader(
                Objects.requireNonNull(FiguresTest.class.getResourceAsStream("/metrics/figures.json")),
                StandardCharsets.UTF_8)) {
            JsonArray cases = JsonParser.parseReader(figures).getAsJsonObject().getAsJsonArray("cases");
            return StreamSupport.stream(cases.spliterator(), false).map(JsonElement::getAsJsonObject);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areThoseOfScikitLearn(JsonObject given) {
        Answers answers = Answers.of(numbers(given.get("answers")), numbers(given.get("targets")), Decision.DEFAULT);
        given.getAsJsonObject("expected").entrySet().forEach(expected -> {
            String name = expected.getKey();
            OptionalDouble value =
                    Objects.requireNonNull(METRICS.get(name), name).of(answers);
            if (expected.getValue().isJsonNull()) {
                assertThat(value).as(name).isEmpty();
            } else {
                double figure = expected.getValue().getAsDouble();
                assertThat(value.orElseThrow())
                        .as(name)
                        .isCloseTo(figure, within(1e-12 * Math.max(1, Math.abs(figure))));
            }
        });
    }

    private static double[] numbers(JsonElement list) {
        return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }
}
