package dev.ablate.datasets.table;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.datasets.table.LearnedTarget.Misfit;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.Rows;
import dev.ablate.reader.file.Heading;
import dev.ablate.reader.number.CsvNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes a dataset of the columns of a file. */
final class TableValues {

    /** A column that counts fewer rows may hold anything. */
    private static final int MANY_ROWS = 20;

    private final TableOptions options;
    private final Header header;
    private final FileColumns columns;
    private final Dialect dialect;
    private final CellPlaces places;
    private final Faults faults;
    private final List<String> remarks = new ArrayList<>();

    /**
     * @param faults what is wrong with the rows
     */
    TableValues(
            TableOptions options,
            Header header,
            FileColumns columns,
            Dialect dialect,
            CellPlaces places,
            Faults faults) {
        this.faults = faults;
        this.options = options;
        this.header = header;
        this.columns = columns;
        this.dialect = dialect;
        this.places = places;
    }

    /**
     * The dataset, with remarks on its columns.
     *
     * @param source where it is from, for a person
     * @throws DataException if values are not what they must be
     * @throws IOException if the file cannot be read
     */
    Dataset dataset(Heading heading, TableMessages messages, String source) throws IOException {
        Rows rows = columns.rows();
        ColumnTypes types = new ColumnTypes(dialect, row -> unchecked(() -> messages.line(rows, row)), faults, remarks);
        List<TypedColumn> features = new ArrayList<>();
        for (int column = 0; column < header.names().size(); column++) {
            String name = header.names().get(column);
            if (column != header.targetIndex() && !header.ignored().contains(name)) {
                ReadColumn read = columns.column(column);
                types.refuseEmpty(column, name, read);
                features.add(types.feature(column, name, read, declared(name)));
            }
        }
        if (heading.namelessFirst()) {
            leaveOutIndex(features);
        }
        int targetIndex = header.targetIndex();
        Optional<TableColumns.Kind> asked = options.choice().asksFor(TableTask.REGRESSION)
                ? Optional.of(TableColumns.Kind.NUMBER)
                : declared(options.target());
        TypedColumn target = types.target(targetIndex, options.target(), columns.column(targetIndex), asked);
        refuseMissing(target, row -> unchecked(() -> messages.cell(rows, row, targetIndex)));
        if (!faults.isEmpty()) {
            throw messages.values(faults, rows);
        }
        remarkCounters(features);
        LearnedTarget learned = learned(target, messages);
        remarks.addAll(learned.remarks());
        return dataset(features, target, learned, source).remarking(remarks);
    }

    private Optional<TableColumns.Kind> declared(String name) {
        return options.columns().map(said -> said.kinds().get(name));
    }

    /** A target is not guessed, and no row is left out without a word. */
    private void refuseMissing(TypedColumn target, IntFunction<String> written) {
        if (!columns.rows().missed()) {
            return;
        }
        int size = target.read().size();
        int[] missing = IntStream.range(0, size)
                .filter(row -> target.read().isMissing(row) && !faults.isMisshapen(row))
                .toArray();
        if (missing.length == 1) {
            String word = written.apply(missing[0]);
            faults.add(
                    missing[0],
                    target.index(),
                    target.name() + ": " + CsvNumber.whatIsWrong(word, dialect.point(), target.name()));
        } else if (missing.length > 1) {
            // one line for all of them, as each would say the same
            faults.add(
                    missing[0],
                    target.index(),
                    String.format(
                            Locale.ROOT,
                            "%s has no value in %,d of %,d rows, of which this is the first: fill them in, or remove these"
                                    + " rows, as nobody knows their answer",
                            target.name(),
                            missing.length,
                            size));
        }
    }

    private LearnedTarget learned(TypedColumn target, TableMessages messages) throws IOException {
        double[] values = target.values();
        TargetChoice choice = options.choice();
        // the numbers are in memory; of the text a few targets are needed at most
        IntFunction<String> written = row -> unchecked(() -> messages.cell(columns.rows(), row, target.index()));
        Optional<Misfit> misfit = target.isOfNumbers()
                ? NumberTarget.misfit(values, choice, written)
                : TextTarget.misfit(target.categories(), values, choice);
        if (misfit.isPresent() && misfit.get().row() < 0) {
            throw new DataException("positive", misfit.get().reason());
        }
        if (misfit.isPresent()) {
            faults.add(misfit.get().row(), target.index(), misfit.get().reason());
            throw messages.values(faults, columns.rows());
        }
        return target.isOfNumbers()
                ? NumberTarget.of(values, choice, written)
                : TextTarget.of(target.categories(), values, choice);
    }

    /** Leaves out a first column without a name that holds another whole number in each row, as programs write it before their own. */
    private void leaveOutIndex(List<TypedColumn> features) {
        TypedColumn first = features.get(0);
        if (first.index() != 0) {
            return;
        }
        boolean different = first.isOfNumbers()
                && IntStream.range(0, first.read().size())
                                .mapToDouble(first::value)
                                .filter(value -> value == Math.rint(value))
                                .distinct()
                                .count()
                        == first.read().size();
        if (different && features.size() > 1) {
            features.remove(0);
            remarks.add(
                    "the first column has no name and another whole number in every row, as an identifier has: it is"
                            + " left out");
        } else {
            remarks.add("the first column has no name and is called '" + first.name() + "'");
        }
    }

    private void remarkCounters(List<TypedColumn> features) {
        TypedColumn first = features.get(0);
        int size = first.read().size();
        boolean counts = first.index() == 0 && first.isOfNumbers() && size >= MANY_ROWS;
        for (int row = 1; counts && row < size; row++) {
            counts = first.value(row) == first.value(row - 1) + 1;
        }
        if (counts) {
            remarks.add(first.name() + " counts the rows, as an identifier does: give ignore: [" + first.name()
                    + "] to leave it out");
        }
    }

    private Dataset dataset(List<TypedColumn> features, TypedColumn target, LearnedTarget learned, String source) {
        boolean numbers = features.stream().allMatch(TypedColumn::isOfNumbers) && !isAnyMissing(features);
        List<String> names = features.stream().map(TypedColumn::name).toList();
        if (numbers) {
            int width = features.size();
            boolean asRead = columns.isPlain() && width == columns.width();
            Matrix matrix = asRead ? Matrix.wrap(width, columns.rows().parts()) : Matrix.wrap(width, copied(features));
            return TabularData.dataset(names, matrix, learned, source);
        }
        List<Column> schema = new ArrayList<>();
        features.forEach(feature -> schema.add(feature.feature()));
        schema.add(learned.column());
        List<TypedColumn> all = new ArrayList<>(features);
        all.add(target);
        TableBlock block = new TableBlock(List.copyOf(all), learned, places);
        return Dataset.of(new Schema(schema, OptionalLong.of(block.rows()), source), List.of(block));
    }

    private boolean isAnyMissing(List<TypedColumn> features) {
        return columns.rows().missed()
                && features.stream()
                        .anyMatch(feature ->
                                IntStream.range(0, feature.read().size()).anyMatch(feature::isMissing));
    }

    private static double[] copied(List<TypedColumn> features) {
        int width = features.size();
        int size = features.get(0).read().size();
        double[] copy = new double[Math.multiplyExact(width, size)];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < width; column++) {
                copy[row * width + column] = features.get(column).value(row);
            }
        }
        return copy;
    }

    /** Reads from a file. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T unchecked(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
