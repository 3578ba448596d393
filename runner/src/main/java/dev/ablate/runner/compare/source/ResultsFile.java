package dev.ablate.runner.compare.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ablate.runner.compare.Observation;
import dev.ablate.runner.runs.RunStatus;
import dev.ablate.runner.spec.Position;
import dev.ablate.runner.spec.Problem;
import dev.ablate.runner.spec.Problems;
import dev.ablate.runner.spec.SpecException;
import dev.ablate.runner.spec.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs in a CSV file, one a row, whoever wrote it.
 *
 * <p>Needed are the columns {@code variant} (text), {@code seed} (a whole number) and the metrics (numbers; empty and {@code NaN} are
 * missing, an infinite one has diverged). Known are {@code status} (as MLflow and others write it), {@code updates},
 * {@code deterministic} (true: the row stands for every seed) and {@code weights/...}. Columns that begin with {@code trainer.},
 * {@code data.} or {@code dataset.} are the cell. All others are left alone.
 */
public final class ResultsFile {

    private static final List<String> CELL = List.of("trainer.", "data.", "dataset.");
    private static final Map<String, String> WAYS_OUT = Map.of(
            "variant",
            "rename the column that says what is compared",
            "seed",
            "add one that says which runs are a pair, such as 1, 2, 3, ... for each variant");
    private static final String WEIGHTS = "weights/";
    private static final Set<String> KNOWN = Set.of("variant", "seed", "status", "deterministic");
    private static final Pattern NUMBER = Pattern.compile("[0-9eE.+-]+");
    private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(inity)?");
    private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "none");
    private static final String WHOLE = "[+-]?[0-9]{1,18}(\\.0*)?";

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
                && !column.startsWith(WEIGHTS)
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
            boolean missing = MISSING.contains(word.toLowerCase(Locale.ROOT));
            if (!missing
                    && !NUMBER.matcher(word).matches()
                    && !INFINITE.matcher(word).matches()) {
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
     * @throws SpecException with everything that is wrong: a column that is not there, a value that is no number, a run that is
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
        List<Observation> runs = new ArrayList<>();
        Map<List<Object>, CsvRecord> seen = new LinkedHashMap<>();
        for (CsvRecord row : text.records().subList(1, text.records().size())) {
            Optional<Observation> run = new Row(row, problems).run(metrics, cellColumns);
            if (run.isEmpty()) {
                continue;
            }
            CsvRecord first = seen.putIfAbsent(
                    List.of(run.get().variant(), run.get().cell(), run.get().seed()), row);
            if (first == null) {
                runs.add(run.get());
            } else {
                problems.add(Problem.error(
                                text.at(row, columns.indexOf("seed")),
                                "seed " + run.get().seed() + " of variant "
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
        require("seed", problems);
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

    /** One row that is read; what is wrong with it is told, and makes it no run. */
    private final class Row {

        private final CsvRecord row;
        private final Problems problems;
        private boolean sound = true;

        Row(CsvRecord row, Problems problems) {
            this.row = row;
            this.problems = problems;
        }

        Optional<Observation> run(List<String> metrics, List<String> cellColumns) {
            if (row.getFieldCount() != columns.size()) {
                wrong(
                        Math.min(row.getFieldCount(), columns.size()) - 1,
                        row.getFieldCount() + " values for " + columns.size() + " columns");
                return Optional.empty();
            }
            String variant = field("variant");
            if (variant.isEmpty()) {
                wrong(columns.indexOf("variant"), "the variant's name is missing");
            }
            long seed = whole("seed").orElse(0);
            if (field("seed").isEmpty()) {
                wrong(columns.indexOf("seed"), "the seed is missing");
            }
            RunStatus status = status();
            Map<String, String> cell = new LinkedHashMap<>();
            cellColumns.forEach(column -> cell.put(column, field(column)));
            Map<String, Double> values = new LinkedHashMap<>();
            metrics.forEach(metric -> values.put(metric, number(metric)));
            Map<String, Double> weights = new LinkedHashMap<>();
            for (String column : columns) {
                if (column.startsWith(WEIGHTS) && !field(column).isEmpty()) {
                    weights.put(column.substring(WEIGHTS.length()), number(column));
                }
            }
            return sound
                    ? Optional.of(new Observation(
                            variant,
                            cell,
                            seed,
                            Optional.empty(),
                            status,
                            Optional.empty(),
                            deterministic(),
                            whole("updates"),
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            Optional.empty(),
                            values,
                            weights))
                    : Optional.empty();
        }

        private String field(String column) {
            int index = columns.indexOf(column);
            return index < 0 ? "" : row.getField(index).strip();
        }

        private RunStatus status() {
            if (!columns.contains("status")) {
                return RunStatus.FINISHED;
            }
            Optional<RunStatus> status = StatusWords.read(field("status"));
            if (status.isEmpty()) {
                wrong(
                        columns.indexOf("status"),
                        "status " + Problem.quoted(field("status"))
                                + " is not known: write finished, failed, killed (stopped from outside) or running");
            }
            return status.orElse(RunStatus.FAILED);
        }

        private boolean deterministic() {
            return field("deterministic").equalsIgnoreCase("true");
        }

        private OptionalLong whole(String column) {
            String written = field(column);
            if (written.isEmpty()) {
                return OptionalLong.empty();
            }
            if (!written.matches(WHOLE)) {
                wrong(columns.indexOf(column), column + " must be a whole number, got " + Problem.quoted(written));
                return OptionalLong.empty();
            }
            int point = written.indexOf('.');
            return OptionalLong.of(Long.parseLong(point < 0 ? written : written.substring(0, point)));
        }

        private double number(String column) {
            String written = field(column);
            if (MISSING.contains(written.toLowerCase(Locale.ROOT))) {
                return Double.NaN;
            }
            if (INFINITE.matcher(written).matches()) {
                return written.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            try {
                // Java's own extras, such as 1f and 0x1p3, are no numbers elsewhere
                if (NUMBER.matcher(written).matches()) {
                    return Double.parseDouble(written);
                }
            } catch (NumberFormatException e) {
                // told below
            }
            wrong(
                    columns.indexOf(column),
                    column + " must be a number, got " + Problem.quoted(written),
                    written.matches("[+-]?[0-9]+,[0-9]+") ? "write a point: " + written.replace(',', '.') : "");
            return Double.NaN;
        }

        private void wrong(int column, String message) {
            wrong(column, message, "");
        }

        private void wrong(int column, String message, String suggestion) {
            sound = false;
            Position at = text.at(row, Math.max(0, column));
            problems.add(Problem.error(at, message).suggesting(suggestion));
        }
    }
}
