package dev.ablate.engine.plan;

import dev.ablate.worker.prepare.RowEncoding.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;

/**
 * What the values of a row to predict are. A number stands for itself, a category for the name at that index (from 0), and NaN for
 * nothing.
 *
 * @param inputs one a value, in order
 */
public record RowInputs(List<Input> inputs) {

    /** Copies the list. */
    public RowInputs {
        inputs = List.copyOf(inputs);
    }

    /** Of numbers alone. */
    public static RowInputs numbers(List<String> names) {
        return new RowInputs(
                names.stream().map(name -> new Input(name, List.of())).toList());
    }

    /** The names of the values. */
    public List<String> names() {
        return inputs.stream().map(Input::name).toList();
    }

    /** A row as a person writes it: categories by their names, and nothing where a value is missing. */
    public List<String> shown(List<Double> row, DoubleFunction<String> number) {
        return shown(row, number, UnaryOperator.identity(), "");
    }

    /** The values of a row, each as it is to be written. */
    public List<String> shown(
            List<Double> row, DoubleFunction<String> number, UnaryOperator<String> category, String missing) {
        List<String> shown = new ArrayList<>();
        for (int k = 0; k < row.size(); k++) {
            List<String> categories = inputs.get(k).categories();
            double value = row.get(k);
            if (!categories.isEmpty()) {
                shown.add(Double.isNaN(value) ? missing : category.apply(categories.get((int) value)));
            } else {
                shown.add(Double.isFinite(value) ? number.apply(value) : missing);
            }
        }
        return shown;
    }
}
