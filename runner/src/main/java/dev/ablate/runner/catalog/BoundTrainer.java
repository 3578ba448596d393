package dev.ablate.runner.catalog;

import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import java.util.List;
import java.util.Map;

/**
 * A trainer with its options and its run's decision, without generics; each call into it has the plugin's class loader in
 * place.
 */
public interface BoundTrainer {

    /** The name in the spec. */
    String plugin();

    /** The options record. */
    Record options();

    /** Whether its runs must not overlap. */
    boolean oneAtATime();

    /** See {@link dev.ablate.core.training.Trainer#train}. */
    Model train(Training training);

    /** See {@link dev.ablate.core.training.Trainer#restore}. */
    Model restore(List<String> features, Map<String, Double> parameters);
}
