package dev.ablate.engine.report.html.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.picture.Band;
import dev.ablate.engine.report.picture.CurveLine;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveViewTest {

    @Test
    void showsAllWhereTheEndIsSeenBesideTheBeginning() {
        CurveView view = CurveView.of(List.of(line(at -> 0.05 + 0.2 / (1 + at)), line(at -> 0.2 / (1 + at))));

        assertThat(view.logarithmic()).isFalse();
        assertThat(view.note("mse")).isEmpty();
    }

    @Test
    void showsAllOfLinesThatMeet() {
        CurveView view = CurveView.of(
                List.of(line(at -> 30 * Math.pow(0.8, at)), line(at -> 7 * Math.pow(0.8, at)), line(at -> 0)));

        assertThat(view.logarithmic()).isFalse();
        assertThat(view.note("mse")).isEmpty();
    }

    @Test
    void takesALogarithmicAxisWhereThatShowsTheGap() {
        CurveView view =
                CurveView.of(List.of(line(at -> 0.08 + 10 / (1 + at * at)), line(at -> 0.43 + 10 / (1 + at * at))));

        assertThat(view.logarithmic()).isTrue();
        assertThat(view.note("rmse")).contains("Log scale");
    }

    @Test
    void beginsLaterWhereNothingElseShowsTheGapAndSaysSo() {
        List<CurveLine> lines =
                List.of(line(at -> 46_000 + 150_000 / Math.exp(at)), line(at -> 46_900 + 150_000 / Math.exp(at)));

        CurveView view = CurveView.of(lines);

        assertThat(view.logarithmic()).isFalse();
        assertThat(view.from()).isBetween(4.0, 10.0);
        assertThat(view.note("rmse")).contains("begins at update " + Math.round(view.from()), "196900");
        assertThat(view.shown(lines.get(0)).points().get(0).at()).isEqualTo(view.from());
        assertThat(view.shown(lines.get(0)).points()).hasSizeGreaterThan(90);
    }

    @Test
    void showsTheGapOfThePartWhoseLinesAreNearest() {
        CurveView view = CurveView.of(List.of(
                line("train/rmse", at -> 0.08 + 20 / Math.exp(at)),
                line("train/rmse", at -> 0.62 + 20 / Math.exp(at)),
                line("test/rmse", at -> 0.31 + 20 / Math.exp(at)),
                line("test/rmse", at -> 0.48 + 20 / Math.exp(at))));

        assertThat(view.logarithmic())
                .as("the lines of the test part would lie in a twentieth of the height")
                .isFalse();
        assertThat(view.from()).isPositive();
    }

    @Test
    void keepsTheEndOfALineThatEndsBeforeTheRestBegins() {
        List<CurveLine> lines = List.of(
                line(at -> 46_000 + 150_000 / Math.exp(at)),
                line(at -> 46_900 + 150_000 / Math.exp(at)),
                new CurveLine(new Group("short", Map.of()), "train/rmse", 1, List.of(Band.of(1, List.of(46_500.0)))));

        assertThat(CurveView.of(lines).shown(lines.get(2)).points()).hasSize(1);
    }

    private static CurveLine line(DoubleUnaryOperator value) {
        return line("train/rmse", value);
    }

    private static CurveLine line(String name, DoubleUnaryOperator value) {
        return new CurveLine(
                new Group("a", Map.of()),
                name,
                1,
                IntStream.rangeClosed(0, 100)
                        .mapToObj(at -> Band.of(at, List.of(value.applyAsDouble(at))))
                        .toList());
    }
}
