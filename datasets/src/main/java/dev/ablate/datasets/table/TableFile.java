package dev.ablate.datasets.table;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.DataException.Fault;
import dev.ablate.core.data.Dataset;
import dev.ablate.datasets.csv.CsvReader;
import dev.ablate.datasets.csv.Dialect;
import dev.ablate.datasets.csv.Encoding;
import dev.ablate.datasets.csv.Kind;
import dev.ablate.datasets.csv.Place;
import dev.ablate.datasets.csv.RowText;
import dev.ablate.datasets.csv.Rows;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table in a file; whatever is wrong with it is reported with its place.
 *
 * <p>Of several kinds of problems all of the gravest are reported: an encoding, then quotes, then the header, then rows of another
 * length, then values.
 */
final class TableFile {

    private static final int FIRST_ROWS = 20;

    private final Path file;
    private final TableOptions options;
    private final TextFile text;
    private final List<String> remarks = new ArrayList<>();
    private final Dialect dialect;
    private final CsvReader reader;
    private final FileMessages messages;

    private TableFile(TextFile text, TableOptions options) throws IOException {
        this.file = text.path();
        this.text = text;
        this.options = options;
        remarks.addAll(text.remarks());
        FileFormat format = options.format();
        String separator = format.separator().orElse(FileFormat.AUTO);
        if (separator.equals(FileFormat.AUTO)) {
            separator = new SeparatorGuess(text.source(), format.skip().orElse(0), options.target()).separator();
            if (!separator.equals(",")) {
                remarks.add("the columns are separated by " + SeparatorGuess.inWords(separator));
            }
        }
        this.dialect = SeparatorGuess.dialect(separator)
                .with(format.point(), format.thousands().orElse(""), format.missing());
        this.reader = new CsvReader(text.source(), dialect);
        this.messages = new FileMessages(text, reader, dialect);
    }

    /**
     * Reads a file.
     *
     * @throws DataException if it cannot be read, is not in its encoding, has a quote that is not closed, no row or one of another
     *     length, or values that are not what they must be
     */
    static Dataset read(Path file, TableOptions options) {
        try (TextFile text = TextFile.open(file, options.format().encoding())) {
            Optional<Place> bad = Optional.empty();
            try {
                return new TableFile(text, options).table();
            } catch (NotUtf8Exception e) {
                bad = Optional.of(e.place());
            }
            throw notUtf8(file, bad.orElseThrow(), options);
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

    /** With what else would be wrong if the file were Latin-1, as most others are. */
    private static DataException notUtf8(Path file, Place place, TableOptions options) {
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault(
                file + ":" + place,
                "is not UTF-8 from here on: give encoding: latin-1 if it is that, or save the file in UTF-8"));
        try {
            read(file, options.in(options.format().in(Encoding.LATIN_1)));
        } catch (DataException e) {
            faults.addAll(e.faults());
        }
        return new DataException(faults.subList(0, Math.min(faults.size(), Faults.MOST)), 0);
    }

    private Dataset table() throws IOException {
        long begin = reader.begin(options.format().skip().orElse(0));
        List<RowText> first = reader.first(begin, FIRST_ROWS + 1);
        if (first.isEmpty()) {
            messages.requireText();
            throw new DataException(file.toString(), "the file is empty: its first line must name the columns");
        }
        if (first.get(0).badlyQuoted()) {
            messages.requireText();
            throw messages.badlyQuoted(first.get(0));
        }
        if (first.get(0).cells().stream().anyMatch(cell -> cell.contains(RowText.REPLACED))) {
            messages.requireText();
        }
        Heading heading = Heading.of(first, options);
        remarks.addAll(heading.remarks());
        Set<String> ignored = new HashSet<>(options.ignore().orElse(List.of()));
        Header header = new Header(heading.names(), options.target(), ignored);
        requireNames(header, heading, first);
        long rowsBegin = heading.isNamed() ? first.get(0).next() : begin;
        List<RowText> sample = heading.isNamed() ? first.subList(1, first.size()) : first;
        List<Kind> kinds = FileColumns.assumed(kinds(header, heading), sample, dialect);
        FileColumns columns = FileColumns.read(reader, rowsBegin, kinds, header.targetIndex());
        Faults faults = new Faults();
        requireRows(columns.rows(), kinds.size(), faults);
        CellPlaces places = new CellPlaces(file, text.encoding(), dialect, columns.rows());
        TableValues values = new TableValues(options, header, columns, dialect, places, faults);
        Dataset data = values.dataset(heading, messages, String.valueOf(file.getFileName()));
        remarks.addAll(data.remarks());
        return data.remarking(remarks);
    }

    private void requireNames(Header header, Heading heading, List<RowText> first) throws IOException {
        List<Header.Fault> wrong = header.faults();
        if (!wrong.isEmpty()) {
            messages.requireWellQuoted(first.get(0).next());
            throw messages.header(wrong, header, heading, first, options);
        }
        requireKnown("ignore", options.ignore().orElse(List.of()), header);
        requireKnown(
                "columns",
                options.columns()
                        .map(columns -> List.copyOf(columns.kinds().keySet()))
                        .orElse(List.of()),
                header);
    }

    private static void requireKnown(String option, List<String> wanted, Header header) {
        for (String name : wanted) {
            if (!header.names().contains(name)) {
                throw new DataException(
                        option, "no column '" + name + "'; there are " + String.join(", ", header.names()));
            }
        }
    }

    /** Numbers where it is to be found out what a column holds. */
    private List<Kind> kinds(Header header, Heading heading) {
        List<Kind> kinds = new ArrayList<>();
        for (String name : header.names()) {
            boolean category = options.columns()
                    .map(columns -> columns.kinds().get(name))
                    .equals(Optional.of(TableColumns.Kind.CATEGORY));
            kinds.add(header.ignored().contains(name) ? Kind.UNUSED : category ? Kind.TEXT : Kind.NUMBER);
        }
        if (heading.emptyLast()) {
            kinds.add(Kind.EMPTY);
        }
        return kinds;
    }

    private void requireRows(Rows rows, int width, Faults faults) throws IOException {
        if (rows.badlyQuoted()) {
            messages.requireText();
            throw messages.badlyQuoted(reader.row(rows, rows.size()));
        }
        if (!rows.wrong().isEmpty()) {
            messages.requireText();
            messages.addMisshapen(rows, width, faults);
        }
        if (rows.wrongCount() > rows.wrong().size()) {
            // more of them than are named: nothing is said of values
            throw messages.values(faults, rows);
        }
        if (rows.size() == 0) {
            throw new DataException(file.toString(), "there is no row below the header");
        }
    }
}
