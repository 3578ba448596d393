package dev.ablate.datasets;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Task;
import dev.ablate.datasets.csv.CsvReader;
import dev.ablate.datasets.csv.Dialect;
import dev.ablate.datasets.csv.Kind;
import dev.ablate.datasets.csv.Place;
import dev.ablate.datasets.csv.RowText;
import dev.ablate.datasets.csv.Rows;
import dev.ablate.datasets.csv.Source;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A CSV file of numbers under a header; whatever is wrong with it is reported with its place.
 *
 * <p>Of several problems the first of the gravest is reported: an encoding, then quotes, then the header, then the rows.
 */
final class CsvFile {

    /** Bytes that a file may have. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final Path file;
    private final char separator;
    private final Source source;
    private final CsvReader reader;

    private CsvFile(Path file, char separator, Source source) {
        this.file = file;
        this.separator = separator;
        this.source = source;
        this.reader = new CsvReader(source, Dialect.separatedBy(separator));
    }

    /**
     * Reads a file.
     *
     * @param target the column to predict
     * @param task what is to be learned
     * @throws DataException if it cannot be read, is not UTF-8, has a quote that is not closed, does not begin with names, has no row
     *     or one that is shorter or longer, a value is not a finite number, or the targets are not of the task
     */
    static NumberTable read(Path file, char separator, String target, Optional<Task> task) {
        try (Source source = open(file)) {
            return new CsvFile(file, separator, source).table(target, task);
        } catch (NoSuchFileException e) {
            throw new DataException(
                    file.toString(), "there is no such file; a path is relative to the file in which it is written");
        } catch (AccessDeniedException e) {
            throw new DataException(file.toString(), "may not be read: change its permissions");
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw new DataException(file.toString(), "was not read to its end: the reading was interrupted");
        } catch (IOException e) {
            throw new DataException(file.toString(), "cannot be read: " + e);
        } catch (UncheckedIOException e) {
            throw new DataException(file.toString(), "cannot be read: " + e.getCause());
        }
    }

    private static Source open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new DataException(file.toString(), "is a folder: a CSV file is needed");
        }
        if (Files.size(file) > LARGEST) {
            throw new DataException(file.toString(), "is larger than 2 GB: take a part of its rows");
        }
        return Source.of(file);
    }

    private NumberTable table(String target, Optional<Task> task) throws IOException {
        Optional<RowText> first = reader.first();
        if (first.isEmpty()) {
            requireText();
            throw wrong("the file is empty: its first line must name the columns");
        }
        Header header = header(first.get(), target);
        List<Kind> kinds = Collections.nCopies(header.names().size(), Kind.NUMBER);
        Rows rows = reader.rows(first.get().next(), kinds, header.targetIndex());
        if (rows.badlyQuoted()) {
            requireText();
            throw badlyQuoted(reader.row(rows, rows.size()));
        }
        if (rows.wrong().isPresent()) {
            requireText();
            throw problem(reader.row(rows, rows.wrong().getAsInt()), header);
        }
        if (rows.size() == 0) {
            throw wrong("there is no row below the header");
        }
        // the numbers are in memory; of the text a few targets are needed at most
        IntFunction<String> written = row -> text(rows, row, header.targetIndex());
        Optional<Target.Misfit> misfit = Target.misfit(rows.apart(), task, written);
        if (misfit.isPresent()) {
            RowText row = reader.row(rows, misfit.get().row());
            throw wrong(row, header.targetIndex(), misfit.get().reason());
        }
        return new NumberTable(
                header,
                Matrix.wrap(header.names().size() - 1, rows.parts()),
                rows.apart(),
                Target.of(rows.apart(), task, written));
    }

    private Header header(RowText first, String target) throws IOException {
        if (first.badlyQuoted()) {
            requireText();
            throw badlyQuoted(first);
        }
        if (first.cells().stream().anyMatch(cell -> cell.contains(RowText.REPLACED))) {
            requireText();
        }
        List<String> names = first.cells().stream().map(String::strip).toList();
        if (names.stream().allMatch(CsvNumber::isNumber)) {
            requireWellQuoted(first.next());
            throw wrong(first, 0, "the first line holds numbers alone: put a line above it that names the columns");
        }
        Header header = new Header(names, target);
        List<Header.Fault> faults = header.faults();
        if (!faults.isEmpty()) {
            requireWellQuoted(first.next());
            Header.Fault fault = faults.get(0);
            throw wrong(first, Math.max(fault.column(), 0), fault.reason() + otherSeparator() + otherQuotes(names));
        }
        return header;
    }

    private DataException problem(RowText row, Header header) throws IOException {
        int width = header.names().size();
        int values = row.cells().size();
        String counts = Header.counted(values, "value") + " for " + Header.counted(width, "column");
        if (values < width) {
            return wrong(row, values - 1, counts + ": a value or a '" + separator + "' is missing");
        }
        if (values > width) {
            String comma = separator == ',' ? "; a number with a comma looks like two: write a point" : "";
            return wrong(row, width, counts + ": remove what is too much" + comma);
        }
        for (int column = 0; column < width; column++) {
            try {
                CsvNumber.parse(row.cells().get(column));
            } catch (NumberFormatException e) {
                return wrong(row, column, header.names().get(column) + ": " + e.getMessage());
            }
        }
        throw new IllegalStateException(file + ": a row was not read that has nothing wrong: " + row.cells());
    }

    /** A value as it stands in the file, without the blanks around it. */
    private String text(Rows rows, int row, int column) {
        try {
            return reader.row(rows, row).cells().get(column).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reports a source that is not UTF-8, which comes before all else that is wrong. */
    private void requireText() throws IOException {
        Optional<Place> bad = Place.notUtf8(source);
        if (bad.isPresent()) {
            throw new DataException(
                    file + ":" + bad.get(), "is not UTF-8 from here on: save the file in this encoding");
        }
    }

    /** Reports what comes before something that is wrong with the header. */
    private void requireWellQuoted(long begin) throws IOException {
        requireText();
        Optional<RowText> bad = reader.badlyQuoted(begin);
        if (bad.isPresent()) {
            throw badlyQuoted(bad.get());
        }
    }

    private DataException badlyQuoted(RowText row) throws IOException {
        String other = otherSeparator();
        return wrong(
                row,
                0,
                "a value in this row opens a quote and does not close it, or goes on behind it"
                        + (other.isEmpty() ? ": mend its quotes" : other));
    }

    /** What to say where the first line is not cut by the separator, but would be by another one; else nothing. */
    private String otherSeparator() throws IOException {
        String first = reader.firstLine().orElse("");
        return cuts(first, separator)
                ? ""
                : Stream.of(',', ';', '\t', '|', ' ')
                        .filter(other -> cuts(first, other))
                        .map(other -> other == '\t' ? "\\t" : other.toString())
                        .map(other -> "; if '" + other + "' separates the columns, give separator: \"" + other + "\"")
                        .findFirst()
                        .orElse("");
    }

    /** Whether a character stands in a line outside quotes. */
    private static boolean cuts(String line, char candidate) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == candidate && !quoted) {
                return true;
            }
        }
        return false;
    }

    private static String otherQuotes(List<String> names) {
        return names.stream().allMatch(name -> name.matches("'.*'|`.*`"))
                ? "; quotes around a name must be double quotes"
                : "";
    }

    private DataException wrong(String reason) {
        return new DataException(file.toString(), reason);
    }

    private DataException wrong(RowText row, int column, String reason) throws IOException {
        return new DataException(file + ":" + Place.of(source, row, column), reason);
    }
}
