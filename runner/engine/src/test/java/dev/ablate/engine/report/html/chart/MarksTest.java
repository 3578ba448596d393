package dev.ablate.engine.report.html.chart;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(new Gson().toJson(charts.get(1).option())).contains("\"formatter\":\"1 (tied)\"");
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
