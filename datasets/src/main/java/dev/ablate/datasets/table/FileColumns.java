package dev.ablate.datasets.table;

import dev.ablate.reader.csv.CsvReader;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.Kind;
import dev.ablate.reader.csv.NumberText;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.csv.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cells of all used columns of a file, numbers as numbers and all else as words.
 *
 * <p>What a column holds is assumed by the first rows, and then seen: a column of numbers with a cell that is none is read again as
 * words. So what is assumed wrongly costs time, and changes nothing.
 */
final class FileColumns {

    private final Rows rows;
    private final Map<Integer, ReadColumn> columns = new HashMap<>();

    private FileColumns(Rows rows) {
        this.rows = rows;
    }

    /**
     * Reads them.
     *
     * @param begin where the first row begins
     * @param kinds of the columns: {@link Kind#NUMBER} may turn out to hold words
     * @param apart index of the column that is stored apart from the others
     * @throws IOException if the file cannot be read
     */
    static FileColumns read(CsvReader reader, long begin, List<Kind> kinds, int apart) throws IOException {
        Rows rows = reader.rows(begin, kinds, apart);
        FileColumns read = new FileColumns(rows);
        if (rows.badlyQuoted() || rows.size() == 0) {
            return read;
        }
        read.add(rows, kinds, apart);
        if (!rows.texts().isEmpty()) {
            List<Kind> again = new ArrayList<>();
            for (int column = 0; column < kinds.size(); column++) {
                again.add(rows.texts().contains(column) ? Kind.TEXT : Kind.UNUSED);
            }
            int first = rows.texts().get(0);
            read.add(reader.rows(begin, again, first), again, first);
        }
        return read;
    }

    private void add(Rows stored, List<Kind> kinds, int apart) {
        int slot = 0;
        int width = (int) kinds.stream()
                        .filter(kind -> kind == Kind.NUMBER || kind == Kind.TEXT)
                        .count()
                - 1;
        for (int column = 0; column < kinds.size(); column++) {
            if (kinds.get(column) == Kind.NUMBER || kinds.get(column) == Kind.TEXT) {
                Optional<List<String>> words =
                        Optional.ofNullable(stored.words().get(column));
                columns.put(
                        column,
                        column == apart
                                ? new ReadColumn(List.of(stored.apart()), 1, 0, stored.size(), words)
                                : new ReadColumn(stored.parts(), width, slot++, stored.size(), words));
            }
        }
    }

    /**
     * What columns seem to hold.
     *
     * @param kinds numbers where that is to be found out
     * @param first rows of the file
     */
    static List<Kind> assumed(List<Kind> kinds, List<RowText> first, Dialect dialect) {
        NumberText numbers = new NumberText(dialect);
        List<Kind> assumed = new ArrayList<>(kinds);
        for (RowText row : first) {
            for (int column = 0; column < Math.min(kinds.size(), row.cells().size()); column++) {
                String cell = row.cells().get(column).strip();
                boolean isNumber =
                        dialect.missing().contains(cell) || numbers.plain(cell).isPresent();
                if (kinds.get(column) == Kind.NUMBER && !isNumber) {
                    assumed.set(column, Kind.TEXT);
                }
            }
        }
        return assumed;
    }

    /** How many columns are used, besides the one that is stored apart. */
    int width() {
        return columns.size() - 1;
    }

    /** The rows, with the numbers of all columns that have nothing else. */
    Rows rows() {
        return rows;
    }

    /** A used column by its index in the file. */
    ReadColumn column(int index) {
        ReadColumn column = columns.get(index);
        if (column == null) {
            throw new IllegalArgumentException("column " + index + " is not read");
        }
        return column;
    }

    /** Whether the numbers of all used columns lie as the first reading stored them. */
    boolean isPlain() {
        return columns.values().stream().allMatch(column -> column.words().isEmpty());
    }
}
