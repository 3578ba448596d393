package dev.ablate.engine.report.html.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.report.Trials;
import org.junit.jupiter.api.Test;

class WeightChartsTest {

    @Test
    void aBiasCountsForNoFeature() {
        assertThat(WeightCharts.of(Trials.orGate()).get(0).note())
                .startsWith("The longer a bar, the more its feature counts;")
                .contains("The row bias does not belong to a feature");
        assertThat(WeightCharts.of(Trials.splits()).get(0).note())
                .contains("The row bias does not belong to a feature");
    }
}
