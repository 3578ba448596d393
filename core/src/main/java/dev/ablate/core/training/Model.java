package dev.ablate.core.training;

import dev.ablate.core.data.Matrix;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Turns rows into predictions. */
public interface Model {

    /** The model of a trainer that has none, always the same: it answers nothing, and is not stored. */
    static Model none() {
        return NoModel.INSTANCE;
    }

    /**
     * Predicts a block of rows.
     *
     * <p>Each row has {@code k} answers: one number where a number or one of two classes is learned, else a number for each class, of
     * which the greatest says which class it is.
     *
     * @param rows {@code [n, d]}, features in the order of training and scaled as in training
     * @param answers where the predictions go, row-major, {@code [n * k]}
     */
    void predict(Matrix rows, double[] answers);

    /**
     * Every learned number by its name, in a fixed order, for people.
     *
     * <p>Of one neuron: each weight under its feature's name, then {@code bias} if there is one. Of one layer that answers several classes:
     * {@code <feature>/<class>}, then {@code bias/<class>}, by what the data call them. Of several layers:
     * {@code layer1/<feature>/<unit>}, {@code layer1/bias/<unit>}, {@code layer2/<unit>/<unit>}, ...; layers and units from 1, and of
     * several classes the last layer's units by the class: {@code layer2/<unit>/<class>}, {@code layer2/bias/<class>}. Of others: whatever
     * is of most use to a person, which may be nothing.
     */
    Map<String, Double> parameters();

    /**
     * Whether {@link #write} can be called. A model that is not stored is measured as any other; reports have no picture of it, and later
     * commands no answers.
     */
    default boolean isStored() {
        return true;
    }

    /**
     * Writes all that {@link Trainer#restore} needs to make a model that predicts equal to the bit.
     *
     * @throws IOException if the stream does
     */
    void write(OutputStream out) throws IOException;

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
