package dev.ablate.datasets.table;

import dev.ablate.core.data.DataException;
import dev.ablate.datasets.csv.RowText;
import dev.ablate.datasets.number.CsvNumber;
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
record Heading(List<String> names, boolean isNamed, boolean emptyLast, boolean namelessFirst, List<String> remarks) {

    /** Looks at the first rows of a file. */
    private static final class Look {

        private final List<RowText> rows;
        private final String target;
        private final Optional<List<String>> given;
        private final char point;
        private final List<String> remarks = new ArrayList<>();

        Look(List<RowText> rows, TableOptions options) {
            this.rows = rows;
            this.target = options.target();
            this.point = options.format().point();
            this.given = options.columns().map(TableColumns::names).filter(names -> !names.isEmpty());
        }

        Heading heading(Optional<HeaderLine> wanted) {
            List<String> written = cells(0).stream()
                    .map(cell -> cell.lines().collect(Collectors.joining(" ")).strip())
                    .toList();
            boolean named = wanted.map(line -> line == HeaderLine.TRUE).orElseGet(() -> isNamed(written));
            boolean emptyLast = endsEmpty(named);
            int width = written.size()
                    - (emptyLast && written.get(written.size() - 1).isEmpty() ? 1 : 0);
            if (emptyLast) {
                remarks.add("the last column has no name and no values: it is left out");
            }
            if (given.isPresent()) {
                if (given.get().size() != width) {
                    throw new DataException(
                            "columns",
                            "there are " + Header.counted(given.get().size(), "name") + " for "
                                    + Header.counted(width, "column") + " of the file");
                }
                return new Heading(given.get(), named, emptyLast, false, remarks);
            }
            List<String> names = new ArrayList<>(named ? written.subList(0, width) : counted(width));
            boolean nameless = named && names.get(0).isEmpty() && width > 1;
            if (nameless) {
                names.set(0, "column 1");
            }
            return new Heading(List.copyOf(names), named, emptyLast, nameless, remarks);
        }

        private boolean isNamed(List<String> written) {
            if (written.contains(target)) {
                return true;
            }
            boolean hasNumber = written.stream().anyMatch(this::isNumber);
            boolean named = !hasNumber && (given.isEmpty() || isOverNumbers());
            if (!named && (given.isPresent() || target.matches("column \\d+"))) {
                remarks.add("the first line was taken for a row, as it "
                        + (hasNumber ? "holds a number" : "looks like the others")
                        + ": give header: true if it names the columns");
            } else if (given.isPresent()) {
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

        private static List<String> counted(int width) {
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
    static Heading of(List<RowText> rows, TableOptions options) {
        return new Look(rows, options).heading(options.format().header());
    }
}
