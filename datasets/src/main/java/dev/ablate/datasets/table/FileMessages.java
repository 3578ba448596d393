package dev.ablate.datasets.table;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.DataException.Fault;
import dev.ablate.datasets.csv.CsvReader;
import dev.ablate.datasets.csv.Dialect;
import dev.ablate.datasets.csv.Place;
import dev.ablate.datasets.csv.Places;
import dev.ablate.datasets.csv.RowText;
import dev.ablate.datasets.csv.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Words what is wrong with a file, with its places. */
final class FileMessages {

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

    /** Reports a source that is not UTF-8, which comes before all else that is wrong. */
    void requireText() throws IOException {
        Optional<Place> bad = text.notUtf8();
        if (bad.isPresent()) {
            throw new NotUtf8Exception(bad.get());
        }
    }

    /** Reports what comes before something that is wrong with the header. */
    void requireWellQuoted(long begin) throws IOException {
        requireText();
        Optional<RowText> bad = reader.badlyQuoted(begin);
        if (bad.isPresent()) {
            throw badlyQuoted(bad.get());
        }
    }

    DataException badlyQuoted(RowText row) throws IOException {
        String other = otherSeparator();
        String reason = "a value in this row opens a quote and does not close it, or goes on behind it"
                + (other.isEmpty() ? ": mend its quotes" : other);
        return new DataException(List.of(fault(row, 0, reason)), 0);
    }

    /** What is wrong with the names of the columns. */
    DataException header(
            List<Header.Fault> wrong, Header header, Heading heading, List<RowText> first, TableOptions options)
            throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (Header.Fault fault : wrong) {
            String more = fault.ofTarget() ? ofTarget(header, heading, first, options) : "";
            String reason = fault.inFile() + more + otherSeparator() + otherQuotes(header.names());
            faults.add(fault(first.get(0), Math.max(fault.column(), 0), reason));
        }
        return new DataException(faults.subList(0, Math.min(Faults.MOST, faults.size())), 0);
    }

    /** Why the target may not be among the names. */
    private String ofTarget(Header header, Heading heading, List<RowText> first, TableOptions options)
            throws IOException {
        if (header.targetIndex() >= 0) {
            return "";
        }
        for (String separator : List.of(",", ";", "\t", "|")) {
            CsvReader other = new CsvReader(text.source(), SeparatorGuess.dialect(separator));
            for (RowText row : other.first(first.get(0).next(), first.size())) {
                long line = places.line(row.position());
                if (row.cells().stream().anyMatch(cell -> cell.strip().equals(options.target()))
                        && row.cells().size() > 1) {
                    return "; line " + line + " has it: give skip: " + (line - 1) + " if a title stands above it";
                }
            }
        }
        return heading.isNamed() || options.columns().isPresent()
                ? ""
                : "; the first line holds a number, so that it is a row: name the columns, such as columns: [x, "
                        + options.target() + "], or put a line above it that names them";
    }

    /**
     * Adds rows that have too many or too few values.
     *
     * @param width how many they must have
     */
    void addMisshapen(Rows rows, int width, Faults faults) throws IOException {
        for (int index : rows.wrong()) {
            RowText row = reader.row(rows, index);
            int values = row.cells().size();
            String counts = Header.counted(values, "value") + " for " + Header.counted(width, "column");
            if (values < width) {
                String separator = SeparatorGuess.inWords(String.valueOf(dialect.separator()));
                faults.addRow(index, values - 1, counts + ": a value or a " + separator + " is missing");
            } else if (values > width) {
                String comma =
                        dialect.separator() == ',' ? "; a number with a comma looks like two: write a point" : "";
                faults.addRow(index, width, counts + ": remove what is too much" + comma);
            } else {
                faults.addRow(index, width - 1, "the last column has no name, and here it has a value: name it");
            }
        }
        faults.addUnnamed(rows.wrongCount() - rows.wrong().size());
    }

    /** Cells that are not what they must be. */
    DataException values(Faults found, Rows rows) throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (Faults.Found one : found.first()) {
            faults.add(fault(reader.row(rows, one.row()), one.column(), one.reason()));
        }
        return new DataException(faults, found.more());
    }

    /** The line of a row, for a sentence. */
    String line(Rows rows, int row) throws IOException {
        return "line " + places.line(reader.row(rows, row).position());
    }

    /** A value as it stands in the file, without the blanks around it. */
    String cell(Rows rows, int row, int column) throws IOException {
        return reader.row(rows, row).cells().get(column).strip();
    }

    private Fault fault(RowText row, int column, String reason) throws IOException {
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
