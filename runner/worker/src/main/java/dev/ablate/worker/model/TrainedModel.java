package dev.ablate.worker.model;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Schema;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Layer;
import dev.ablate.worker.prepare.RowEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A trained model between the raw units of what goes in and what comes out: all that answers need, whatever became of the spec and the
 * data.
 *
 * @param features names of the columns that the model sees, in order; at least one
 * @param encoding how a row of raw values becomes these columns; null where they are the raw values themselves
 * @param target the name of the answer
 * @param unit of the answer; empty where there is none, or an older version wrote it
 * @param classes what the data call the classes that an answer is decided to be, in the order of their codes; empty where the answer
 *     is a number, or an older version wrote it
 * @param decision how an answer is turned into a class
 * @param scales how each feature is scaled before the model sees it, one a feature; empty: not at all
 * @param layers from input to output, the last has a unit for each number of an answer; empty where the model is not made of dense layers, and only its trainer
 *     can bring it back
 * @param answerScale how the answer is scaled, which is undone at last: {@link Scale#NONE} where it is not
 * @param example a row of these columns in raw units
 * @param trainer the name of the trainer that brings it back; null where the layers say all
 */
public record TrainedModel(
        List<String> features,
        @Nullable RowEncoding encoding,
        String target,
        String unit,
        List<String> classes,
        Decision decision,
        List<Scale> scales,
        List<Layer> layers,
        Scale answerScale,
        List<Double> example,
        @Nullable String trainer) {

    /** A model that sees raw values, or scales alone. */
    public TrainedModel(
            List<String> features,
            String target,
            String unit,
            List<String> classes,
            Decision decision,
            List<Scale> scales,
            List<Layer> layers,
            Scale answerScale,
            List<Double> example,
            @Nullable String trainer) {
        this(features, null, target, unit, classes, decision, scales, layers, answerScale, example, trainer);
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if neither {@link #isDescribedBy} holds nor a trainer is named, or there are not as many scales
     *     or values as features
     */
    public TrainedModel {
        features = List.copyOf(features);
        classes = List.copyOf(classes);
        scales = List.copyOf(scales);
        layers = List.copyOf(layers);
        example = List.copyOf(example);
        Objects.requireNonNull(decision);
        int outputs = outputs(classes);
        if (trainer == null && !isDescribedBy(layers, features.size(), outputs)) {
            throw new IllegalArgumentException("the layers do not lead from " + features.size() + " features to "
                    + (outputs == 1 ? "one answer" : outputs + " answers"));
        }
        if ((!scales.isEmpty() && scales.size() != features.size()) || example.size() != features.size()) {
            throw new IllegalArgumentException("not one scale and one value for each of " + features);
        }
    }

    /** Whether layers say all of a model: each takes what the one before gives, the first so many features, the last gives so many numbers. */
    public static boolean isDescribedBy(List<Layer> layers, int features, int outputs) {
        int width = features;
        for (Layer layer : layers) {
            if (layer.weights().size() != width) {
                return false;
            }
            width = layer.bias().size();
        }
        return !layers.isEmpty() && width == outputs;
    }

    /** The same model, of which more is known than an older version wrote. */
    public TrainedModel with(List<String> names, Decision deciding) {
        return new TrainedModel(
                features, encoding, target, unit, names, deciding, scales, layers, answerScale, example, trainer);
    }

    /** How many numbers answer a row: one for each class where there are more than two, else 1. */
    public int outputs() {
        return outputs(classes);
    }

    private static int outputs(List<String> classes) {
        return classes.size() > 2 ? classes.size() : 1;
    }

    /** What a row of raw values has, in order. */
    public List<RowEncoding.Input> inputs() {
        return encoding != null
                ? encoding.inputs()
                : features.stream()
                        .map(name -> new RowEncoding.Input(name, List.of()))
                        .toList();
    }

    /** What the columns are that the model sees, and what it answers. */
    public Schema schema() {
        List<Column> columns = new ArrayList<>();
        features.forEach(name -> columns.add(Column.numbers(name)));
        Column.Type learned = classes.isEmpty() ? new Column.Numbers() : new Column.Categories(classes);
        columns.add(new Column(target, Column.Role.TARGET, learned, classes.isEmpty() ? unit : ""));
        return new Schema(columns, OptionalLong.empty(), "");
    }

    /** Whether its layers say all of it. */
    public boolean isDense() {
        return trainer == null;
    }

    /** What a step answers to a weighted sum of exactly 0: true for 1. */
    public boolean firesAtZero() {
        return decision.tie() == 1;
    }

    /**
     * How numbers of a column are scaled: {@code (x - shift) / divisor}.
     *
     * @param shift in the column's raw unit
     * @param divisor in the column's raw unit, not 0
     */
    public record Scale(double shift, double divisor) {

        /** Leaves a number as it is. */
        public static final Scale NONE = new Scale(0, 1);

        /** A raw value, scaled. */
        public double scaled(double raw) {
            return (raw - shift) / divisor;
        }

        /** A scaled value in the column's raw unit. */
        public double raw(double scaled) {
            return scaled * divisor + shift;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Scale that
                    && Double.compare(shift, that.shift) == 0
                    && Double.compare(divisor, that.divisor) == 0;
        }

        @Override
        public int hashCode() {
            return Objects.hash(shift, divisor);
        }
    }
}
