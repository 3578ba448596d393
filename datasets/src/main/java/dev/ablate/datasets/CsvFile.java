package dev.ablate.datasets;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A CSV file of numbers under a header; whatever is wrong with it is reported with its place. */
final class CsvFile {

    /** Bytes that one array can hold. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private static final Pattern RECORD_LINE = Pattern.compile("record starting at line (\\d+)");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final char separator;
    private final String text;

    /** The header line and then the rows; never empty. */
    private final List<CsvRecord> records;

    private CsvFile(Path file, char separator, String text) {
        this.file = file;
        this.separator = separator;
        this.text = text;
        this.records = records();
        if (records.isEmpty()) {
            throw wrong("the file is empty: its first line must name the columns");
        }
    }

    /**
     * Reads a file.
     *
     * @throws DataException if it cannot be read, is not UTF-8, has a quote that is not closed, or holds nothing
     */
    static CsvFile read(Path file, char separator) {
        return new CsvFile(file, separator, text(file));
    }

    /**
     * The names in the first line.
     *
     * @param target the column to predict
     * @throws DataException if they are not names, or the target is not among them
     */
    Header header(String target) {
        CsvRecord first = records.get(0);
        List<String> names = first.getFields().stream().map(String::strip).toList();
        if (names.stream().allMatch(CsvNumber::isNumber)) {
            throw wrong(first, 0, "the first line holds numbers alone: put a line above it that names the columns");
        }
        Header header = new Header(names, target);
        List<Header.Fault> faults = header.faults();
        if (!faults.isEmpty()) {
            Header.Fault fault = faults.get(0);
            throw wrong(first, Math.max(fault.column(), 0), fault.reason() + otherSeparator() + otherQuotes(names));
        }
        return header;
    }

    /**
     * The rows below the header, each as wide as it.
     *
     * @param task what is to be learned
     * @throws DataException if there are none, one is shorter or longer, a value is not a finite number, or the targets are not of
     *     the task
     */
    List<double[]> numbers(Header header, Optional<Task> task) {
        if (records.size() == 1) {
            throw wrong("there is no row below the header");
        }
        List<double[]> rows = new ArrayList<>(records.size() - 1);
        for (CsvRecord row : records.subList(1, records.size())) {
            rows.add(numbers(row, header));
        }
        int target = header.targetIndex();
        double[] targets = rows.stream().mapToDouble(row -> row[target]).toArray();
        Optional<Target.Misfit> misfit = Target.misfit(targets, task, row -> text(row, target));
        if (misfit.isPresent()) {
            throw wrong(
                    records.get(misfit.get().row() + 1), target, misfit.get().reason());
        }
        return rows;
    }

    /**
     * A value as it stands in the file, without the blanks around it.
     *
     * @param row its index from 0, without the header
     */
    String text(int row, int column) {
        return records.get(row + 1).getField(column).strip();
    }

    private double[] numbers(CsvRecord row, Header header) {
        int width = header.names().size();
        int values = row.getFieldCount();
        String counts = Header.counted(values, "value") + " for " + Header.counted(width, "column");
        if (values < width) {
            throw wrong(row, values - 1, counts + ": a value or a '" + separator + "' is missing");
        }
        if (values > width) {
            String comma = separator == ',' ? "; a number with a comma looks like two: write a point" : "";
            throw wrong(row, width, counts + ": remove what is too much" + comma);
        }
        double[] numbers = new double[width];
        for (int column = 0; column < width; column++) {
            try {
                numbers[column] = CsvNumber.parse(row.getField(column));
            } catch (NumberFormatException e) {
                throw wrong(row, column, header.names().get(column) + ": " + e.getMessage());
            }
        }
        return numbers;
    }

    /** What to say where the first line is not cut by the separator, but would be by another one; else nothing. */
    private String otherSeparator() {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
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

    private List<CsvRecord> records() {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .ofCsvRecord(text)) {
            return reader.stream().toList();
        } catch (CsvParseException e) {
            throw badlyQuoted(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("a string was closed", e);
        }
    }

    // The reader gives the line in its message alone.
    private DataException badlyQuoted(String message) {
        Matcher line = RECORD_LINE.matcher(message);
        String place = line.find() ? file + ":" + line.group(1) + ":1" : file.toString();
        String other = otherSeparator();
        return new DataException(
                place,
                "a value in this row opens a quote and does not close it, or goes on behind it"
                        + (other.isEmpty() ? ": mend its quotes" : other));
    }

    private DataException wrong(String reason) {
        return new DataException(file.toString(), reason);
    }

    private DataException wrong(CsvRecord row, int column, String reason) {
        return new DataException(file + ":" + place(row.getStartingLineNumber(), column), reason);
    }

    /** Line and column (both from 1) at which a record's field begins, as {@code line:column}. */
    private String place(long recordLine, int field) {
        int at = 0;
        long line = 1;
        int lineStart = 0;
        boolean quoted = false;
        for (int separators = 0; line < recordLine || separators < field; at++) {
            char c = text.charAt(at);
            boolean lineEnds = c == '\n' || (c == '\r' && !text.startsWith("\n", at + 1));
            if (lineEnds) {
                line++;
                lineStart = at + 1;
            } else if (line >= recordLine && c == '"') {
                quoted = !quoted;
            } else if (line >= recordLine && c == separator && !quoted) {
                separators++;
            }
        }
        return line + ":" + (text.codePointCount(lineStart, at) + 1);
    }

    private static String text(Path file) {
        byte[] bytes;
        try {
            if (Files.isDirectory(file)) {
                throw new DataException(file.toString(), "is a folder: a CSV file is needed");
            }
            if (Files.size(file) > LARGEST) {
                throw new DataException(file.toString(), "is larger than 2 GB: take a part of its rows");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DataException(
                    file.toString(), "there is no such file; a path is relative to the file in which it is written");
        } catch (AccessDeniedException e) {
            throw new DataException(file.toString(), "may not be read: change its permissions");
        } catch (IOException e) {
            throw new DataException(file.toString(), "cannot be read: " + e);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            long line = text.chars().filter(c -> c == '\n').count() + 1;
            int column = text.codePointCount(text.lastIndexOf('\n') + 1, text.length()) + 1;
            throw new DataException(
                    file + ":" + line + ":" + column, "is not UTF-8 from here on: save the file in this encoding");
        }
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
