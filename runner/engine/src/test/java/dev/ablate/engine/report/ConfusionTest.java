package dev.ablate.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each class has the figures that scikit-learn gives, also one without rows and one that no answer is of. */
class ConfusionTest {

    static Stream<JsonObject> cases() throws IOException {
        try (Reader figures = new InputStreamReader(
                Objects.requireNonNull(ConfusionTest.class.getResourceAsStream("/classes/by-class.json")),
                StandardCharsets.UTF_8)) {
            return elements(JsonParser.parseReader(figures).getAsJsonObject().get("cases"))
                    .map(JsonElement::getAsJsonObject)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areThoseOfScikitLearn(JsonObject given) {
        List<List<Long>> counts = elements(given.get("counts"))
                .map(row -> elements(row).map(JsonElement::getAsLong).toList())
                .toList();
        int classes = counts.size();
        Confusion confusion = new Confusion(
                new Group("a", Map.of()),
                "test",
                1,
                Collections.nCopies(classes, "x"),
                counts,
                0,
                Collections.nCopies(classes, 0L),
                Collections.nCopies(classes, 0),
                0);
        for (int k = 0; k < classes; k++) {
            assertThat(confusion.rows(k))
                    .isEqualTo(given.getAsJsonArray("rows").get(k).getAsLong());
            assertThat(confusion.precision(k)).isCloseTo(figure(given, "precision", k), within(1e-12));
            assertThat(confusion.recall(k)).isCloseTo(figure(given, "recall", k), within(1e-12));
            assertThat(confusion.f1(k)).isCloseTo(figure(given, "f1", k), within(1e-12));
        }
    }

    private static double figure(JsonObject given, String name, int k) {
        JsonArray figures = given.getAsJsonArray(name);
        return figures.get(k).getAsDouble();
    }

    private static Stream<JsonElement> elements(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false);
    }
}
