package dev.ablate.worker.prepare;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.worker.spec.PrepareSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How features of a dataset become the columns of numbers that a model sees.
 *
 * <p>Which columns there are is decided over all rows, without the target. What is filled in is fitted on the rows that a run trains on.
 * Immutable; safe for several threads.
 */
public final class Preparation {

    private final Dataset raw;
    private final List<String> features;
    private final PrepareSettings settings;

    /** Null where examples need no preparation. */
    private final @Nullable Layout layout;

    private final Dataset dataset;

    /** NaN where a value is filled in; null like the layout. */
    private final @Nullable Matrix unfilled;

    private Preparation(Dataset raw, List<String> features, PrepareSettings settings, @Nullable Layout layout) {
        this.raw = raw;
        this.features = List.copyOf(features);
        this.settings = settings;
        this.layout = layout;
        this.unfilled = layout == null ? null : unfilled(layout);
        this.dataset = layout == null || unfilled == null ? raw : dataset(raw, layout, unfilled);
    }

    /**
     * What stands in the way of a preparation; most often nothing.
     *
     * @param features names of features of the data, in order
     */
    public static List<Refusal> refusals(Dataset raw, List<String> features, PrepareSettings settings) {
        List<Refusal> refusals = new ArrayList<>();
        if (!isOfExamples(raw)) {
            Layout.of(raw, features, settings, refusals);
        }
        return refusals;
    }

    /**
     * A preparation.
     *
     * @param features names of features of the data, in order
     * @throws DataException if something stands in its way, see {@link #refusals}
     */
    public static Preparation of(Dataset raw, List<String> features, PrepareSettings settings) {
        if (isOfExamples(raw)) {
            return new Preparation(raw, features, settings, null);
        }
        List<Refusal> refusals = new ArrayList<>();
        Layout layout = Layout.of(raw, features, settings, refusals);
        if (!refusals.isEmpty()) {
            throw new DataException(
                    "data", refusals.get(0).what() + ": " + refusals.get(0).wayOut());
        }
        return new Preparation(raw, features, settings, layout);
    }

    private static boolean isOfExamples(Dataset raw) {
        return raw.known().isPresent() && JoinedRows.first(raw).isEmpty();
    }

    private static Matrix unfilled(Layout layout) {
        int width = layout.columns().size();
        double[] values = new double[Math.multiplyExact(layout.rows().length, width)];
        for (int column = 0; column < width; column++) {
            PreparedColumn prepared = layout.columns().get(column);
            for (int k = 0; k < layout.rows().length; k++) {
                values[k * width + column] = prepared.value(layout.table(), layout.rows()[k]);
            }
        }
        return Matrix.wrap(width, values);
    }

    private static Dataset dataset(Dataset raw, Layout layout, Matrix unfilled) {
        Fitted fitted =
                Fitted.on(layout, unfilled, IntStream.range(0, unfilled.size()).toArray());
        List<Column> columns = new ArrayList<>();
        layout.columns().forEach(column -> columns.add(Column.numbers(column.name(), column.unit())));
        Column target = raw.schema().target().orElseThrow();
        columns.add(target);
        Examples examples = Examples.of(
                layout.columns().stream().map(PreparedColumn::name).toList(),
                fitted.filled(IntStream.range(0, unfilled.size()).toArray()),
                targets(layout, target));
        return Dataset.of(new Schema(columns, OptionalLong.of(examples.size()), raw.source()), List.of())
                .with(examples);
    }

    private static double[] targets(Layout layout, Column target) {
        int column = layout.table().indexOf(target.name());
        boolean classes = layout.table().isCategories(column);
        double[] targets = new double[layout.rows().length];
        for (int k = 0; k < targets.length; k++) {
            int row = layout.rows()[k];
            targets[k] = classes
                    ? layout.table().category(column, row)
                    : layout.table().number(column, row);
        }
        return targets;
    }

    /** Equal data, prepared alike. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Preparation that
                && features.equals(that.features)
                && settings.equals(that.settings)
                && raw.equals(that.raw);
    }

    @Override
    public int hashCode() {
        return Objects.hash(features, settings);
    }

    /** The data and the columns that are made of them, for a person. */
    @Override
    public String toString() {
        return raw + " as " + columns();
    }

    /** The data as they were opened. */
    public Dataset raw() {
        return raw;
    }

    /** Names of the features that are used, as the data have them. */
    public List<String> features() {
        return features;
    }

    /** Names of the columns that a model sees, in order. */
    public List<String> columns() {
        return layout == null
                ? features
                : layout.columns().stream().map(PreparedColumn::name).toList();
    }

    /** How it was asked for. */
    public PrepareSettings settings() {
        return settings;
    }

    /**
     * What a model sees, fitted on all rows: for what is said of all data, and for a run that holds no rows back.
     *
     * @return the data themselves, with all their features, where they are numbers without a missing value
     */
    public Dataset dataset() {
        return dataset;
    }

    /** Whether data are examples already, and nothing is prepared. */
    public boolean isOfExamples() {
        return layout == null;
    }

    /** Whether features are columns of categories. */
    public boolean hasCategories() {
        return layout != null && !layout.groups().isEmpty();
    }

    /** Whether values of features of numbers are missing in the data. */
    public boolean missesNumbers() {
        return layout != null && layout.misses(false);
    }

    /** Whether values of features of categories are missing in the data. */
    public boolean missesCategories() {
        return layout != null && layout.misses(true);
    }

    /** What the values of each feature become; empty where data are examples already. */
    public List<CodedFeature> coded() {
        return layout == null ? List.of() : CodedFeature.of(layout);
    }

    /** What it does, a sentence each, without full stops; empty if nothing is done. */
    public List<String> notes() {
        return layout == null ? List.of() : Notes.of(layout);
    }

    /** Indices (from 0) in the opened data of the rows that are not left out, rising; empty if none is left out. */
    public Optional<int[]> kept() {
        return layout == null || layout.rows().length == layout.table().rows()
                ? Optional.empty()
                : Optional.of(layout.rows().clone());
    }

    /** How many rows of {@link #dataset} are not those of a file that is the test part; they come first. */
    public int firstRows() {
        int first = JoinedRows.first(raw).orElseGet(() -> OpenedData.rows(raw));
        return kept().map(rows ->
                        (int) Arrays.stream(rows).filter(row -> row < first).count())
                .orElse(first);
    }

    /**
     * Which rows of {@link #dataset} belong together: equal numbers, from 0, in the order in which groups occur.
     *
     * @throws IllegalStateException if the data have no such column, or a row has no group
     */
    public int[] groups() {
        int[] all = RowGroups.of(raw);
        return kept().map(rows -> Arrays.stream(rows).map(row -> all[row]).toArray())
                .orElse(all);
    }

    /**
     * What is filled in where these rows are trained on.
     *
     * @param train indices of rows of {@link #dataset}
     * @return empty where data are examples already
     */
    public Optional<Fitted> fit(int... train) {
        return layout == null || unfilled == null ? Optional.empty() : Optional.of(Fitted.on(layout, unfilled, train));
    }
}
