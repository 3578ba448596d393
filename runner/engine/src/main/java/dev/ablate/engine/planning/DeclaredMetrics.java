package dev.ablate.engine.planning;

import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.Metrics;
import java.util.List;
import java.util.Optional;

/**
 * The metrics that the trainers of a spec declare.
 *
 * @param variants all that could be bound, in all cells
 * @param complete whether that is all of them
 */
record DeclaredMetrics(List<VariantPlan> variants, boolean complete) {

    DeclaredMetrics {
        variants = List.copyOf(variants);
    }

    /** Those of the variants of all cells. */
    static DeclaredMetrics of(List<CellPlan> cells, int wanted) {
        List<VariantPlan> variants =
                cells.stream().flatMap(cell -> cell.variants().stream()).toList();
        return new DeclaredMetrics(variants, variants.size() == wanted);
    }

    /** Reports each that has the name of a plugin's metric. */
    static void check(Bound<BoundTrainer> trainer, Metrics measured, Problems problems) {
        for (ReportedMetric metric : trainer.component().reports()) {
            if (!trainer.component().reportsAll()
                    && measured.find(metric.name()).isPresent()) {
                problems.add(Problem.error(
                        trainer.pluginAt(),
                        trainer.component().called() + " declares the metric " + metric.name()
                                + ", and that is the name of one that is measured on the data"));
            }
        }
    }

    /** All of them; one name may come several times. */
    List<ReportedMetric> all() {
        return variants.stream()
                .flatMap(variant -> variant.trainer().component().reports().stream())
                .distinct()
                .toList();
    }

    /** Whether nothing is measured but what trainers report: none has a model. */
    boolean areAll() {
        return !variants.isEmpty()
                && variants.stream()
                        .allMatch(variant -> variant.trainer().component().reportsAll());
    }

    /** Whether any trainer declares a metric. */
    boolean has(String name) {
        return all().stream().anyMatch(metric -> metric.name().equals(name));
    }

    /** Names that every trainer declares. */
    List<String> common() {
        return all().stream()
                .map(ReportedMetric::name)
                .distinct()
                .filter(name -> without(name).isEmpty())
                .toList();
    }

    /** The first variant whose trainer does not declare a metric; empty if all do. */
    Optional<VariantPlan> without(String name) {
        return variants.stream()
                .filter(variant -> variant.trainer().component().reports().stream()
                        .noneMatch(metric -> metric.name().equals(name)))
                .findFirst();
    }
}
