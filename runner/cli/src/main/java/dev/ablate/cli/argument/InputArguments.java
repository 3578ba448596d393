package dev.ablate.cli.argument;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ablate.engine.compare.source.CsvText;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.report.layout.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The rows to answer, in raw units. */
public final class InputArguments {

    private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

    @Option(
            names = "--input",
            paramLabel = "X,Y,...",
            description = "a row: a number for each of data.features, in order; may be repeated")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "FILE.csv",
            description = "rows below a header with the features' names, in any order; other columns are left out")
    private @Nullable Path file;

    /**
     * Rows with the names of their values.
     *
     * @param features {@code [d]}
     * @param rows each {@code [d]}, at least one
     */
    public record Rows(List<String> features, List<List<Double>> rows) {
        public Rows {
            features = List.copyOf(features);
            rows = List.copyOf(rows);
        }
    }

    /**
     * Checks that the options go together.
     *
     * @throws UsageException unless there is one kind of rows
     */
    public void check() {
        if (inputs.isEmpty() == (file == null)) {
            throw new UsageException(
                    file == null
                            ? "what to answer is missing: --input with a number for each feature, or --file rows.csv"
                            : "--input and --file exclude each other");
        }
    }

    /**
     * The rows.
     *
     * @param features the names of the values of an {@code --input}
     * @param needed the names that a file must have
     * @throws UsageException if an {@code --input} is not a row
     * @throws SpecException with everything that is wrong with a file
     */
    public Rows rows(List<String> features, Collection<String> needed) {
        if (file != null) {
            List<String> columns = features.stream().filter(needed::contains).toList();
            return new Rows(columns, read(file, columns));
        }
        return new Rows(
                features, inputs.stream().map(input -> row(input, features)).toList());
    }

    private static List<Double> row(String input, List<String> features) {
        String[] words = input.split(",", -1);
        if (words.length != features.size()) {
            throw new UsageException("--input " + input + ": " + Numbers.count(words.length, "value") + " for "
                    + Numbers.count(features.size(), "feature") + ": " + String.join(", ", features));
        }
        List<Double> row = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            String name = features.get(i);
            String word = words[i].strip();
            row.add(number(word)
                    .orElseThrow(() -> new UsageException(
                            "--input " + input + ": " + name + " must be a number, got " + Problem.quoted(word))));
        }
        return row;
    }

    private static List<List<Double>> read(Path file, List<String> columns) {
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
            rows.add(row(row, names, columns, text, problems));
        }
        if (rows.isEmpty()) {
            problems.add(Problem.error(text.at(), "there is no row below the header"));
        }
        problems.throwIfErrors();
        return rows;
    }

    private static List<Double> row(
            CsvRecord row, List<String> names, List<String> columns, CsvText text, Problems problems) {
        if (row.getFieldCount() != names.size()) {
            problems.add(Problem.error(
                    text.at(row, Math.min(row.getFieldCount(), names.size()) - 1),
                    row.getFieldCount() + " values for " + names.size() + " columns"));
            return List.of();
        }
        List<Double> values = new ArrayList<>();
        for (String column : columns) {
            int at = names.indexOf(column);
            String word = row.getField(at).strip();
            OptionalDouble value = number(word);
            if (value.isEmpty()) {
                problems.add(
                        Problem.error(text.at(row, at), column + " must be a number, got " + Problem.quoted(word)));
            }
            values.add(value.orElse(Double.NaN));
        }
        return values;
    }

    /** Empty if it is none, or too large for one. */
    private static OptionalDouble number(String word) {
        double value = word.matches(NUMBER) ? Double.parseDouble(word) : Double.NaN;
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
