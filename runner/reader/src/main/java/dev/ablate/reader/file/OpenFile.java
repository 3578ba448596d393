package dev.ablate.reader.file;

import dev.ablate.core.data.DataException;
import dev.ablate.reader.csv.CsvReader;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.Encoding;
import dev.ablate.reader.csv.RowText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An open file with what is known of it before its rows are read: its separator, and what its columns are called. */
public final class OpenFile implements AutoCloseable {

    private static final int FIRST_ROWS = 20;

    private final TextFile text;
    private final Dialect dialect;
    private final CsvReader reader;
    private final FileMessages messages;
    private final List<RowText> first;
    private final long begin;
    private final Heading heading;
    private final List<String> remarks = new ArrayList<>();

    /**
     * Looks at the first rows of a file.
     *
     * @param text is closed with this
     */
    OpenFile(TextFile text, FileFormat format, Wanted wanted) throws IOException {
        this.text = text;
        remarks.addAll(text.remarks());
        String separator = format.separator().orElse(FileFormat.AUTO);
        if (separator.equals(FileFormat.AUTO)) {
            separator = new SeparatorGuess(text.source(), format.skip().orElse(0), wanted.columns()).separator();
            if (!separator.equals(",")) {
                remarks.add("the columns are separated by " + SeparatorGuess.inWords(separator));
            }
        }
        this.dialect = SeparatorGuess.dialect(separator)
                .with(format.point(), format.thousands().orElse(""), format.missing());
        this.reader = new CsvReader(text.source(), dialect);
        this.messages = new FileMessages(text, reader, dialect);
        this.begin = reader.begin(format.skip().orElse(0));
        this.first = reader.first(begin, FIRST_ROWS + 1);
        requireHeader();
        this.heading = Heading.of(first, format, wanted);
        remarks.addAll(heading.remarks());
    }

    /**
     * Opens a file and looks at its first rows.
     *
     * @param wanted by which its separator and its header are known
     * @throws NotUtf8Exception if a first row shows that it is not written in its encoding
     * @throws DataException if nothing is in it, it is not a file that can be read, or its first line is badly quoted
     * @throws IOException if it cannot be read
     */
    public static OpenFile open(Path file, FileFormat format, Wanted wanted) throws IOException {
        TextFile text = TextFile.open(file, format.encoding());
        try {
            return new OpenFile(text, format, wanted);
        } catch (IOException | RuntimeException e) {
            text.close();
            throw e;
        }
    }

    private void requireHeader() throws IOException {
        if (first.isEmpty()) {
            messages.requireText();
            throw new DataException(text.path().toString(), "the file is empty: its first line must name the columns");
        }
        if (first.get(0).badlyQuoted()) {
            messages.requireText();
            throw messages.badlyQuoted(first.get(0));
        }
        if (first.get(0).cells().stream().anyMatch(cell -> cell.contains(RowText.REPLACED))) {
            messages.requireText();
        }
    }

    /** How it was read. */
    public Encoding encoding() {
        return text.encoding();
    }

    /** How its cells are written. */
    public Dialect dialect() {
        return dialect;
    }

    /** Reads its rows. */
    public CsvReader reader() {
        return reader;
    }

    /** Words what is wrong with it. */
    public FileMessages messages() {
        return messages;
    }

    /** What its columns are called. */
    public Heading heading() {
        return heading;
    }

    /** Its first line that is not blank. */
    public RowText firstLine() {
        return first.get(0);
    }

    /** Some rows at its beginning, without a line of names. */
    public List<RowText> firstRows() {
        return heading.isNamed() ? first.subList(1, first.size()) : first;
    }

    /** Where the first row begins, below a line of names. */
    public long rowsBegin() {
        return heading.isNamed() ? first.get(0).next() : begin;
    }

    /** What was guessed. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
