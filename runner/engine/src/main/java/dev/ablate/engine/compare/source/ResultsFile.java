package dev.ablate.engine.compare.source;

import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.table.FileProblems;
import dev.ablate.engine.table.TableText;
import dev.ablate.reader.file.FileFormat;
import dev.ablate.reader.file.HeaderLine;
import dev.ablate.reader.file.Wanted;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs in a CSV file, one a row, whoever wrote it.
 *
 * <p>Needed are the columns {@code variant} (text), {@code seed} (a whole number, and {@code fold} beside it where a seed cuts its rows
 * into folds) or {@code pair} (any text; it counts where both are there), or others that are named instead, and the metrics (numbers; empty and {@code NaN} are
 * missing, an infinite one has diverged). Known are {@code status} (as trackers and others write it), {@code updates},
 * {@code deterministic} (true: the row stands for every seed) and {@code weights/...}. Columns that begin with {@code trainer.},
 * {@code data.} or {@code dataset.} are the cell. All others are left alone.
 */
public final class ResultsFile {

    private static final List<String> CELL = List.of("trainer.", "data.", "dataset.");
    private static final Map<String, String> WAYS_OUT = Map.of(
            "variant",
            "name the column that says what is compared: --variant-by COLUMN",
            "seed",
            "add one that says which runs are a pair, such as 1, 2, 3, ... for each variant; or a column 'pair' with any text;"
                    + " or name one that is there: --pair-by COLUMN");
    private static final Set<String> KNOWN =
            Set.of("variant", "seed", ResultsRow.FOLD, ResultsRow.PAIR, "deterministic");

    private final TableText text;
    private final List<String> columns;
    private final ResultsRow.Keys keys;
    private final boolean mean;

    private ResultsFile(TableText text, Roles roles, boolean single) {
        this.text = text;
        this.columns = text.names();
        this.keys = ResultsRow.Keys.of(roles, columns, single);
        this.mean = roles.mean();
    }

    /**
     * Reads a file whose columns have their usual names.
     *
     * @throws SpecException if there is no such file, it is empty, or its header is wrong
     */
    public static ResultsFile read(Path file, FileFormat format) {
        return read(file, format, Roles.USUAL, false);
    }

    /**
     * Reads a file and its header.
     *
     * @param format how it is written, as far as that is said; its first line always names the columns
     * @param roles which columns say variant and pair
     * @param single whether one value of each variant in each cell is enough, so that no column need say which are a pair
     * @throws SpecException if there is no such file, it is empty, or its header is wrong
     */
    public static ResultsFile read(Path file, FileFormat format, Roles roles, boolean single) {
        FileFormat named = format.header().isPresent() ? format : format.with(HeaderLine.TRUE);
        Wanted wanted = Wanted.of(List.of(roles.variant().orElse(ResultsRow.VARIANT)));
        ResultsFile results = new ResultsFile(TableText.read(file, named, wanted), roles, single);
        results.checkHeader();
        return results;
    }

    /** What was guessed of the file. */
    public List<String> remarks() {
        return text.remarks();
    }

    /** The names of the columns, in order. */
    public List<String> columns() {
        return columns;
    }

    /** Whether a column may be a metric by its name. */
    public boolean mayBeMetric(String column) {
        return !KNOWN.contains(column)
                && !keys.are(column)
                && StatusWords.column(List.of(column)).isEmpty()
                && !column.startsWith(ResultsRow.WEIGHTS)
                && CELL.stream().noneMatch(column::startsWith);
    }

    /** The columns that can be metrics: there are numbers in them, and nothing else. */
    public List<String> metricColumns() {
        BitSet numbers = new BitSet();
        BitSet others = new BitSet();
        text.each(row -> {
            for (int column = 0; column < columns.size(); column++) {
                String word =
                        row.cells().size() > column ? row.cells().get(column).strip() : "";
                if (!others.get(column) && !ResultsRow.isMissing(word, text)) {
                    (isNumber(word) ? numbers : others).set(column);
                }
            }
        });
        numbers.andNot(others);
        return numbers.stream().mapToObj(columns::get).filter(this::mayBeMetric).toList();
    }

    private boolean isNumber(String word) {
        return text.number(word).isPresent()
                || ResultsRow.INFINITE.matcher(word).matches();
    }

    /** The columns that are the cell by their names. */
    public List<String> cellColumns() {
        return columns.stream()
                .filter(column -> CELL.stream().anyMatch(column::startsWith) && !keys.are(column))
                .toList();
    }

    /**
     * Reads the runs.
     *
     * @param metrics the columns that are compared
     * @param cells further columns that are the cell
     * @throws SpecException with everything that is wrong: a column that is not there, a value that is not a number, a run that is
     *     there twice where repeats are refused
     */
    public Results results(List<String> metrics, Collection<String> cells) {
        FileProblems problems = new FileProblems();
        for (String column : Stream.concat(metrics.stream(), cells.stream()).toList()) {
            require(column, problems);
        }
        problems.throwIfAny();
        List<String> cellColumns =
                Stream.concat(cellColumns().stream(), cells.stream()).distinct().toList();
        FileRuns runs = new FileRuns(ResultsRow.Layout.of(text, columns, keys), metrics, cellColumns, mean, problems);
        text.each(runs::add);
        if (runs.areNone() && problems.isEmpty()) {
            problems.add(() -> Problem.error(text.at(), "there is no run below the header"));
        }
        problems.throwIfAny();
        return runs.results();
    }

    private void checkHeader() {
        FileProblems problems = new FileProblems();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            if (columns.indexOf(columns.get(i)) < i) {
                problems.add(() -> Problem.error(
                        text.header(column),
                        "two columns are called " + Problem.quoted(columns.get(column)) + ": rename one"));
            }
        }
        require(keys.variant(), problems);
        if (!keys.pair().isEmpty()) {
            require(keys.pair(), problems);
        }
        keys.cluster().ifPresent(column -> require(column, problems));
        problems.throwIfAny();
    }

    private void require(String column, FileProblems problems) {
        if (columns.contains(column)) {
            return;
        }
        String meant = Suggestion.didYouMean(column, columns);
        problems.add(() -> text.noColumn(column)
                .suggesting(meant.isEmpty() ? WAYS_OUT.getOrDefault(column, "") : meant)
                .noting("columns: " + String.join(", ", columns)));
    }
}
