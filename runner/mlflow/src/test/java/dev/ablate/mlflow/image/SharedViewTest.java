package dev.ablate.mlflow.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is written; that MLflow shows it so, MlflowPageTest sees in a browser. */
class SharedViewTest {

    @Test
    void showsWhatIsComparedFirstWithTheSectionOfThePrimaryMetricBeforeAll() {
        JsonObject view = view(List.of("test/mse", "train/mse", "test/accuracy", "loss"), 2);

        assertThat(names(view, "compareRunSections", "name")).containsExactly("test", "train", "");
        assertThat(names(view, "compareRunCharts", "metricKey"))
                .containsExactly("test/mse", "train/mse", "test/accuracy", "loss");
        assertThat(names(view, "compareRunCharts", "metricSectionId"))
                .containsExactly(
                        "ablate-section-test", "ablate-section-train", "ablate-section-test", "ablate-section-");
        assertThat(names(view, "compareRunSections", "uuid"))
                .containsExactly("ablate-section-test", "ablate-section-train", "ablate-section-");
        assertThat(view.get("isAccordionReordered").getAsBoolean()).isTrue();
    }

    @Test
    void leavesTheChartsToMlflowWhereNothingIsCompared() {
        assertThat(view(List.of(), 2).keySet()).doesNotContain("compareRunCharts", "compareRunSections");
    }

    @Test
    void averagesManyRunsAndStaysWithinATag() {
        List<String> many = IntStream.range(0, 60)
                .mapToObj(i -> "test/a_long_name_of_a_metric_" + i)
                .toList();

        assertThat(view(many, SharedView.MOST_CURVES)
                        .get("useGroupedValuesInCharts")
                        .getAsBoolean())
                .isFalse();
        assertThat(view(many, SharedView.MOST_CURVES + 1)
                        .get("useGroupedValuesInCharts")
                        .getAsBoolean())
                .isTrue();
        assertThat(new SharedView("p", many, 2).value()).hasSizeLessThan(5000);
    }

    private static JsonObject view(List<String> metrics, int runs) {
        return JsonParser.parseString(new SharedView("p", metrics, runs).value())
                .getAsJsonObject();
    }

    private static List<String> names(JsonObject view, String array, String key) {
        JsonArray all = view.getAsJsonArray(array);
        return all.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(each -> each.get(key).getAsString())
                .toList();
    }
}
