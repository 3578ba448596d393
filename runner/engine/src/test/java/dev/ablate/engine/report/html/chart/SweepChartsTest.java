package dev.ablate.engine.report.html.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Trial;
import dev.ablate.engine.report.Trials;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepChartsTest {

    @Test
    void saysWhichWayIsBetter() {
        assertThat(SweepCharts.of(Trials.sweep().findings()).get(0).note()).startsWith("Lower is better. ");
    }

    @Test
    void accuracyIsDrawnUpToAllRight() {
        Trial trial =
                new Trial("plain").metric("accuracy", Goal.MAXIMIZE, "0.02").sweep("trainer.epochs", "1", "2");
        for (int cell = 0; cell < 2; cell++) {
            trial.in(cell)
                    .finished("plain", 1, false, Map.of("train/accuracy", 0.5 + 0.25 * cell), Map.of(), List.of());
        }
        Chart chart = SweepCharts.of(trial.compare().findings()).get(0);

        assertThat(chart.note()).startsWith("Higher is better. ");
        assertThat(String.valueOf(chart.option().get("yAxis"))).contains("max=1,");
    }
}
