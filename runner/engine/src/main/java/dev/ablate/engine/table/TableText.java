package dev.ablate.engine.table;

import dev.ablate.core.data.DataException;
import dev.ablate.engine.catalog.FormatOptions;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.reader.csv.NumberText;
import dev.ablate.reader.csv.Place;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.file.FileFormat;
import dev.ablate.reader.file.TextTable;
import dev.ablate.reader.file.Wanted;
import dev.ablate.reader.number.CsvNumber;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A file of rows with the place of every value in it. */
public final class TableText {

    /** An option of a file as messages about a spec name it. */
    private static final Pattern OPTION = Pattern.compile(
            "\\b(encoding|skip|separator|decimal|thousands|header|na): (?:\\['(.+?)'\\]|'(.+?)'|\"(.+?)\"|([\\w-]+))");

    private final Path file;
    private final TextTable table;
    private final NumberText numbers;

    private TableText(Path file, TextTable table) {
        this.file = file;
        this.table = table;
        this.numbers = new NumberText(table.dialect());
    }

    /**
     * Reads a file.
     *
     * @param wanted by which its separator and its header are known
     * @throws SpecException if it cannot be read, is not in its encoding, or is empty
     */
    public static TableText read(Path file, FileFormat format, Wanted wanted) {
        try {
            return new TableText(file, TextTable.read(file, format, wanted));
        } catch (DataException e) {
            throw reported(e);
        }
    }

    private static SpecException reported(DataException thrown) {
        return new SpecException(thrown.faults().stream()
                .map(fault -> Problem.error(Position.ofOption(fault.place()), asTyped(fault.reason())))
                .toList());
    }

    /** With options as a command takes them: {@code give decimal: ','} becomes {@code give --read decimal=','}. */
    private static String asTyped(String message) {
        return OPTION.matcher(message).replaceAll(option -> {
            String value = IntStream.rangeClosed(2, option.groupCount())
                    .mapToObj(option::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            String quote = value.matches("[\\w-]+") ? "" : value.contains("'") ? "\"" : "'";
            return Matcher.quoteReplacement(FormatOptions.OPTION + " " + option.group(1) + "=" + quote + value + quote);
        });
    }

    /** The names of the columns, in order. */
    public List<String> names() {
        return table.names();
    }

    /**
     * Hands over the rows below the header, one after the other.
     *
     * @throws SpecException if one has a quote that is not closed; that and those behind it are not handed over
     */
    public void each(Consumer<RowText> rows) {
        try {
            table.each(rows);
        } catch (DataException e) {
            throw reported(e);
        }
    }

    /** What was guessed of the file. */
    public List<String> remarks() {
        return table.remarks();
    }

    /** What stands for a missing value. */
    public Set<String> missing() {
        return table.dialect().missing();
    }

    /**
     * A value without the blanks around it.
     *
     * @throws SpecException if it is not in the file's encoding
     */
    public String value(RowText row, int column) {
        try {
            return table.cell(row, column);
        } catch (DataException e) {
            throw reported(e);
        }
    }

    /** A number as the file writes them; empty if it is none. */
    public OptionalDouble number(String value) {
        return numbers.declared(value);
    }

    /** How a value can be read that is a number in another notation, to stand behind a message; nothing if it is none. */
    public String wayOut(String value) {
        return switch (CsvNumber.look(value, table.dialect().point())) {
            case OTHER_DECIMAL, GROUPED -> {
                String wrong = CsvNumber.whatIsWrong(value, table.dialect().point(), "");
                yield asTyped(wrong.substring(wrong.indexOf("give ")));
            }
            case MISSING_MARK -> asTyped("give na: ['" + value + "'] if it stands for a missing value");
            default -> "";
        };
    }

    /** That a row has not as many values as there are columns; empty if it has. */
    public Optional<Problem> misshapen(RowText row) {
        return table.misshapen(row).map(wrong -> Problem.error(at(row, wrong.column()), wrong.reason()));
    }

    /** That there is no column of a name. */
    public Problem noColumn(String name) {
        return Problem.error(header(0), "no column " + Problem.quoted(name) + asTyped(table.whyNot(name)));
    }

    /** The line (from 1) that begins at the position of a row. */
    public long line(long position) {
        return table.line(position);
    }

    /** The whole file. */
    public Position at() {
        return at(table.firstLine(), 0);
    }

    /** Where a column's name stands. */
    public Position header(int column) {
        return at(table.firstLine(), column);
    }

    /** Where a value begins. */
    public Position at(RowText row, int column) {
        int index = Math.min(column, row.offsets().size() - 1);
        String line = table.lineText(row, index);
        Place place = table.place(row, index);
        int begin =
                line.offsetByCodePoints(0, (int) Math.min(place.column() - 1, line.codePointCount(0, line.length())));
        String cell = row.cells().get(index);
        boolean quoted = begin < line.length() && line.charAt(begin) == '"';
        int length = cell.codePointCount(0, cell.length()) + (quoted ? 2 : 0);
        int most = line.codePointCount(begin, line.length());
        return new Position(
                file.toString(),
                (int) place.line(),
                (int) place.column(),
                Math.max(1, Math.min(length, most)),
                line,
                Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file));
    }
}
