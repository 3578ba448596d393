package dev.ablate.engine.model;

import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.prepare.RowEncoding;
import dev.ablate.worker.prepare.RowEncoding.Input;
import dev.ablate.worker.prepare.RowEncoding.Output;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How rows of numbers of which some are missing become the columns that a model sees, inside of its graph: what is missing is filled in,
 * and columns that say so are made.
 *
 * <p>A graph takes one matrix, which cannot have texts beside numbers: categories are coded outside of it.
 */
final class Imputation {

    private final RowEncoding encoding;

    private Imputation(RowEncoding encoding) {
        this.encoding = encoding;
    }

    /** Of a model whose features are all numbers and which prepares them; empty of others. */
    static Optional<Imputation> of(TrainedModel model) {
        return Optional.ofNullable(model.encoding())
                .filter(how -> how.inputs().stream()
                        .allMatch(input -> input.categories().isEmpty()))
                .map(Imputation::new);
    }

    /** The names of the numbers of a row, in order. */
    List<String> inputs() {
        return encoding.inputs().stream().map(Input::name).toList();
    }

    /**
     * A row of numbers that becomes a row of columns.
     *
     * @param columns one number a column
     */
    List<Double> row(List<Double> columns) {
        return IntStream.range(0, encoding.inputs().size())
                .mapToObj(input -> IntStream.range(0, columns.size())
                        .filter(k -> encoding.outputs().get(k).input() == input
                                && !encoding.outputs().get(k).indicator())
                        .mapToObj(columns::get)
                        .findFirst()
                        .orElse(0.0))
                .toList();
    }

    /** Adds it to a graph whose last value is a matrix of rows of numbers; NaN stays where nothing is filled in. */
    void addTo(OnnxGraph graph) {
        List<Output> outputs = encoding.outputs();
        graph.gather(outputs.stream().map(Output::input).toList());
        String gathered = graph.last();
        graph.apply("IsNaN");
        String missing = graph.last();
        if (outputs.stream().anyMatch(Output::indicator)) {
            String zero =
                    graph.row("not missing", outputs.stream().map(output -> 0.0).toList());
            graph.where(
                    graph.flags(
                            "indicators",
                            outputs.stream().map(Output::indicator).toList()),
                    zero,
                    gathered);
            gathered = graph.last();
        }
        List<Double> filled = outputs.stream()
                .map(output -> output.missing() == null ? Double.NaN : output.missing())
                .toList();
        graph.where(missing, graph.row("filled in", filled), gathered);
    }
}
