package dev.ablate.engine.compare.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs in a CSV file, one a row, whoever wrote it.
 *
 * <p>Needed are the columns {@code variant} (text), {@code seed} (a whole number) or {@code pair} (any text; it
 * counts where both are there) and the metrics (numbers; empty and {@code NaN} are
 * missing, an infinite one has diverged). Known are {@code status} (as trackers and others write it), {@code updates},
 * {@code deterministic} (true: the row stands for every seed) and {@code weights/...}. Columns that begin with {@code trainer.},
 * {@code data.} or {@code dataset.} are the cell. All others are left alone.
 */
public final class ResultsFile {

    private static final List<String> CELL = List.of("trainer.", "data.", "dataset.");
    private static final Map<String, String> WAYS_OUT = Map.of(
            "variant",
            "rename the column that says what is compared",
            "seed",
            "add one that says which runs are a pair, such as 1, 2, 3, ... for each variant; or a column 'pair' with any text");
    private static final Set<String> KNOWN = Set.of("variant", "seed", ResultsRow.PAIR, "deterministic");

    private final CsvText text;
    private final List<String> columns;

    private ResultsFile(CsvText text) {
        this.text = text;
        this.columns =
                text.records().get(0).getFields().stream().map(String::strip).toList();
    }

    /**
     * Reads a file and its header.
     *
     * @throws SpecException if there is no such file, it is empty, or its header is wrong
     */
    public static ResultsFile read(Path file) {
        CsvText text = CsvText.read(file, List.of("variant"));
        if (text.records().isEmpty()) {
            throw new SpecException(
                    List.of(Problem.error(text.at(), "the file is empty: a header and runs are needed")));
        }
        ResultsFile results = new ResultsFile(text);
        results.checkHeader();
        return results;
    }

    /** The names of the columns, in order. */
    public List<String> columns() {
        return columns;
    }

    /** Whether a column may be a metric by its name. */
    public static boolean mayBeMetric(String column) {
        return !KNOWN.contains(column)
                && StatusWords.column(List.of(column)).isEmpty()
                && !column.startsWith(ResultsRow.WEIGHTS)
                && CELL.stream().noneMatch(column::startsWith);
    }

    /** The columns that can be metrics: there are numbers in them, and nothing else. */
    public List<String> metricColumns() {
        List<CsvRecord> rows = text.records().subList(1, text.records().size());
        return columns.stream()
                .filter(ResultsFile::mayBeMetric)
                .filter(column -> isNumeric(columns.indexOf(column), rows))
                .toList();
    }

    private static boolean isNumeric(int column, List<CsvRecord> rows) {
        boolean number = false;
        for (CsvRecord row : rows) {
            String word = row.getFieldCount() > column ? row.getField(column).strip() : "";
            boolean missing = ResultsRow.MISSING.contains(word.toLowerCase(Locale.ROOT));
            if (!missing
                    && !ResultsRow.NUMBER.matcher(word).matches()
                    && !ResultsRow.INFINITE.matcher(word).matches()) {
                return false;
            }
            number |= !missing;
        }
        return number;
    }

    /** The columns that are the cell by their names. */
    public List<String> cellColumns() {
        return columns.stream()
                .filter(column -> CELL.stream().anyMatch(column::startsWith))
                .toList();
    }

    /**
     * Reads the runs.
     *
     * @param metrics the columns that are compared
     * @param cells further columns that are the cell
     * @throws SpecException with everything that is wrong: a column that is not there, a value that is not a number, a run that is
     *     there twice
     */
    public Results results(List<String> metrics, Collection<String> cells) {
        Problems problems = new Problems();
        for (String column : Stream.concat(metrics.stream(), cells.stream()).toList()) {
            require(column, problems);
        }
        problems.throwIfErrors();
        List<String> cellColumns =
                Stream.concat(cellColumns().stream(), cells.stream()).distinct().toList();
        Map<String, Integer> places = new HashMap<>();
        columns.forEach(column -> places.put(column, places.size()));
        List<Observation> runs = new ArrayList<>();
        Map<List<Object>, CsvRecord> seen = new HashMap<>();
        for (CsvRecord row : text.records().subList(1, text.records().size())) {
            Optional<Observation> run = new ResultsRow(text, columns, places, row, problems).run(metrics, cellColumns);
            if (run.isEmpty()) {
                continue;
            }
            CsvRecord first = seen.putIfAbsent(
                    List.of(run.get().variant(), run.get().cell(), run.get().pair()), row);
            if (first == null) {
                runs.add(run.get());
            } else {
                problems.add(Problem.error(
                                text.at(row, columns.indexOf(ResultsRow.pairColumn(columns))),
                                run.get().pair().inWords() + " of variant "
                                        + Problem.quoted(run.get().variant())
                                        + (cellColumns.isEmpty() ? "" : " in this cell") + " is given twice")
                        .suggesting("it also stands in line " + first.getStartingLineNumber()));
            }
        }
        if (runs.isEmpty() && !problems.hasErrors()) {
            problems.add(Problem.error(text.at(), "there is no run below the header"));
        }
        problems.throwIfErrors();
        return Results.of(runs, List.of());
    }

    private void checkHeader() {
        Problems problems = new Problems();
        CsvRecord header = text.records().get(0);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.indexOf(columns.get(i)) < i) {
                problems.add(Problem.error(
                        text.at(header, i),
                        "two columns are called " + Problem.quoted(columns.get(i)) + ": rename one"));
            }
        }
        require("variant", problems);
        require(ResultsRow.pairColumn(columns), problems);
        problems.throwIfErrors();
    }

    private void require(String column, Problems problems) {
        if (columns.contains(column)) {
            return;
        }
        String meant = Suggestion.didYouMean(column, columns);
        problems.add(Problem.error(text.at(text.records().get(0), 0), "no column " + Problem.quoted(column))
                .suggesting(meant.isEmpty() ? WAYS_OUT.getOrDefault(column, "") : meant)
                .noting("columns: " + String.join(", ", columns)));
    }
}
