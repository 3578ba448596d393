package dev.ablate.datasets.table;

import dev.ablate.core.data.DataException;
import dev.ablate.reader.csv.CsvReader;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.Encoding;
import dev.ablate.reader.csv.Places;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.csv.Rows;
import dev.ablate.reader.file.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Finds cells of a file again that was read and closed. */
final class CellPlaces {

    private final Path file;
    private final Encoding encoding;
    private final Dialect dialect;
    private final Rows rows;

    /**
     * @param rows as they were read, of which the marks are needed
     */
    CellPlaces(Path file, Encoding encoding, Dialect dialect, Rows rows) {
        this.file = file;
        this.encoding = encoding;
        this.dialect = dialect;
        this.rows = rows.withoutCells();
    }

    /** {@code file:line:column}; empty if the file cannot be read any more. */
    String of(int row, int column) {
        try (TextFile text = TextFile.open(file, Optional.of(encoding))) {
            RowText cells = new CsvReader(text.source(), dialect).row(rows, row);
            int index = Math.min(column, cells.offsets().size() - 1);
            return file + ":" + new Places(text.source()).of(cells, index);
        } catch (IOException | DataException | NoSuchElementException e) {
            return "";
        }
    }
}
