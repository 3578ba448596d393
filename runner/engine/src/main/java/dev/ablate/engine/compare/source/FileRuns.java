package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Numbering;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.PairList;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.table.FileProblems;
import dev.ablate.engine.table.TableText;
import dev.ablate.reader.csv.RowText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The runs of a file, row by row; of each variant, cell and pair there is one, or the mean of several. */
final class FileRuns {

    private static final int FEW = 16;

    private final ResultsRow.Layout layout;
    private final List<String> metrics;
    private final List<String> cells;
    private final boolean mean;
    private final FileProblems problems;
    private final ClusterRows clusters;
    private final Repeats repeats = new Repeats();
    private final Numbering<Observation> runs = new Numbering<>(FileRuns::hash, FileRuns::areRepeats);

    /** Where the row of each run begins. */
    private long[] positions = new long[FEW];

    /**
     * Without any yet.
     *
     * @param metrics the columns that are compared
     * @param cells those that are the cell
     * @param mean whether repeats count as one; else they are refused
     * @param problems where to report what is wrong
     */
    FileRuns(ResultsRow.Layout layout, List<String> metrics, List<String> cells, boolean mean, FileProblems problems) {
        this.layout = layout;
        this.metrics = metrics;
        this.cells = cells;
        this.mean = mean;
        this.problems = problems;
        this.clusters = new ClusterRows(layout.text(), layout.columns(), layout.keys());
    }

    private static int hash(Observation run) {
        return 31 * (31 * run.variant().hashCode() + run.cell().hashCode())
                + run.pair().hashCode();
    }

    private static boolean areRepeats(Observation one, Observation other) {
        return one.pair().equals(other.pair())
                && one.variant().equals(other.variant())
                && one.cell().equals(other.cell());
    }

    void add(RowText row) {
        ResultsRow read = new ResultsRow(layout, row, problems);
        Optional<Observation> found = read.run(metrics, cells);
        if (found.isEmpty()) {
            return;
        }
        Observation run = found.get();
        layout.keys().cluster().ifPresent(column -> clusters.add(run, row, read.cluster(column), problems));
        if (mean) {
            repeats.add(run);
            return;
        }
        int there = runs.size();
        int number = runs.add(run);
        if (number < there) {
            problems.add(() -> repeated(run, row, positions[number]));
            return;
        }
        if (number == positions.length) {
            positions = Arrays.copyOf(positions, 2 * number);
        }
        positions[number] = row.position();
    }

    private Problem repeated(Observation run, RowText row, long first) {
        TableText text = layout.text();
        String pair = layout.keys().pair();
        return Problem.error(
                        text.at(row, Math.max(0, layout.columns().indexOf(pair))),
                        (pair.isEmpty() ? "" : run.pair().inWords() + " of ") + "variant "
                                + Problem.quoted(run.variant()) + (cells.isEmpty() ? "" : " in this cell")
                                + " is given twice")
                .suggesting("it also stands in line " + text.line(first) + "; with --repeat mean their mean counts");
    }

    /** Whether no row was a run. */
    boolean areNone() {
        return runs.size() == 0 && repeats.areNone();
    }

    /** All of them, in the order in which the first of each came. */
    Results results() {
        List<Observation> all = mean ? repeats.means() : runs.all();
        return Results.of(all, new PairList(layout.pairs()), repeats.remarks(), clusters.all());
    }
}
