package dev.ablate.worker.catalog;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trainer with its options and its run's decision, without generics; each call into it has the plugin's class loader in
 * place.
 */
public interface BoundTrainer {

    /** The name in the spec. */
    String plugin();

    /** How messages name it: {@code trainer 'perceptron' of ablate-perceptron.jar}. */
    default String called() {
        return "trainer '" + plugin() + "'";
    }

    /** The options record. */
    Record options();

    /** Whether its runs must not overlap. */
    boolean oneAtATime();

    /**
     * See {@link dev.ablate.core.training.Trainer#fits}.
     *
     * @throws PluginException if the plugin throws anything
     */
    default boolean fits(Task task) {
        return task != Task.CLASSES;
    }

    /**
     * See {@link dev.ablate.core.training.Trainer#needsRows}.
     *
     * @throws PluginException if the plugin throws anything
     */
    default boolean needsRows() {
        return true;
    }

    /** The metrics of its own that its options declare, each name once; see {@link dev.ablate.core.metric.ReportsMetrics}. */
    default List<ReportedMetric> reports() {
        return List.of();
    }

    /**
     * See {@link dev.ablate.core.option.DependsOnMore#furtherLeaves}.
     *
     * @throws PluginException if the plugin throws anything
     */
    default Map<String, String> furtherLeaves(String variant) {
        return Map.of();
    }

    /**
     * See {@link dev.ablate.core.option.Warns#warnings}.
     *
     * @throws PluginException if the plugin throws anything
     */
    default Map<String, String> warnings(Path folder) {
        return Map.of();
    }

    /** Whether it reports all metrics of its runs: there is no model to measure. */
    default boolean reportsAll() {
        return false;
    }

    /** Whether each run is a process of its own; see {@link dev.ablate.core.training.OwnProcesses}. */
    default boolean ownProcesses() {
        return false;
    }

    /**
     * See {@link dev.ablate.core.training.Trainer#train}.
     *
     * @throws PluginException if the plugin throws anything; so does whatever is asked of a model
     */
    Model train(Training training);

    /**
     * See {@link dev.ablate.core.training.Trainer#restore}.
     *
     * @throws PluginException if the plugin throws anything; so does whatever is asked of the model
     */
    Model restore(Schema schema, InputStream in);

    /** Whether it can explain how it makes an update: {@link dev.ablate.core.training.Explains}. */
    default boolean explains() {
        return false;
    }

    /**
     * See {@link dev.ablate.core.training.Explains#explain}.
     *
     * @throws UnsupportedOperationException if it cannot
     * @throws PluginException if the plugin throws anything, or explains by what there is not
     */
    default Optional<Explanation> explain(Training training, long update, int row) {
        throw new UnsupportedOperationException(plugin());
    }
}
