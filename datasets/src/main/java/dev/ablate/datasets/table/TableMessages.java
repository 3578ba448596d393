package dev.ablate.datasets.table;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.DataException.Fault;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.csv.Rows;
import dev.ablate.reader.file.FileMessages;
import dev.ablate.reader.file.FileMessages.Misshapen;
import dev.ablate.reader.file.OpenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Words what is wrong with a table in a file, with its places. */
final class TableMessages {

    private final OpenFile file;
    private final FileMessages messages;

    TableMessages(OpenFile file) {
        this.file = file;
        this.messages = file.messages();
    }

    /** What is wrong with the names of the columns. */
    DataException header(List<Header.Fault> wrong, Header header, TableOptions options) throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (Header.Fault fault : wrong) {
            String more = fault.ofTarget() && header.targetIndex() < 0 ? ofTarget(options) : "";
            faults.add(messages.name(
                    file.firstLine(), Math.max(fault.column(), 0), fault.inFile() + more, header.names()));
        }
        return new DataException(faults.subList(0, Math.min(Faults.MOST, faults.size())), 0);
    }

    /** Why the target may not be among the names. */
    private String ofTarget(TableOptions options) throws IOException {
        String below = messages.lineBelow(file.firstLine(), file.firstRows().size() + 1, List.of(options.target()));
        if (!below.isEmpty()) {
            return below;
        }
        return file.heading().isNamed() || options.columns().isPresent()
                ? ""
                : "; the first line holds a number, so that it is a row: name the columns, such as columns: [x, "
                        + options.target() + "], or put a line above it that names them";
    }

    /**
     * Adds rows that have too many or too few values.
     *
     * @param width how many they must have
     */
    void addMisshapen(Rows rows, int width, Faults faults) throws IOException {
        for (int index : rows.wrong()) {
            Misshapen misshapen = messages.misshapen(file.reader().row(rows, index), width);
            faults.addRow(index, misshapen.column(), misshapen.reason());
        }
        faults.addUnnamed(rows.wrongCount() - rows.wrong().size());
    }

    /** Cells that are not what they must be. */
    DataException values(Faults found, Rows rows) throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (Faults.Found one : found.first()) {
            RowText row = file.reader().row(rows, one.row());
            faults.add(messages.fault(row, one.column(), one.reason()));
        }
        return new DataException(faults, found.more());
    }

    /** The line of a row, for a sentence. */
    String line(Rows rows, int row) throws IOException {
        return messages.line(rows, row);
    }

    /** A value as it stands in the file, without the blanks around it. */
    String cell(Rows rows, int row, int column) throws IOException {
        return messages.cell(rows, row, column);
    }
}
