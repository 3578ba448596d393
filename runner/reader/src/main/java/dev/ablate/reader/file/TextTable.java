package dev.ablate.reader.file;

import dev.ablate.core.data.DataException;
import dev.ablate.reader.csv.CsvReader;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.Place;
import dev.ablate.reader.csv.Places;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.file.FileMessages.Misshapen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A whole file as text, with the places of its cells: for what is read cell by cell, such as results that anyone wrote.
 *
 * <p>The file is in memory, and is not needed any more.
 */
public final class TextTable {

    private final Path file;
    private final OpenFile open;
    private final TextFile text;
    private final Places places;
    private final List<RowText> rows;

    private TextTable(Path file, TextFile text, OpenFile open) throws IOException {
        this.file = file;
        this.text = text;
        this.open = open;
        this.places = new Places(text.source());
        this.rows = open.reader().first(open.rowsBegin(), Integer.MAX_VALUE);
        if (!rows.isEmpty() && rows.get(rows.size() - 1).badlyQuoted()) {
            open.messages().requireText();
            throw open.messages().badlyQuoted(rows.get(rows.size() - 1));
        }
    }

    /**
     * Reads a file.
     *
     * @param wanted by which its separator and its header are known
     * @throws DataException if it cannot be read, is not in its encoding, is empty, or has a quote that is not closed
     */
    public static TextTable read(Path file, FileFormat format, Wanted wanted) {
        return Unreadable.reported(file, "", () -> {
            try (TextFile text = TextFile.open(file, format.encoding())) {
                TextFile stored = text.inMemory();
                return new TextTable(file, stored, new OpenFile(stored, format, wanted));
            } catch (NotUtf8Exception e) {
                throw new DataException(List.of(FileMessages.notUtf8(file, e.place())), 0);
            }
        });
    }

    /** What its columns are called. */
    public List<String> names() {
        return open.heading().names();
    }

    /** Its rows, without a line of names. */
    public List<RowText> rows() {
        return rows;
    }

    /** How its cells are written. */
    public Dialect dialect() {
        return open.dialect();
    }

    /** What was guessed. */
    public List<String> remarks() {
        return open.remarks();
    }

    /** What is wrong with a row that has not as many cells as there are columns; empty if it has. */
    public Optional<Misshapen> misshapen(RowText row) {
        int width = names().size() + (open.heading().emptyLast() ? 1 : 0);
        boolean fits = row.cells().size() == width
                && (!open.heading().emptyLast() || row.cells().get(width - 1).isBlank());
        return fits ? Optional.empty() : Optional.of(open.messages().misshapen(row, width));
    }

    /**
     * A cell without the blanks around it.
     *
     * @throws DataException if it is not in the file's encoding
     */
    public String cell(RowText row, int column) {
        String cell = row.cells().get(column).strip();
        if (cell.contains(RowText.REPLACED)) {
            Optional<Place> bad = unchecked(text::notUtf8);
            if (bad.isPresent()) {
                throw new DataException(List.of(FileMessages.notUtf8(file, bad.get())), 0);
            }
        }
        return cell;
    }

    /** What may be the reason for a wanted name that the first line does not have, as the end of a sentence; or nothing. */
    public String whyNot(String name) {
        return unchecked(() -> open.messages()
                .name(
                        open.firstLine(),
                        0,
                        open.messages()
                                .lineBelow(open.firstLine(), open.firstRows().size() + 1, List.of(name)),
                        names())
                .reason());
    }

    /** The first line that is not blank. */
    public RowText firstLine() {
        return open.firstLine();
    }

    /** Where a cell begins. */
    public Place place(RowText row, int column) {
        return unchecked(() -> places.of(row, column));
    }

    /** The line (from 1) in which a row begins. */
    public long line(RowText row) {
        return unchecked(() -> places.line(row.position()));
    }

    /** The text of the line in which a cell begins. */
    public String lineText(RowText row, int column) {
        return unchecked(() -> new CsvReader(text.source(), dialect())
                .line(row.position(), row.offsets().get(column)));
    }

    private static <T> T unchecked(Unreadable.Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
    }
}
