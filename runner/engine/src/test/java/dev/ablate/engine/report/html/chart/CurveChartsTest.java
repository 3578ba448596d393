package dev.ablate.engine.report.html.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.Trials;
import dev.ablate.engine.report.picture.Band;
import dev.ablate.engine.report.picture.CurveLine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveChartsTest {

    private static final String COINCIDE = "Where lines coincide, those beneath are drawn wider.";

    private final CurveCharts charts =
            new CurveCharts(Trials.orGate().findings().question(), false);

    @Test
    void accuracyIsDrawnUpToAllRight() {
        Chart chart = chart(line("bias", "train/accuracy", 1, 100, at -> 0.5 + 0.003 * at));

        assertThat(axis(chart, "yAxis")).extractingByKey("max").hasToString("1");
        assertThat(axis(chart, "yAxis"))
                .extractingByKey("axisLabel")
                .hasToString("{showMinLabel=true, showMaxLabel=true}");
    }

    @Test
    void axesStayAtTheEdgeWhereNothingIsInside() {
        Chart chart = chart(line("bias", "train/r2", 1, 100, at -> -5 + 0.055 * at));

        assertThat(axis(chart, "xAxis")).extractingByKey("axisLine").hasToString("{onZero=false}");
        assertThat(axis(chart, "yAxis")).extractingByKey("axisLine").hasToString("{onZero=false}");
    }

    @Test
    void linesThatCoincideForMostOfTheWayAreSeenAndSaid() {
        CurveLine beneath = line("bias", "train/mse", 1, 100, at -> 1 / (1 + at));
        CurveLine above = line("no-bias", "train/mse", 1, 100, at -> at < 20 ? 2 / (1 + at) : 1 / (1 + at));
        CurveLine shorter = line("no-bias", "train/mse", 1, 60, at -> 1 / (1 + at));

        assertThat(chart(beneath, above).note()).contains(COINCIDE);
        assertThat(chart(beneath, above).option().toString()).contains("width=5", "width=2");
        assertThat(chart(shorter, beneath).note())
                .as("of which one has fewer points")
                .contains(COINCIDE);
    }

    @Test
    void linesThatOnlyMeetAreNotWidened() {
        CurveLine one = line("bias", "train/mse", 1, 100, at -> at / 100);
        CurveLine other = line("no-bias", "train/mse", 1, 100, at -> 1 - at / 100);
        CurveLine early = line("no-bias", "train/mse", 1, 100, at -> at < 30 ? at / 100 : 0.3);

        assertThat(chart(one, other).note()).doesNotContain(COINCIDE);
        assertThat(chart(one, early).note()).doesNotContain(COINCIDE);
    }

    @Test
    void whatALogarithmicAxisSetsApartDoesNotCoincide() {
        CurveLine one = line("bias", "train/mse", 1, 100, at -> Math.pow(10, -at / 10));
        CurveLine other = line("no-bias", "train/mse", 1, 100, at -> Math.pow(10, -at / 20));

        assertThat(chart(one, other).note()).contains("Log scale").doesNotContain(COINCIDE);
    }

    @Test
    void aStopRuleSaysWhyLinesEnd() {
        CurveCharts stopped = new CurveCharts(Trials.orGate().findings().question(), true);
        CurveLine one = line("bias", "train/mse", 1, 50, at -> 1 - at / 100);
        CurveLine ten = line("bias", "train/mse", 10, 50, at -> 1 - at / 100);

        assertThat(stopped.of(List.of(one)).get(0).note())
                .contains("The spec's stop rule ended runs early, and their lines with them.");
        assertThat(stopped.of(List.of(ten)).get(0).note())
                .contains("stop rule ended runs early: a line ends with the last of its runs");
        assertThat(chart(one).note()).doesNotContain("stop rule");
    }

    private Chart chart(CurveLine... lines) {
        return charts.of(List.of(lines)).get(0);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> axis(Chart chart, String which) {
        return (Map<String, Object>) Objects.requireNonNull(chart.option().get(which));
    }

    private static CurveLine line(String variant, String name, int runs, int last, DoubleUnaryOperator value) {
        return new CurveLine(
                new Group(variant, Map.of()),
                name,
                runs,
                IntStream.rangeClosed(0, last)
                        .mapToObj(at -> Band.of(at, List.of(value.applyAsDouble(at))))
                        .toList());
    }
}
