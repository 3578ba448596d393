package dev.ablate.datasets.csv;

import dev.ablate.datasets.csv.Rows.Mark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
     * The first row, which may be a header; empty if there is none.
     *
     * @throws IOException if the source cannot be read
     */
    public Optional<RowText> first() throws IOException {
        return new RowReader(source, dialect, mark()).next();
    }

    /**
     * The first line that does not hold blanks alone; empty if there is none.
     *
     * @throws IOException if the source cannot be read
     */
    public Optional<String> firstLine() throws IOException {
        InputStream bytes = new SourceStream(source, mark());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank()).findFirst();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Where the text begins, behind a byte order mark. */
    private long mark() throws IOException {
        byte[] first = new byte[BYTE_ORDER_MARK.length];
        int count = 0;
        int more = 0;
        while (count < first.length && more >= 0) {
            more = source.read(first, count, first.length - count, count);
            count += Math.max(0, more);
        }
        return Arrays.equals(first, BYTE_ORDER_MARK) ? count : 0;
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
