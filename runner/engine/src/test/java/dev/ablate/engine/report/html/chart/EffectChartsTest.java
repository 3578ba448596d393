package dev.ablate.engine.report.html.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Trial;
import dev.ablate.engine.plan.TestChoice;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EffectChartsTest {

    private static Trial trial(int failing) {
        Trial trial = new Trial("slow", "hot")
                .seeds(LongStream.rangeClosed(1, 10).boxed().toArray(Long[]::new))
                .test(TestChoice.SIGN)
                .mse();
        for (int seed = 1; seed <= 10; seed++) {
            trial.mse("slow", seed, seed);
            if (seed <= failing) {
                trial.failed("hot", seed, 5, "failed");
            } else {
                trial.mse("hot", seed, 2 * seed);
            }
        }
        return trial;
    }

    @Test
    void drawsNoIntervalWithoutAnEnd() {
        List<Chart> charts = EffectCharts.of(trial(3).compare().findings());
        assertThat(charts).hasSize(1);
        assertThat(charts.get(0).option().toString()).contains("encode={x=[0, 1], y=2}, data=[]");
    }

    @Test
    void drawsAllThatCountsAsTheSame() {
        Trial trial = new Trial("slow", "hot")
                .seeds(LongStream.rangeClosed(1, 10).boxed().toArray(Long[]::new))
                .metric("mse", Goal.MINIMIZE, "0.5");
        for (int seed = 1; seed <= 10; seed++) {
            trial.mse("slow", seed, seed).mse("hot", seed, seed + 0.1 + 0.01 * seed);
        }
        Chart chart = EffectCharts.of(trial.compare().findings()).get(0);

        assertThat(chart.note()).contains("Grey: differences up to 0.5 count as the same.");
        assertThat(String.valueOf(chart.option().get("xAxis"))).contains("min=-0.6", "max=0.6");
    }

    @Test
    void drawsNothingWhereNoPairHasValues() {
        assertThat(trial(10).compare().effects().get(0).evidence()).isPresent();
        assertThat(EffectCharts.of(trial(10).compare().findings())).isEmpty();
    }
}
