package dev.ablate.core.training;

import java.util.List;
import java.util.Map;

/** Turns rows into predictions. */
public interface Model {

    /**
     * Predicts a block of rows.
     *
     * @param rows row-major, {@code [n * d]}, features in the order of training and scaled as in training
     * @param answers where the predictions go, {@code [n]}
     */
    void predict(double[] rows, double[] answers);

    /**
     * Every learned number by its name, in a fixed order.
     *
     * <p>Of one neuron: each weight under its feature's name, then {@code bias} if there is one. Of several layers:
     * {@code layer1/<feature>/<unit>}, {@code layer1/bias/<unit>}, {@code layer2/<unit>/<unit>}, ...; layers and units from 1.
     */
    Map<String, Double> parameters();

    /**
     * The dense layers from input to output; empty if the model is not made of dense layers.
     *
     * <p>They predict what the model predicts, up to rounding; where {@link Activation#STEP} meets 0 exactly, the model
     * answers the tie of its {@link Decision}.
     */
    default List<Layer> layers() {
        return List.of();
    }
}
