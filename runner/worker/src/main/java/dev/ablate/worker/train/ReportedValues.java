package dev.ablate.worker.train;

import dev.ablate.core.metric.ReportedMetric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one run's trainer reports of its own metrics, held to what it declared. One thread at a time. */
final class ReportedValues {

    private final List<String> declared;

    /** The step of the last value, by metric. */
    private final Map<String, Long> last = new HashMap<>();

    ReportedValues(List<ReportedMetric> declared) {
        this.declared = declared.stream().map(ReportedMetric::name).toList();
    }

    /** What a value breaks of the contract; empty if nothing, and it counts as reported from now on. */
    Optional<String> breach(long step, String name, double value) {
        if (declared.stream().noneMatch(known -> known.equals(name))) {
            return Optional.of("it reported the metric " + name + ", which its options do not declare"
                    + (declared.isEmpty() ? "" : "; they declare " + String.join(", ", declared)));
        }
        long before = last.getOrDefault(name, -1L);
        if (step < 0 || step <= before) {
            return Optional.of(
                    "it reported " + name + " at step " + step + (before < 0 ? "" : " after step " + before));
        }
        if (!Double.isFinite(value)) {
            return Optional.of("it reported " + value + " as " + name + " at step " + step);
        }
        last.put(name, step);
        return Optional.empty();
    }

    /** What is declared and never came, and what did; empty if all came. */
    Optional<String> missing() {
        List<String> missing =
                declared.stream().filter(name -> !last.containsKey(name)).toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        List<String> came = declared.stream().filter(last::containsKey).toList();
        return Optional.of("it never reported " + String.join(", ", missing) + ", which its options declare; "
                + (came.isEmpty() ? "it reported none" : "it reported " + String.join(", ", came)));
    }
}
