package dev.ablate.engine.kinds;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.metric.ReportsMetrics;
import dev.ablate.core.option.Option;
import java.util.List;
import java.util.Optional;

/** How many targets are met. */
public record AveragingOptions(
        @Option(help = "how many targets are met", atLeast = 0)
        long updates) implements ReportsMetrics {

    @Override
    public List<ReportedMetric> reportedMetrics() {
        return updates == 0
                ? List.of()
                : List.of(new ReportedMetric(
                        "rows_met", Optional.of(Goal.MAXIMIZE), MetricRange.FROM_0, 0, "rows whose target was met"));
    }
}
