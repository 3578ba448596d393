package dev.ablate.trainers.program;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.option.ReadBy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program reports.
 *
 * @param goals which way is better, by metric
 */
@ReadBy(GoalsType.class)
public record Goals(Map<String, Goal> goals) {

    /** Copies the map. */
    public Goals {
        goals = Collections.unmodifiableMap(new LinkedHashMap<>(goals));
    }

    List<ReportedMetric> reported() {
        return goals.entrySet().stream()
                .map(metric -> new ReportedMetric(
                        metric.getKey(),
                        Optional.of(metric.getValue()),
                        MetricRange.ANY,
                        0,
                        "what the program reports as " + metric.getKey()))
                .toList();
    }
}
