package dev.ablate.reader.csv;

import dev.ablate.reader.csv.Rows.Mark;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a CSV file: all its rows as numbers, or some as text.
 *
 * <p>All rows are read by several threads, each a chunk of a megabyte at a time; what they find does not depend on how many there are.
 */
public final class CsvReader {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Source source;
    private final Dialect dialect;
    private final Cut cut;

    /**
     * @param source stays open
     */
    public CsvReader(Source source, Dialect dialect) {
        this(source, dialect, Cut.usual());
    }

    CsvReader(Source source, Dialect dialect, Cut cut) {
        this.source = source;
        this.dialect = dialect;
        this.cut = cut;
    }

    /**
     * Where the text begins: behind a byte order mark, and some lines.
     *
     * @param lines how many are left out, blank ones among them
     * @throws IOException if the source cannot be read
     */
    public long begin(int lines) throws IOException {
        long at = mark();
        try (InputStream in = new BufferedInputStream(new SourceStream(source, at))) {
            for (int left = lines; left > 0; left--) {
                int b = in.read();
                while (b >= 0 && b != '\n' && b != '\r') {
                    at++;
                    b = in.read();
                }
                at += b < 0 ? 0 : 1;
                in.mark(1);
                if (b == '\r' && in.read() == '\n') {
                    at++;
                } else {
                    in.reset();
                }
            }
        }
        return at;
    }

    /**
     * The first rows from a position on.
     *
     * @param begin where a line begins
     * @param most how many at most
     * @return fewer if there are fewer; the last may be badly quoted
     * @throws IOException if the source cannot be read
     */
    public List<RowText> first(long begin, int most) throws IOException {
        RowReader reader = new RowReader(source, dialect, begin);
        List<RowText> rows = new ArrayList<>();
        Optional<RowText> next = most > 0 ? reader.next() : Optional.empty();
        while (next.isPresent()) {
            rows.add(next.get());
            boolean more = rows.size() < most && !next.get().badlyQuoted();
            next = more ? reader.next() : Optional.empty();
        }
        return rows;
    }

    /**
     * Hands over each row from a position on; none is kept.
     *
     * @param begin where a line begins
     * @return the row that is badly quoted, which ends the reading and is not handed over; empty if there is none
     * @throws IOException if the source cannot be read
     */
    public Optional<RowText> each(long begin, Consumer<RowText> rows) throws IOException {
        RowReader reader = new RowReader(source, dialect, begin);
        Optional<RowText> next = reader.next();
        while (next.isPresent() && !next.get().badlyQuoted()) {
            rows.accept(next.get());
            next = reader.next();
        }
        return next;
    }

    /**
     * The first line from a position on that does not hold blanks alone; empty if there is none.
     *
     * @throws IOException if the source cannot be read
     */
    public Optional<String> firstLine(long begin) throws IOException {
        InputStream bytes = new SourceStream(source, begin);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank()).findFirst();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The line in which a cell begins, without its end.
     *
     * @param begin where the cell's row begins
     * @param offset how many bytes behind that the cell begins
     * @throws IOException if the source cannot be read
     */
    public String line(long begin, int offset) throws IOException {
        InputStream bytes = new BufferedInputStream(new SourceStream(source, begin));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int at = 0;
        for (int b = bytes.read(); b >= 0; b = bytes.read()) {
            boolean ends = b == '\n' || b == '\r';
            if (ends && at >= offset) {
                break;
            } else if (ends) {
                line.reset();
            } else {
                line.write(b);
            }
            at++;
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Where the text begins, behind a byte order mark. */
    private long mark() throws IOException {
        byte[] first = source.bytes(BYTE_ORDER_MARK.length);
        return Arrays.equals(first, BYTE_ORDER_MARK) ? first.length : 0;
    }

    /**
     * All rows from a position on.
     *
     * @param begin where a line begins
     * @param kinds of the columns
     * @param apart index of the column whose numbers are stored apart
     * @throws java.io.InterruptedIOException if the thread is interrupted; it stays so
     * @throws IOException if the source cannot be read
     */
    public Rows rows(long begin, List<Kind> kinds, int apart) throws IOException {
        Job job = new Job(source, dialect, new Layout(kinds, apart), cut, begin);
        Threads.run(job);
        return job.rows();
    }

    /**
     * The first row from a position on whose quotes do not fit together; empty if there is none.
     *
     * @param begin where a line begins
     * @throws IOException if the source cannot be read
     */
    public Optional<RowText> badlyQuoted(long begin) throws IOException {
        Rows rows = rows(begin, List.of(), Layout.NONE);
        return rows.badlyQuoted() ? Optional.of(row(rows, rows.size())) : Optional.empty();
    }

    /**
     * A row as text.
     *
     * @param index of a row, or of the badly quoted one behind all
     * @throws IOException if the source cannot be read
     */
    public RowText row(Rows rows, int index) throws IOException {
        Mark before = rows.marks().get(0);
        for (Mark mark : rows.marks()) {
            before = mark.row() <= index ? mark : before;
        }
        RowReader reader = new RowReader(source, dialect, before.position());
        reader.skip(index - before.row());
        return reader.next().orElseThrow();
    }
}
