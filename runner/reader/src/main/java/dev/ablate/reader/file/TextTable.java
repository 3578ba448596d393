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
import java.util.function.Consumer;

/**
 * A file as text, with the places of its cells: for what is read cell by cell, such as results that anyone wrote.
 *
 * <p>The file is in memory, and is not needed any more. Its rows are made of that each time they are asked for: there may be millions.
 */
public final class TextTable {

    private final Path file;
    private final OpenFile open;
    private final TextFile text;
    private final Places places;

    private TextTable(Path file, TextFile text, OpenFile open) {
        this.file = file;
        this.text = text;
        this.open = open;
        this.places = new Places(text.source());
    }

    /**
     * Reads a file.
     *
     * @param wanted by which its separator and its header are known
     * @throws DataException if it cannot be read, is not in its encoding, or is empty
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

    /**
     * Hands over its rows one after the other, without a line of names.
     *
     * @throws DataException if one has a quote that is not closed; that and those behind it are not handed over
     */
    public void each(Consumer<RowText> rows) {
        Optional<RowText> bad = unchecked(() -> open.reader().each(open.rowsBegin(), rows));
        if (bad.isPresent()) {
            unchecked(text::notUtf8).ifPresent(this::refuse);
            throw unchecked(() -> open.messages().badlyQuoted(bad.get()));
        }
    }

    private void refuse(Place notUtf8) {
        throw new DataException(List.of(FileMessages.notUtf8(file, notUtf8)), 0);
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
            unchecked(text::notUtf8).ifPresent(this::refuse);
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

    /** The line (from 1) that begins at the position of a row. */
    public long line(long position) {
        return unchecked(() -> places.line(position));
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
