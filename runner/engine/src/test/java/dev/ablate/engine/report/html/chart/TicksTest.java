package dev.ablate.engine.report.html.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 1, 0.2",
        "0, 10000, 0, 10000, 2000",
        "0.0006, 0.2131, 0, 0.25, 0.05",
        "-5.84, 0, -6, 0, 1",
        "0, 145002, 0, 160000, 20000",
        "0.3, 0.6, 0.3, 0.6, 0.05",
        "-1e-7, 3e-7, -1e-7, 3e-7, 5e-8",
        "1e300, 3e300, 1e300, 3e300, 5e299"
    })
    void areMultiplesOfOneTwoOrFive(double low, double high, double from, double to, double step) {
        assertThat(Ticks.around(DoubleStream.of(high, Double.NaN, low))).isEqualTo(new Ticks(from, to, step));
    }

    @Test
    void ofOneValueBeginAtNothing() {
        assertThat(Ticks.around(DoubleStream.of(1, 1))).isEqualTo(new Ticks(0, 1, 0.2));
        assertThat(Ticks.around(DoubleStream.of(-3))).isEqualTo(new Ticks(-3, 0, 0.5));
        assertThat(Ticks.around(DoubleStream.empty())).isEqualTo(new Ticks(0, 1, 0.2));
    }

    @Test
    void nameNoEndThatIsNotATick() {
        Map<String, Object> axis = new LinkedHashMap<>();

        Ticks.few(DoubleStream.of(-0.25, 1)).into(axis);

        assertThat(axis.get("axisLabel")).isEqualTo(Map.of("showMinLabel", false, "showMaxLabel", true));
        assertThat(axis).extractingByKey("min").hasToString("-0.25");
        assertThat(axis).extractingByKey("splitNumber").hasToString("2.5");
    }
}
