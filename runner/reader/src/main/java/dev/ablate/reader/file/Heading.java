package dev.ablate.reader.file;

import dev.ablate.core.data.DataException;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.number.CsvNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the columns of a file are called, and where its rows begin.
 *
 * @param names of the columns, without an empty last one
 * @param isNamed whether the first line names them
 * @param emptyLast whether each row ends with a separator behind which nothing stands
 * @param namelessFirst whether the first column has no name in the file
 * @param remarks what was guessed
 */
public record Heading(
        List<String> names, boolean isNamed, boolean emptyLast, boolean namelessFirst, List<String> remarks) {

    /** Looks at the first rows of a file. */
    private static final class Look {

        private final List<RowText> rows;
        private final Wanted wanted;
        private final char point;
        private final List<String> remarks = new ArrayList<>();

        Look(List<RowText> rows, FileFormat format, Wanted wanted) {
            this.rows = rows;
            this.wanted = wanted;
            this.point = format.point();
        }

        Heading heading(Optional<HeaderLine> line) {
            List<String> written = cells(0).stream()
                    .map(cell -> cell.lines().collect(Collectors.joining(" ")).strip())
                    .toList();
            boolean named = line.map(says -> says == HeaderLine.TRUE).orElseGet(() -> isNamed(written));
            boolean emptyLast = endsEmpty(named);
            int width = written.size()
                    - (emptyLast && written.get(written.size() - 1).isEmpty() ? 1 : 0);
            if (emptyLast) {
                remarks.add("the last column has no name and no values: it is left out");
            }
            boolean own = wanted.own() && named && (line.isEmpty() || written.containsAll(wanted.columns()));
            if (!wanted.given().isEmpty() && !own) {
                return new Heading(given(width), named, emptyLast, false, remarks);
            }
            List<String> names = new ArrayList<>(named ? written.subList(0, width) : numbered(width));
            boolean nameless = named && names.get(0).isEmpty() && width > 1;
            if (nameless) {
                names.set(0, "column 1");
            }
            return new Heading(List.copyOf(names), named, emptyLast, nameless, remarks);
        }

        private List<String> given(int width) {
            return wanted.given().stream()
                    .filter(names -> names.size() == width)
                    .findFirst()
                    .orElseThrow(() -> new DataException(
                            "columns",
                            "there are " + counted(wanted.given().get(0).size(), "name") + " for "
                                    + counted(width, "column") + " of the file"));
        }

        private boolean isNamed(List<String> written) {
            if (written.containsAll(wanted.columns())) {
                return true;
            }
            boolean given = !wanted.given().isEmpty();
            boolean hasNumber = written.stream().anyMatch(this::isNumber);
            boolean named = !hasNumber && (!given || isOverNumbers());
            if (!named && (given || wanted.columns().stream().anyMatch(name -> name.matches("column \\d+")))) {
                remarks.add("the first line was taken for a row, as it "
                        + (hasNumber ? "holds a number" : "looks like the others")
                        + ": give header: true if it names the columns");
            } else if (given) {
                remarks.add(
                        "the first line was taken for names, as numbers stand below it: give header: false if it is a row");
            }
            return named;
        }

        /** Whether a value is a number, if maybe one in another notation; a plain one looks as if it had too many digits. */
        private boolean isNumber(String value) {
            return switch (CsvNumber.look(value, point)) {
                case LEADING_ZERO, TOO_MANY_DIGITS, TOO_LARGE, OTHER_DECIMAL, GROUPED -> true;
                case NOT_FINITE, MISSING_MARK, TEXT -> false;
            };
        }

        /** Whether a column of numbers begins with something else. */
        private boolean isOverNumbers() {
            return IntStream.range(0, cells(0).size())
                    .anyMatch(column -> rows.size() > 1
                            && rows.stream()
                                    .skip(1)
                                    .allMatch(row -> column < row.cells().size()
                                            && isNumber(row.cells().get(column).strip())));
        }

        private boolean endsEmpty(boolean named) {
            List<String> first = cells(0);
            int from = named ? 1 : 0;
            boolean lastIsBlank = first.get(first.size() - 1).isBlank();
            int width = lastIsBlank ? first.size() : first.size() + 1;
            boolean isEmpty = rows.size() > from
                    && rows.stream()
                            .skip(from)
                            .allMatch(row -> row.cells().size() == width
                                    && row.cells().get(width - 1).isBlank());
            return isEmpty && first.size() > 1;
        }

        private List<String> cells(int row) {
            return rows.get(row).cells();
        }

        private static List<String> numbered(int width) {
            return IntStream.rangeClosed(1, width)
                    .mapToObj(number -> "column " + number)
                    .toList();
        }
    }

    /**
     * Looks at the first rows of a file, of which there is at least one.
     *
     * @throws DataException if names are given, and not as many as there are columns
     */
    static Heading of(List<RowText> rows, FileFormat format, Wanted wanted) {
        return new Look(rows, format, wanted).heading(format.header());
    }

    /** A number of things, for a sentence. */
    public static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
