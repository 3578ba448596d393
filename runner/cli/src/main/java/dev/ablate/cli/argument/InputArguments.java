package dev.ablate.cli.argument;

import dev.ablate.engine.plan.RowInputs;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.table.DatasetFormat;
import dev.ablate.engine.table.RowWords;
import dev.ablate.engine.table.RowsFile;
import dev.ablate.worker.prepare.RowEncoding.Input;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The rows to answer, in raw units. */
public final class InputArguments {

    @Option(
            names = "--input",
            paramLabel = "X,Y,...",
            description = "a row: a value for each of data.features, in order; may be repeated")
    private List<String> written = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "FILE.csv",
            description = "rows below a header with the features' names, in any order; other columns are left out")
    private @Nullable Path file;

    @Mixin
    private final ReadArguments reading = new ReadArguments();

    /**
     * Rows with what their values are.
     *
     * @param inputs {@code [d]}
     * @param rows each {@code [d]}, at least one
     * @param remarks what was guessed of a file
     */
    public record Rows(RowInputs inputs, List<List<Double>> rows, List<String> remarks) {
        public Rows {
            rows = List.copyOf(rows);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * Checks that the options go together.
     *
     * @throws UsageException unless there is one kind of rows
     */
    public void check() {
        if (reading.any() && file == null) {
            throw new UsageException("--read goes with --file alone");
        }
        if (written.isEmpty() == (file == null)) {
            throw new UsageException(
                    file == null
                            ? "what to answer is missing: --input with a number for each feature, or --file rows.csv"
                            : "--input and --file exclude each other");
        }
    }

    /**
     * The rows.
     *
     * @param inputs the values of an {@code --input}
     * @param needed the names that a file must have
     * @param dataset how the table is written from which the models have learned
     * @param mayMiss whether a value may be missing, as a model fills it in
     * @throws UsageException if an {@code --input} is not a row
     * @throws SpecException with everything that is wrong with a file
     */
    public Rows rows(RowInputs inputs, Collection<String> needed, DatasetFormat dataset, boolean mayMiss) {
        if (file != null) {
            RowInputs columns = new RowInputs(inputs.inputs().stream()
                    .filter(column -> needed.contains(column.name()))
                    .toList());
            RowsFile read = RowsFile.read(file, dataset, reading.given(), columns, mayMiss);
            return new Rows(columns, read.rows(), read.remarks());
        }
        return new Rows(
                inputs,
                written.stream().map(input -> row(input, inputs, mayMiss)).toList(),
                List.of());
    }

    private static List<Double> row(String input, RowInputs inputs, boolean mayMiss) {
        List<String> features = inputs.names();
        String[] words = input.split(",", -1);
        if (words.length != features.size()) {
            throw new UsageException("--input " + input + ": " + Numbers.count(words.length, "value") + " for "
                    + Numbers.count(features.size(), "feature") + ": " + String.join(", ", features));
        }
        List<Double> row = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            Input value = inputs.inputs().get(i);
            String word = words[i].strip();
            row.add(RowWords.typed(mayMiss)
                    .value(word, value)
                    .orElseThrow(() -> new UsageException("--input " + input + ": " + RowWords.refusal(word, value))));
        }
        return row;
    }
}
