package dev.ablate.trainers.program;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.option.ReadBy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a program reports.
 *
 * @param goals which way is better, by the name that the program has for a metric
 */
@ReadBy(GoalsType.class)
public record Goals(Map<String, Goal> goals) {

    /** Copies the map. */
    public Goals {
        goals = Collections.unmodifiableMap(new LinkedHashMap<>(goals));
    }

    /** What a metric is called where it is compared: {@code val_loss} for the program's {@code val/loss}. */
    static String metric(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }

    /** The metrics by the names that the program has for them. */
    Map<String, String> metrics() {
        Map<String, String> metrics = new LinkedHashMap<>();
        goals.keySet().forEach(name -> metrics.put(name, metric(name)));
        return metrics;
    }

    List<ReportedMetric> reported() {
        return goals.entrySet().stream()
                .map(metric -> new ReportedMetric(
                        metric(metric.getKey()),
                        Optional.of(metric.getValue()),
                        MetricRange.ANY,
                        0,
                        "what the program reports as " + metric.getKey()))
                .toList();
    }
}
