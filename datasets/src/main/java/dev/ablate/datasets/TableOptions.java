package dev.ablate.datasets;

import dev.ablate.core.data.Task;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Options of a table: a CSV file, or rows and the names of their columns.
 *
 * <p>The record holds what is used: {@code separator} is never empty for a file, and always for rows. Rows that the
 * constructor lets through make a dataset; a file is looked at when it is opened.
 */
public record TableOptions(
        @Option(help = "a CSV file in UTF-8 whose first line names the columns; excludes rows")
        Optional<Path> file,

        @Option(help = "the rows themselves, such as [[0, 1, 1], [1, 1, 0]]; excludes file")
        Optional<List<List<Double>>> rows,

        @Option(help = "names of the columns of rows, the target's among them")
        Optional<List<String>> columns,

        @Option(help = "the column that is to be predicted; all others are features")
        String target,

        @Option(
                help =
                        "what is learned; by default binary-classification if the target is 0 or 1 in every row, or has two values,"
                                + " of which the greater counts as 1; else regression")
        Optional<Task> task,

        @Option(help = "the character between two values of a file", fallback = "','")
        Optional<String> separator) {

    /**
     * Fills in the separator and copies the rows.
     *
     * @throws Refused if options do not fit together, or the rows make no dataset
     */
    public TableOptions {
        rows = rows.map(all -> all.stream().map(List::copyOf).toList());
        columns = columns.map(List::copyOf);

        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(file.isEmpty() && rows.isEmpty(), "file", "there is no data: give file, or rows with columns");
        reasons.addIf(file.isPresent() && rows.isPresent(), "rows", "give file or rows, not both");
        if (file.isPresent()) {
            reasons.addIf(columns.isPresent(), "columns", "the first line of a file names its columns: leave this out");
            separator = Optional.of(separator.orElse(","));
            reasons.addIf(
                    !isSeparator(separator.get()),
                    "separator",
                    "must be one character such as ',', ';', '|' or \"\\t\", and none that numbers or names are made of");
        } else if (rows.isPresent()) {
            reasons.addIf(
                    separator.isPresent(), "separator", "there is no file whose values are separated: leave this out");
            reasons.addIf(columns.isEmpty(), "columns", "rows need the names of their columns, such as [x1, x2, y]");
            if (columns.isPresent()) {
                Header header = new Header(columns.get(), target);
                for (Header.Fault fault : header.faults()) {
                    reasons.addIf(true, fault.ofTarget() ? "target" : "columns", fault.reason());
                }
                checkRows(rows.get(), header, task, reasons);
            }
        }
        reasons.throwIfAny();
    }

    private static boolean isSeparator(String text) {
        // one char, as the reader wants it: some characters are two
        return text.length() == 1 && text.matches("[^\\p{Alnum}\\s\"'.+-]|[ \\t]");
    }

    private static void checkRows(
            List<List<Double>> rows, Header header, Optional<Task> task, Refused.Reasons reasons) {
        reasons.addIf(rows.isEmpty(), "rows", "there must be at least one row");
        int width = header.names().size();
        int target = header.targetIndex();
        for (int i = 0; i < rows.size(); i++) {
            List<Double> row = rows.get(i);
            String which = "row " + (i + 1) + " of " + rows.size();
            reasons.addIf(
                    row.size() != width,
                    "rows",
                    which + " has " + Header.counted(row.size(), "value") + " for " + Header.counted(width, "column"));
        }
        boolean complete = !rows.isEmpty() && rows.stream().allMatch(row -> row.size() == width);
        if (complete && target >= 0) {
            double[] targets = rows.stream().mapToDouble(row -> row.get(target)).toArray();
            Target.misfit(targets, task, row -> Target.written(targets[row]))
                    .ifPresent(misfit -> reasons.addIf(
                            true, "rows", "row " + (misfit.row() + 1) + " of " + rows.size() + ": " + misfit.reason()));
        }
    }
}
