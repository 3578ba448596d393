package dev.ablate.datasets.table;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.DataException.Fault;
import dev.ablate.core.data.Dataset;
import dev.ablate.reader.csv.CsvReader;
import dev.ablate.reader.csv.Encoding;
import dev.ablate.reader.csv.Kind;
import dev.ablate.reader.csv.Place;
import dev.ablate.reader.csv.Rows;
import dev.ablate.reader.file.FileMessages;
import dev.ablate.reader.file.Heading;
import dev.ablate.reader.file.NotUtf8Exception;
import dev.ablate.reader.file.OpenFile;
import dev.ablate.reader.file.Unreadable;
import dev.ablate.reader.file.Wanted;
import java.io.IOException;
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

    private static final String RELATIVE = "; a path is relative to the file in which it is written";

    private final Path file;
    private final TableOptions options;
    private final OpenFile open;
    private final CsvReader reader;
    private final TableMessages messages;

    private TableFile(Path file, OpenFile open, TableOptions options) {
        this.file = file;
        this.options = options;
        this.open = open;
        this.reader = open.reader();
        this.messages = new TableMessages(open);
    }

    /**
     * Reads a file.
     *
     * @throws DataException if it cannot be read, is not in its encoding, has a quote that is not closed, no row or one of another
     *     length, or values that are not what they must be
     */
    static Dataset read(Path file, TableOptions options) {
        List<List<String>> given = options.columns()
                .map(TableColumns::names)
                .filter(names -> !names.isEmpty())
                .map(List::of)
                .orElse(List.of());
        Wanted wanted = new Wanted(List.of(options.target()), given, false);
        return Unreadable.reported(file, RELATIVE, () -> {
            Place bad;
            try (OpenFile open = OpenFile.open(file, options.format(), wanted)) {
                return new TableFile(file, open, options).table();
            } catch (NotUtf8Exception e) {
                bad = e.place();
            }
            throw notUtf8(file, bad, options);
        });
    }

    /** With what else would be wrong if the file were Latin-1, as most others are. */
    private static DataException notUtf8(Path file, Place place, TableOptions options) {
        List<Fault> faults = new ArrayList<>(List.of(FileMessages.notUtf8(file, place)));
        try {
            read(file, options.in(options.format().in(Encoding.LATIN_1)));
        } catch (DataException e) {
            faults.addAll(e.faults());
        }
        return new DataException(faults.subList(0, Math.min(faults.size(), Faults.MOST)), 0);
    }

    private Dataset table() throws IOException {
        Heading heading = open.heading();
        Set<String> ignored = new HashSet<>(options.ignore().orElse(List.of()));
        Header header = new Header(heading.names(), options.target(), ignored);
        requireNames(header);
        List<Kind> kinds = FileColumns.assumed(kinds(header, heading), open.firstRows(), open.dialect());
        FileColumns columns = FileColumns.read(reader, open.rowsBegin(), kinds, header.targetIndex());
        Faults faults = new Faults();
        requireRows(columns.rows(), kinds.size(), faults);
        CellPlaces places = new CellPlaces(file, open.encoding(), open.dialect(), columns.rows());
        TableValues values = new TableValues(options, header, columns, open.dialect(), places, faults);
        Dataset data = values.dataset(heading, messages, String.valueOf(file.getFileName()));
        List<String> remarks = new ArrayList<>(open.remarks());
        remarks.addAll(data.remarks());
        return data.remarking(remarks);
    }

    private void requireNames(Header header) throws IOException {
        List<Header.Fault> wrong = header.faults();
        if (!wrong.isEmpty()) {
            open.messages().requireWellQuoted(open.firstLine().next());
            throw messages.header(wrong, header, options);
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
            open.messages().requireText();
            throw open.messages().badlyQuoted(reader.row(rows, rows.size()));
        }
        if (!rows.wrong().isEmpty()) {
            open.messages().requireText();
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
