package dev.ablate.engine.plan;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.worker.catalog.BoundMetric;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of metrics by the names that runs have them under: {@code test/mse}, {@code validation_loss}.
 *
 * <p>Of a name that neither a plugin nor a trainer knows, as in a file of results, nothing is known.
 */
public final class KnownMetrics {

    /** Nothing. */
    public static final KnownMetrics NONE = new KnownMetrics(Metrics.NONE, List.of());

    private final Metrics measured;
    private final Map<String, ReportedMetric> reported = new LinkedHashMap<>();

    /**
     * Knows metrics.
     *
     * @param measured those of plugins
     * @param reported those that trainers declare; one name may come several times
     */
    public KnownMetrics(Metrics measured, List<ReportedMetric> reported) {
        this.measured = measured;
        reported.forEach(metric -> this.reported.merge(metric.name(), metric, KnownMetrics::both));
    }

    /** Those of a plan's runs. */
    static KnownMetrics of(List<PlannedRun> runs) {
        Map<String, BoundMetric> measured = new LinkedHashMap<>();
        for (PlannedRun run : runs) {
            run.metrics().all().forEach(metric -> measured.putIfAbsent(metric.name(), metric));
        }
        return new KnownMetrics(
                new Metrics(List.copyOf(measured.values())),
                runs.stream()
                        .flatMap(run -> run.trainer().reports().stream())
                        .distinct()
                        .toList());
    }

    /** What holds of a metric that two trainers declare. */
    private static ReportedMetric both(ReportedMetric one, ReportedMetric other) {
        return new ReportedMetric(
                one.name(),
                one.goal().equals(other.goal()) ? one.goal() : Optional.empty(),
                new MetricRange(
                        Math.min(one.range().least(), other.range().least()),
                        Math.max(one.range().most(), other.range().most())),
                Math.max(one.resolution(), other.resolution()),
                one.help());
    }

    /** All names in the order in which they are listed: on the training part, on the test part, then those that trainers report. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Part part : Part.values()) {
            measured.all().forEach(metric -> names.add(part.prefix() + metric.name()));
        }
        names.addAll(reported.keySet());
        return names;
    }

    /** Which way a metric is better by its nature; empty also if that is not known. */
    public Optional<Goal> goal(String metric) {
        return measured(metric)
                .map(BoundMetric::goal)
                .orElseGet(() -> reported(metric).flatMap(ReportedMetric::goal));
    }

    /** Where all values of a metric are; empty if that is not known. */
    public Optional<MetricRange> range(String metric) {
        return measured(metric)
                .map(BoundMetric::range)
                .or(() -> reported(metric).map(ReportedMetric::range));
    }

    /**
     * The smallest difference of a metric that is more than rounding.
     *
     * @param metric its name
     * @param largestTarget largest absolute target of the data; 0 where it is not known
     * @param rows how many rows it is measured on; 0 where that is not known
     * @return in the metric's unit; 0 where nothing but the values themselves says what their rounding is
     */
    public double resolution(String metric, double largestTarget, int rows) {
        return measured(metric)
                .map(known -> known.resolution(largestTarget, rows))
                .or(() -> reported(metric).map(ReportedMetric::resolution))
                .orElse(0.0);
    }

    /**
     * Whether all values are shares of a whole, from 0 to 1. Of a name that is not known in itself the end counts, as others call their
     * own metrics: {@code val_accuracy}.
     */
    public boolean isShare(String metric) {
        return range(metric)
                .or(() -> alike(metric).map(BoundMetric::range))
                .filter(MetricRange.SHARE::equals)
                .isPresent();
    }

    /**
     * Whether a metric is known to have no unit, so that its values on different data may be added: one of classes, or one of which 1 is all.
     * Of a name that is not known in itself the end counts.
     */
    public boolean isWithoutUnit(String metric) {
        Optional<BoundMetric> known = measured(metric).or(() -> alike(metric));
        return range(metric)
                        .or(() -> known.map(BoundMetric::range))
                        .filter(MetricRange::endsAt1)
                        .isPresent()
                || known.filter(measured -> !measured.fits(Task.REGRESSION)).isPresent();
    }

    /** Whether a metric is known to be in the unit of the target, or in a power of it. */
    public boolean isOfTarget(String metric) {
        return measured(metric).isPresent() && !isWithoutUnit(metric);
    }

    /** The one that another program's name ends with. */
    private Optional<BoundMetric> alike(String metric) {
        return measured.all().stream()
                .filter(known -> metric.endsWith(known.name()))
                .max(Comparator.comparingInt(known -> known.name().length()));
    }

    private Optional<BoundMetric> measured(String metric) {
        String bare = Stream.of(Part.values())
                .map(Part::prefix)
                .filter(metric::startsWith)
                .findFirst()
                .map(prefix -> metric.substring(prefix.length()))
                .orElse(metric);
        return measured.find(bare);
    }

    private Optional<ReportedMetric> reported(String metric) {
        return Optional.ofNullable(reported.get(metric));
    }
}
