package dev.ablate.reader.file;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.DataException.Fault;
import dev.ablate.reader.csv.CsvReader;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.Place;
import dev.ablate.reader.csv.Places;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.csv.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Words what is wrong with a file, with its places. */
public final class FileMessages {

    private final TextFile text;
    private final CsvReader reader;
    private final Dialect dialect;
    private final Places places;

    FileMessages(TextFile text, CsvReader reader, Dialect dialect) {
        this.text = text;
        this.reader = reader;
        this.dialect = dialect;
        this.places = new Places(text.source());
    }

    /**
     * Reports a source that is not UTF-8, which comes before all else that is wrong.
     *
     * @throws NotUtf8Exception if it is not
     */
    public void requireText() throws IOException {
        Optional<Place> bad = text.notUtf8();
        if (bad.isPresent()) {
            throw new NotUtf8Exception(bad.get());
        }
    }

    /**
     * Reports what comes before something that is wrong with the header.
     *
     * @param begin where the rows begin
     * @throws DataException if a row is badly quoted
     */
    public void requireWellQuoted(long begin) throws IOException {
        requireText();
        Optional<RowText> bad = reader.badlyQuoted(begin);
        if (bad.isPresent()) {
            throw badlyQuoted(bad.get());
        }
    }

    /** A file that is not UTF-8. */
    public static Fault notUtf8(Path file, Place place) {
        return new Fault(
                file + ":" + place,
                "is not UTF-8 from here on: give encoding: latin-1 if it is that, or save the file in UTF-8");
    }

    /** A row whose quotes do not fit together. */
    public DataException badlyQuoted(RowText row) throws IOException {
        String other = otherSeparator();
        String reason = "a value in this row opens a quote and does not close it, or goes on behind it"
                + (other.isEmpty() ? ": mend its quotes" : other);
        return new DataException(List.of(fault(row, 0, reason)), 0);
    }

    /**
     * What is wrong with a name in the first line, with what may be the reason for it.
     *
     * @param column index of the name, from 0
     * @param names all that were found
     */
    public Fault name(RowText firstLine, int column, String reason, List<String> names) throws IOException {
        return fault(firstLine, column, reason + otherSeparator() + otherQuotes(names));
    }

    /** What to do where a line below the first one has wanted names, as the end of a sentence; nothing if none of the next lines has. */
    public String lineBelow(RowText firstLine, int lines, List<String> wanted) throws IOException {
        for (String separator : List.of(",", ";", "\t", "|")) {
            CsvReader other = new CsvReader(text.source(), SeparatorGuess.dialect(separator));
            for (RowText row : other.first(firstLine.next(), lines)) {
                long line = places.line(row.position());
                if (row.cells().stream().map(String::strip).toList().containsAll(wanted)
                        && row.cells().size() > 1) {
                    return "; line " + line + " has it: give skip: " + (line - 1) + " if a title stands above it";
                }
            }
        }
        return "";
    }

    /**
     * What is wrong with a row that has not as many values as there are columns.
     *
     * @param width how many there are
     */
    public Misshapen misshapen(RowText row, int width) {
        int values = row.cells().size();
        String counts = Heading.counted(values, "value") + " for " + Heading.counted(width, "column");
        if (values < width) {
            String separator = SeparatorGuess.inWords(dialect);
            return new Misshapen(values - 1, counts + ": a value or a " + separator + " is missing");
        } else if (values > width) {
            String comma = dialect.separator() == ',' ? "; a number with a comma looks like two: write a point" : "";
            return new Misshapen(width, counts + ": remove what is too much" + comma);
        }
        return new Misshapen(width - 1, "the last column has no name, and here it has a value: name it");
    }

    /**
     * What is wrong with a row.
     *
     * @param column index of the cell where it shows
     */
    public record Misshapen(int column, String reason) {}

    /** The line of a row, for a sentence. */
    public String line(Rows rows, int row) throws IOException {
        return "line " + places.line(reader.row(rows, row).position());
    }

    /** A value as it stands in the file, without the blanks around it. */
    public String cell(Rows rows, int row, int column) throws IOException {
        return reader.row(rows, row).cells().get(column).strip();
    }

    /** Something that is wrong with a cell. */
    public Fault fault(RowText row, int column, String reason) throws IOException {
        return new Fault(text.path() + ":" + places.of(row, column), reason);
    }

    /** What to say where the first line is not cut by the separator, but would be by another one; else nothing. */
    private String otherSeparator() throws IOException {
        String first = reader.firstLine(reader.begin(0)).orElse("");
        return cuts(first, dialect.separator())
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
}
