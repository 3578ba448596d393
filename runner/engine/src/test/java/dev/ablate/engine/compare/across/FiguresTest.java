package dev.ablate.engine.compare.across;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.plan.TestChoice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What SciPy, statsmodels and autorank say of 100 random tables; {@code across/figures.py} made the file. */
class FiguresTest {

    private static final Offset<Double> EXACT = within(1e-9);

    private static final JsonArray CASES = read();

    private static JsonArray read() {
        try (InputStream file = FiguresTest.class.getResourceAsStream("/across/figures.json")) {
            return JsonParser.parseString(
                            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static IntStream cases() {
        return IntStream.range(0, CASES.size());
    }

    private static double[] numbers(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    private static Table table(JsonObject figures) {
        JsonArray scores = figures.getAsJsonArray("scores");
        Table table =
                new Table(IntStream.range(0, scores.get(0).getAsJsonArray().size())
                        .mapToObj(i -> "v" + i)
                        .toArray(String[]::new));
        for (int row = 0; row < scores.size(); row++) {
            table.row("d" + row, numbers(scores.get(row)));
        }
        return table;
    }

    private static double[] each(Overall overall, ToDoubleFunction<Evidence> figure) {
        return overall.effects().stream()
                .map(effect -> effect.evidence().orElseThrow())
                .mapToDouble(figure)
                .toArray();
    }

    @Test
    void thereAreAHundredTables() {
        assertThat(CASES).hasSize(100);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSignedRankTestAndHolmAreScipysAndStatsmodels(int number) {
        JsonObject figures = CASES.get(number).getAsJsonObject();
        Overall overall = table(figures).by(TestChoice.WILCOXON).overall();
        assertThat(each(overall, Evidence::p)).containsExactly(numbers(figures.get("wilcoxon")), EXACT);
        assertThat(each(overall, Evidence::adjusted)).containsExactly(numbers(figures.get("wilcoxon_holm")), EXACT);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSignTestIsScipys(int number) {
        JsonObject figures = CASES.get(number).getAsJsonObject();
        Overall overall = table(figures).by(TestChoice.SIGN).overall();
        assertThat(each(overall, Evidence::p)).containsExactly(numbers(figures.get("sign")), EXACT);
        assertThat(each(overall, Evidence::adjusted)).containsExactly(numbers(figures.get("sign_holm")), EXACT);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void friedmansTestAndNemenyisDifferenceAreScipysAndAutoranks(int number) {
        JsonObject figures = CASES.get(number).getAsJsonObject();
        MeanRanks ranks = MeanRanks.of(table(figures).findings()).get(0);
        int k = ranks.ranks().size();
        assertThat(ranks.f()).isCloseTo(figures.get("iman_davenport").getAsDouble(), EXACT);
        assertThat(ranks.p()).isCloseTo(figures.get("iman_davenport_p").getAsDouble(), EXACT);
        assertThat(ranks.criticalDifference())
                .isCloseTo(figures.get("critical_difference").getAsDouble(), EXACT);
        assertThat(StudentizedRange.quantile(0.95, k))
                .isCloseTo(figures.get("studentized_range").getAsDouble(), EXACT);
        assertThat(ChiSquaredDistribution.of(k - 1.0)
                        .survivalProbability(figures.get("friedman").getAsDouble()))
                .as("the chi2 behind F")
                .isCloseTo(figures.get("autorank_friedman_p").getAsDouble(), EXACT);
        JsonObject places = figures.getAsJsonObject("autorank_ranks");
        assertThat(ranks.ranks().keySet()).hasSameElementsAs(places.keySet());
        places.keySet()
                .forEach(name -> assertThat(ranks.rank(name))
                        .as(name)
                        .isCloseTo(places.get(name).getAsDouble(), EXACT));
        List<Double> rising = List.copyOf(ranks.ranks().values());
        assertThat(rising).isSorted();
    }
}
