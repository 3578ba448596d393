package dev.ablate.cli.argument;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ablate.engine.compare.source.CsvText;
import dev.ablate.engine.plan.RowInputs;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.worker.prepare.RowEncoding.Input;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The rows to answer, in raw units. */
public final class InputArguments {

    private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

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

    /**
     * Rows with what their values are.
     *
     * @param inputs {@code [d]}
     * @param rows each {@code [d]}, at least one
     */
    public record Rows(RowInputs inputs, List<List<Double>> rows) {
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Checks that the options go together.
     *
     * @throws UsageException unless there is one kind of rows
     */
    public void check() {
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
     * @param mayMiss whether a value may be missing, as a model fills it in
     * @throws UsageException if an {@code --input} is not a row
     * @throws SpecException with everything that is wrong with a file
     */
    public Rows rows(RowInputs inputs, Collection<String> needed, boolean mayMiss) {
        if (file != null) {
            RowInputs columns = new RowInputs(inputs.inputs().stream()
                    .filter(column -> needed.contains(column.name()))
                    .toList());
            return new Rows(columns, read(file, columns, mayMiss));
        }
        return new Rows(
                inputs,
                written.stream().map(input -> row(input, inputs, mayMiss)).toList());
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
            row.add(value(word, value, mayMiss)
                    .orElseThrow(() -> new UsageException("--input " + input + ": " + refusal(word, value))));
        }
        return row;
    }

    private static List<List<Double>> read(Path file, RowInputs inputs, boolean mayMiss) {
        List<String> columns = inputs.names();
        CsvText text = CsvText.read(file, columns);
        Problems problems = new Problems();
        if (text.records().isEmpty()) {
            throw new SpecException(
                    List.of(Problem.error(text.at(), "the file is empty: a header and rows are needed")));
        }
        CsvRecord header = text.records().get(0);
        List<String> names = header.getFields().stream().map(String::strip).toList();
        for (String column : columns) {
            int first = names.indexOf(column);
            if (first < 0) {
                problems.add(Problem.error(text.at(header, 0), "no column " + Problem.quoted(column))
                        .suggesting(Suggestion.didYouMean(column, names))
                        .noting("needed: " + String.join(", ", columns)));
            } else if (names.lastIndexOf(column) > first) {
                problems.add(Problem.error(
                        text.at(header, names.lastIndexOf(column)),
                        "two columns are called " + Problem.quoted(column) + ": rename one"));
            }
        }
        problems.throwIfErrors();
        List<List<Double>> rows = new ArrayList<>();
        for (CsvRecord row : text.records().subList(1, text.records().size())) {
            rows.add(row(row, names, inputs, mayMiss, text, problems));
        }
        if (rows.isEmpty()) {
            problems.add(Problem.error(text.at(), "there is no row below the header"));
        }
        problems.throwIfErrors();
        return rows;
    }

    private static List<Double> row(
            CsvRecord row, List<String> names, RowInputs inputs, boolean mayMiss, CsvText text, Problems problems) {
        if (row.getFieldCount() != names.size()) {
            problems.add(Problem.error(
                    text.at(row, Math.min(row.getFieldCount(), names.size()) - 1),
                    row.getFieldCount() + " values for " + names.size() + " columns"));
            return List.of();
        }
        List<Double> values = new ArrayList<>();
        for (Input column : inputs.inputs()) {
            int at = names.indexOf(column.name());
            String word = row.getField(at).strip();
            Optional<Double> value = value(word, column, mayMiss);
            if (value.isEmpty()) {
                problems.add(Problem.error(text.at(row, at), refusal(word, column)));
            }
            values.add(value.orElse(Double.NaN));
        }
        return values;
    }

    /** A number, or the index of a category; NaN where nothing is written and the model may fill it in. */
    private static Optional<Double> value(String word, Input input, boolean mayMiss) {
        if (word.isEmpty() && mayMiss) {
            return Optional.of(Double.NaN);
        }
        if (input.categories().isEmpty()) {
            OptionalDouble number = number(word);
            return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
        }
        int code = input.categories().indexOf(word);
        return code < 0 ? Optional.empty() : Optional.of((double) code);
    }

    private static String refusal(String word, Input input) {
        return input.name() + " must be "
                + (input.categories().isEmpty() ? "a number" : "one of " + String.join(", ", input.categories()))
                + ", got " + Problem.quoted(word);
    }

    /** Empty if it is none, or too large for one. */
    private static OptionalDouble number(String word) {
        double value = word.matches(NUMBER) ? Double.parseDouble(word) : Double.NaN;
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
