package dev.ablate.engine.table;

import dev.ablate.engine.plan.RowInputs;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.file.FileFormat;
import dev.ablate.reader.file.Wanted;
import dev.ablate.worker.prepare.RowEncoding.Input;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows to predict in a file, whose columns have the features' names in any order; other columns are not looked at.
 *
 * @param rows each a value for each feature; a category is its index, and NaN stands for a missing value
 * @param remarks what was guessed of the file
 */
public record RowsFile(List<List<Double>> rows, List<String> remarks) {

    /** Copies the lists. */
    public RowsFile {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    /**
     * Reads a file.
     *
     * @param dataset how the table is written from which the models have learned
     * @param given {@code KEY=VALUE}: what is otherwise in this file
     * @param inputs the features that are needed
     * @param mayMiss whether a value may be missing, as a model fills it in
     * @throws SpecException with what is wrong with the file, or with what is given
     */
    public static RowsFile read(
            Path file, DatasetFormat dataset, List<String> given, RowInputs inputs, boolean mayMiss) {
        List<String> needed = inputs.names();
        TableText text = text(file, dataset, given, needed);
        requireColumns(text, needed);
        RowWords words = new RowWords(text::number, text.missing(), mayMiss);
        FileProblems problems = new FileProblems();
        List<List<Double>> rows = new ArrayList<>();
        text.each(row -> {
            Optional<Problem> misshapen = text.misshapen(row);
            if (misshapen.isPresent()) {
                problems.add(misshapen::get);
            } else {
                rows.add(values(row, text, inputs, words, problems));
            }
        });
        problems.throwIfAny();
        if (rows.isEmpty()) {
            throw new SpecException(List.of(Problem.error(text.at(), "there is no row below the header")));
        }
        return new RowsFile(rows, text.remarks());
    }

    private static TableText text(Path file, DatasetFormat dataset, List<String> given, List<String> needed) {
        Wanted wanted = new Wanted(needed, dataset.namesOfRows(), true);
        FileFormat format = dataset.with(given);
        FileFormat atOnce = dataset.withoutSkip().with(given);
        if (!format.equals(atOnce)) {
            // the title above the dataset's table needs not stand above these rows
            TableText text = TableText.read(file, atOnce, Wanted.of(needed));
            if (text.names().containsAll(needed)) {
                return text;
            }
        }
        return TableText.read(file, format, wanted);
    }

    private static void requireColumns(TableText text, List<String> needed) {
        FileProblems problems = new FileProblems();
        List<String> absent =
                needed.stream().filter(column -> !text.names().contains(column)).toList();
        if (absent.size() == needed.size() && absent.size() > 1) {
            // one line for all of them, as each would say the same
            throw new SpecException(List.of(text.noColumn(absent.get(0))
                    .suggesting(Suggestion.didYouMean(absent.get(0), text.names()))
                    .noting("nor any other that is needed: " + String.join(", ", absent.subList(1, absent.size())))));
        }
        for (String column : needed) {
            int first = text.names().indexOf(column);
            int last = text.names().lastIndexOf(column);
            if (first < 0) {
                problems.add(() -> text.noColumn(column)
                        .suggesting(Suggestion.didYouMean(column, text.names()))
                        .noting("needed: " + String.join(", ", needed)));
            } else if (last > first) {
                problems.add(() -> Problem.error(
                        text.header(last), "two columns are called " + Problem.quoted(column) + ": rename one"));
            }
        }
        problems.throwIfAny();
    }

    private static List<Double> values(
            RowText row, TableText text, RowInputs inputs, RowWords words, FileProblems problems) {
        List<Double> values = new ArrayList<>();
        for (Input input : inputs.inputs()) {
            int at = text.names().indexOf(input.name());
            String word = text.value(row, at);
            Optional<Double> value = words.value(word, input);
            if (value.isEmpty()) {
                String wayOut = input.categories().isEmpty() ? text.wayOut(word) : "";
                problems.add(() -> Problem.error(text.at(row, at), RowWords.refusal(word, input))
                        .suggesting(wayOut));
            }
            values.add(value.orElse(Double.NaN));
        }
        return values;
    }
}
