package dev.ablate.datasets.table;

import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.reader.file.FileFormat;
import dev.ablate.reader.file.Heading;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Options of a table: a file, or rows and the names of their columns.
 *
 * <p>The record holds what is used: the separator is never empty for a file, and always for rows. Rows that the constructor lets
 * through make a dataset; a file is looked at when it is opened.
 */
public record TableOptions(
        @Option(help = "a CSV file, which may be packed by gzip; excludes rows")
        Optional<Path> file,

        @Option(help = "the rows themselves, such as [[0, 1, 1], [1, 1, 0]]; excludes file")
        Optional<List<List<Double>>> rows,

        @Option(
                help =
                        "names of all columns, for rows and for a file without a header, or instead of its own; or what columns of a"
                                + " file hold where that is guessed otherwise, such as { pclass: category }")
        Optional<TableColumns> columns,

        @Option(help = "the column that is to be predicted; all others are features")
        String target,

        @Option(help = "the class of two that counts as 1; by default the second in order")
        Optional<String> positive,

        @Option(
                help =
                        "what is learned; by default binary-classification if the target is 0 or 1 in every row, or has two values,"
                                + " of which the greater counts as 1; classes if it is text of more; else regression")
        Optional<TableTask> task,

        @Option(help = "columns of a file that are not looked at")
        Optional<List<String>> ignore,

        FileFormat format) {

    private static final String NO_FILE = "there is no file: leave this out";

    /**
     * Fills in the separator and copies the rows.
     *
     * @throws Refused if options do not fit together, or the rows make no dataset
     */
    public TableOptions {
        rows = rows.map(all -> all.stream().map(List::copyOf).toList());
        ignore = ignore.filter(names -> !names.isEmpty()).map(List::copyOf);

        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(file.isEmpty() && rows.isEmpty(), "file", "there is no data: give file, or rows with columns");
        reasons.addIf(file.isPresent() && rows.isPresent(), "rows", "give file or rows, not both");
        reasons.addIf(ignore.isPresent() && ignore.get().contains(target), "ignore", "the target cannot be ignored");
        if (file.isPresent()) {
            format = format.ofFile();
        } else if (rows.isPresent()) {
            refuseFormat(format, reasons);
            reasons.addIf(ignore.isPresent(), "ignore", NO_FILE);
            boolean named = columns.isPresent() && columns.get().kinds().isEmpty();
            reasons.addIf(!named, "columns", "rows need the names of their columns, such as [x1, x2, y]");
            if (named) {
                Header header = new Header(columns.get().names(), target);
                for (Header.Fault fault : header.faults()) {
                    reasons.addIf(true, fault.ofTarget() ? "target" : "columns", fault.reason());
                }
                checkRows(rows.get(), header, new TargetChoice(target, task, positive), reasons);
            }
        }
        reasons.throwIfAny();
    }

    private static void refuseFormat(FileFormat format, Refused.Reasons reasons) {
        reasons.addIf(format.header().isPresent(), "header", NO_FILE);
        reasons.addIf(format.skip().isPresent(), "skip", NO_FILE);
        reasons.addIf(
                format.separator().isPresent(),
                "separator",
                "there is no file whose values are separated: leave this out");
        reasons.addIf(format.decimal().isPresent(), "decimal", NO_FILE);
        reasons.addIf(format.encoding().isPresent(), "encoding", NO_FILE);
        reasons.addIf(format.na().isPresent(), "na", NO_FILE);
        reasons.addIf(format.thousands().isPresent(), "thousands", NO_FILE);
    }

    private static void checkRows(
            List<List<Double>> rows, Header header, TargetChoice choice, Refused.Reasons reasons) {
        reasons.addIf(rows.isEmpty(), "rows", "there must be at least one row");
        int width = header.names().size();
        int target = header.targetIndex();
        for (int i = 0; i < rows.size(); i++) {
            List<Double> row = rows.get(i);
            String which = "row " + (i + 1) + " of " + rows.size();
            reasons.addIf(
                    row.size() != width,
                    "rows",
                    which + " has " + Heading.counted(row.size(), "value") + " for "
                            + Heading.counted(width, "column"));
        }
        boolean complete = !rows.isEmpty() && rows.stream().allMatch(row -> row.size() == width);
        if (complete && target >= 0) {
            double[] targets = rows.stream().mapToDouble(row -> row.get(target)).toArray();
            NumberTarget.misfit(targets, choice, row -> NumberTarget.written(targets[row]))
                    .ifPresent(misfit -> reasons.addIf(
                            true,
                            misfit.row() < 0 ? "positive" : "rows",
                            (misfit.row() < 0 ? "" : "row " + (misfit.row() + 1) + " of " + rows.size() + ": ")
                                    + misfit.reason()));
        }
    }

    /** The same of a file that is written in another way. */
    TableOptions in(FileFormat another) {
        return new TableOptions(file, rows, columns, target, positive, task, ignore, another);
    }

    /** What was said of the target. */
    TargetChoice choice() {
        return new TargetChoice(target, task, positive);
    }
}
