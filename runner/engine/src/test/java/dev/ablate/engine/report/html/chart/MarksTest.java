package dev.ablate.engine.report.html.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.Gson;
import dev.ablate.core.training.Decision;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.Confusion;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.Trials;
import dev.ablate.engine.report.picture.Dot;
import dev.ablate.engine.report.picture.Dots;
import dev.ablate.engine.report.picture.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a mark means is said, and what means something else has another mark. */
class MarksTest {

    private static final Group BIAS = Trials.orGate().findings().question().variants().stream()
            .map(variant -> new Group(
                    variant, Trials.orGate().findings().question().cells().get(0)))
            .findFirst()
            .orElseThrow();

    private final Question question = Trials.orGate().findings().question();

    @Test
    void rowsHeldBackAreDiamondsAndTheModelIsThatOfASeed() {
        Dots both = new Dots(List.of(new Dot(0, 0)), List.of(new Dot(1, 1)));
        Chart chart = new RegionCharts(question)
                .of(List.of(region(10, both, List.of(0.0, 0.5, 0.5, 1.0))))
                .get(0);

        assertThat(chart.note())
                .contains("Circles: rows trained on. Diamonds: rows held back.", "seed 7, the first of 10 runs");
        assertThat(new Gson().toJson(chart.option()))
                .contains("\"name\":\"1 in the data, held back\",\"symbol\":\"diamond\"");
    }

    @Test
    void nothingIsSaidOfAPartThatIsNotThereOrOfTheOnlySeed() {
        Dots trained = new Dots(List.of(new Dot(0, 0)), List.of());
        Chart chart = new RegionCharts(question)
                .of(List.of(region(1, trained, List.of(0.0, 0.5, 0.5, 1.0))))
                .get(0);

        assertThat(chart.note()).doesNotContain("Diamonds", "seed");
        assertThat(new Gson().toJson(chart.option())).doesNotContain("diamond");
    }

    @Test
    void aTieUpToRoundingHasNoSide() {
        Dots none = new Dots(List.of(), List.of());
        List<Double> noise = List.of(0.5, 0.5 + 1e-16, 0.5 - 1e-16, 0.5 + 1e-12);
        Chart chart =
                new RegionCharts(question).of(List.of(region(1, none, noise))).get(0);

        assertThat(new Gson().toJson(chart.option()))
                .contains(Charts.GREY + "40")
                .contains("\"color\":\"#0072b240\",\"data\":[[0,0]],\"outlines\":[]");
    }

    @Test
    void aBorderThatNoWeightMovesAwayFromTheOriginIsNamed() {
        Dots none = new Dots(List.of(), List.of());
        List<Double> answers = List.of(0.5, 0.7, 0.7, 0.9);

        assertThat(new RegionCharts(question)
                        .of(List.of(region(1, none, answers, true)))
                        .get(0)
                        .note())
                .contains("on the line between them it is 0.5. Without a bias (bias) that line passes through (0, 0)");
        assertThat(new RegionCharts(question)
                        .of(List.of(region(1, none, answers)))
                        .get(0)
                        .note())
                .doesNotContain("(0, 0)");
    }

    @Test
    void aTieIsNamedWhereItCountsAsRight() {
        List<Chart> charts = new ConfusionCharts(question).of(List.of(confusion(0), confusion(1)));

        assertThat(charts).allSatisfy(chart -> assertThat(chart.note()).contains("Tied", "counts as 0"));
        assertThat(new Gson().toJson(charts.get(0).option())).doesNotContain("tied");
        assertThat(new Gson().toJson(charts.get(1).option()))
                .as("below, as a square has no room beside")
                .contains("\"formatter\":\"1\\n(tied)\"", "\"lineHeight\":18");
    }

    @Test
    void eachOfSeveralClassesHasItsColourAndItsSymbol() {
        // alba in the south west, grandis in the north east, minor nowhere
        List<List<Double>> answers =
                List.of(List.of(0.8, 0.1, 0.1), List.of(0.4, 0.3, 0.3), List.of(0.4, 0.3, 0.3), List.of(0.1, 0.7, 0.2));
        Region region = new Region(
                BIAS,
                7,
                2,
                "x1",
                "x2",
                new Dot(0, 0),
                new Dot(1, 1),
                2,
                answers,
                Decision.DEFAULT,
                List.of("alba", "grandis", "minor"),
                List.of(
                        new Dots(List.of(new Dot(0, 0)), List.of()),
                        new Dots(List.of(), List.of(new Dot(1, 1))),
                        new Dots(List.of(), List.of())),
                true);
        Chart chart = new RegionCharts(question).of(List.of(region)).get(0);
        assertThat(chart.legend())
                .extracting(Chart.Entry::name, entry -> entry.sign().symbol())
                .containsExactly(tuple("alba", "circle"), tuple("grandis", "rect"), tuple("minor", "triangle"));
        assertThat(chart.note())
                .contains(
                        "Without a bias (bias) all borders pass through (0, 0)",
                        "hollow ones rows held back",
                        "model of seed 7");
        String option = new Gson().toJson(chart.option());
        assertThat(option)
                .contains("#0072b2d0", "#d55e0040", "alba in the data, trained on", "grandis in the data, held back")
                .doesNotContain("#009e73");
    }

    @Test
    void aMatrixHasASquareForEachPairOfClasses() {
        Confusion three = new Confusion(
                BIAS,
                "test",
                2,
                List.of("alba", "grandis", "minor"),
                List.of(List.of(5L, 1L, 0L), List.of(0L, 6L, 2L), List.of(0L, 0L, 7L)),
                0,
                List.of(0L, 0L, 0L),
                List.of(0, 0, 0),
                0);
        Chart chart = new ConfusionCharts(question).of(List.of(three)).get(0);
        assertThat(new Gson().toJson(chart.option()))
                .contains(
                        "\"data\":[\"minor\",\"grandis\",\"alba\"]",
                        "2 rows with grandis in the data answered minor",
                        "\"value\":[2,1,-1]",
                        "\"value\":[2,0,1]");
        assertThat(chart.note()).contains("Rows held back, of all 2 runs together");
    }

    private static Confusion confusion(long tied) {
        return new Confusion(
                BIAS,
                "train",
                1,
                List.of("0", "1"),
                List.of(List.of(1L, 0L), List.of(0L, 3L)),
                0,
                List.of(tied, 0L),
                List.of(0, 0),
                0);
    }

    private static Region region(int runs, Dots ones, List<Double> answers) {
        return region(runs, ones, answers, false);
    }

    private static Region region(int runs, Dots ones, List<Double> answers, boolean bound) {
        return new Region(
                BIAS,
                7,
                runs,
                "x1",
                "x2",
                new Dot(0, 0),
                new Dot(1, 1),
                2,
                answers.stream().map(List::of).toList(),
                Decision.DEFAULT,
                List.of("0", "1"),
                List.of(new Dots(List.of(), List.of()), ones),
                bound);
    }
}
