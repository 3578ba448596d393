package dev.ablate.worker.catalog;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/** A metric of a plugin, asked once for what never changes; each call into it has the plugin's class loader in place. */
public final class BoundMetric {

    private final Plugged plugged;
    private final Metric metric;
    private final Facts facts;

    private BoundMetric(Plugged plugged, Metric metric, Facts facts) {
        this.plugged = plugged;
        this.metric = metric;
        this.facts = facts;
    }

    /** What a metric says of itself. */
    private record Facts(
            Set<Task> tasks,
            Set<Task> atEveryStep,
            Optional<Goal> goal,
            MetricRange range,
            TrivialAnswer trivialAnswer) {

        static Facts of(Metric metric) {
            return new Facts(
                    which(metric::fits),
                    which(metric::atEveryStep),
                    metric.goal(),
                    metric.range(),
                    metric.trivialAnswer());
        }

        private static Set<Task> which(Predicate<Task> holds) {
            Set<Task> tasks = EnumSet.noneOf(Task.class);
            for (Task task : Task.values()) {
                if (holds.test(task)) {
                    tasks.add(task);
                }
            }
            return tasks;
        }
    }

    /**
     * Makes the metric.
     *
     * @throws PluginException if it cannot be made, or does not say what it is
     */
    static BoundMetric of(Plugged plugged) {
        Metric metric = plugged.from().metric(plugged);
        Facts facts = plugged.call(() -> Facts.of(metric), plugged::unusable);
        // a plugin is not compiled with our checks
        if (facts.goal() == null || facts.range() == null || facts.trivialAnswer() == null) {
            throw plugged.broken("says null of its goal, its range or its trivial answer");
        }
        return new BoundMetric(plugged, metric, facts);
    }

    /** The name, without a part of the data: {@code mse}. */
    public String name() {
        return plugged.entry().name();
    }

    /** Whether it makes sense for a task. */
    public boolean fits(Task task) {
        return facts.tasks().contains(task);
    }

    /** Whether it is measured at every recorded step, and not at the last alone. */
    public boolean atEveryStep(Task task) {
        return facts.atEveryStep().contains(task);
    }

    /** Which way is better by its nature. */
    public Optional<Goal> goal() {
        return facts.goal();
    }

    /** Where all its values are. */
    public MetricRange range() {
        return facts.range();
    }

    /** The answer of a model that has learned nothing. */
    public TrivialAnswer trivialAnswer() {
        return facts.trivialAnswer();
    }

    /**
     * See {@link Metric#resolution}.
     *
     * @throws PluginException if the plugin throws anything, or gives no resolution
     */
    public double resolution(double largestTarget, int rows) {
        double resolution = plugged.call(() -> metric.resolution(largestTarget, rows));
        if (!(resolution >= 0) || Double.isInfinite(resolution)) {
            throw plugged.broken("has a resolution of " + resolution + ", and not of 0 or more");
        }
        return resolution;
    }

    /**
     * What counts for the key of a run that is compared by it: the SHA-256 of its jar.
     *
     * @return empty if it comes with the program, whose version counts for every key
     * @throws PluginException if the jar cannot be read
     */
    public Optional<String> jarHash() {
        return plugged.from().comesWithProgram()
                ? Optional.empty()
                : Optional.of(plugged.from().jar().contentHash());
    }

    Plugin from() {
        return plugged.from();
    }

    /**
     * Measures; its plugin is being called.
     *
     * @throws PluginException if the plugin throws anything, or measures null
     */
    OptionalDouble measure(Answers answers) {
        OptionalDouble value;
        try {
            value = metric.of(answers);
        } catch (Throwable e) {
            throw plugged.failed(e);
        }
        // a plugin is not compiled with our checks
        if (value == null) {
            throw plugged.broken("measured null");
        }
        return value;
    }
}
