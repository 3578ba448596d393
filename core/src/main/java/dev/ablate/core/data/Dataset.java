package dev.ablate.core.data;

import dev.ablate.core.data.Column.Categories;
import dev.ablate.core.data.Column.Numbers;
import dev.ablate.core.data.Column.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rows, and what their columns are; immutable.
 *
 * <p>A source that has numbers alone makes it of {@link Examples}. Others give a {@link Schema} and the rows in {@link Block blocks}.
 */
public final class Dataset {

    private static final List<String> AS_CODED = List.of("0", "1");

    private final Schema schema;
    private final Iterable<? extends Block> blocks;
    private final List<String> remarks;

    /** Made of the blocks when they are first asked for; always there where the dataset was made of them. */
    private volatile Optional<Examples> examples;

    private String hash = "";

    private Dataset(
            Schema schema, Iterable<? extends Block> blocks, Optional<Examples> examples, List<String> remarks) {
        this.schema = schema;
        this.blocks = blocks;
        this.remarks = remarks;
        this.examples = examples;
    }

    /**
     * Rows of any columns.
     *
     * @param schema what the columns are
     * @param blocks the rows in order; gone through more than once, and equal each time
     */
    public static Dataset of(Schema schema, Iterable<? extends Block> blocks) {
        return new Dataset(schema, blocks, Optional.empty(), List.of());
    }

    /** No rows and no columns: for a trainer that brings its own data. */
    public static Dataset none() {
        return new Dataset(
                new Schema(List.of(), OptionalLong.of(0), ""), List.of(), Optional.of(Examples.NONE), List.of());
    }

    /** Examples of two classes that are called {@code 0} and {@code 1}, without units. */
    public static Dataset classification(Examples examples, String target, String source) {
        return classification(examples, target, AS_CODED, source);
    }

    /**
     * Examples of classes, without units.
     *
     * @param examples each target is the index (from 0) of its class
     * @param classes what the data call the classes, in this order; at least two
     * @throws IllegalArgumentException if a target is not such an index, the target has a feature's name, or the names of the classes
     *     are not different ones
     */
    public static Dataset classification(Examples examples, String target, List<String> classes, String source) {
        if (classes.size() < 2) {
            throw new IllegalArgumentException("these are not the names of two classes: " + classes);
        }
        for (int row = 0; row < examples.size(); row++) {
            double code = examples.target(row);
            if (code != Math.rint(code) || code < 0 || code >= classes.size()) {
                throw new IllegalArgumentException("a class must be "
                        + (classes.size() == 2 ? "0 or 1" : "a whole number from 0 to " + (classes.size() - 1))
                        + ", not " + code);
            }
        }
        Column learned = new Column(named(target, examples), Role.TARGET, new Categories(classes), "");
        return of(examples, learned, Map.of(), source);
    }

    /**
     * Examples of a number to predict.
     *
     * @param units the unit of a feature or of the target by its name, such as {@code area -> square feet}; a name without a unit is
     *     left out
     * @throws IllegalArgumentException if the target has a feature's name, or a unit is of something that is not there
     */
    public static Dataset regression(Examples examples, String target, Map<String, String> units, String source) {
        for (String name : units.keySet()) {
            if (!name.equals(target) && !examples.features().contains(name)) {
                throw new IllegalArgumentException("a unit is given for '" + name + "', which is not in the data");
            }
        }
        Column learned =
                new Column(named(target, examples), Role.TARGET, new Numbers(), units.getOrDefault(target, ""));
        return of(examples, learned, units, source);
    }

    private static String named(String target, Examples examples) {
        if (target.isBlank() || examples.features().contains(target)) {
            throw new IllegalArgumentException("the target may not be called '" + target + "'");
        }
        return target;
    }

    private static Dataset of(Examples examples, Column target, Map<String, String> units, String source) {
        List<Column> columns = new ArrayList<>();
        examples.features().forEach(name -> columns.add(Column.numbers(name, units.getOrDefault(name, ""))));
        columns.add(target);
        Schema schema = new Schema(columns, OptionalLong.of(examples.size()), source);
        return new Dataset(schema, List.of(new ExamplesBlock(examples, target)), Optional.of(examples), List.of());
    }

    /** Whether there are no columns, and so no rows: {@link #none}. */
    public boolean isNone() {
        return schema.columns().isEmpty();
    }

    /** What the columns are. */
    public Schema schema() {
        return schema;
    }

    /** The rows, in order. */
    public Iterable<? extends Block> blocks() {
        return blocks;
    }

    /**
     * What a trainer can learn from: features that are numbers, and the target, whose classes are coded 0, 1, ... Of {@link #none}
     * there are no rows.
     *
     * @throws IllegalStateException if there is no target
     * @throws DataException if there is no row, a feature holds categories, or a value is missing
     */
    public Examples examples() {
        Optional<Examples> known = examples;
        if (known.isEmpty()) {
            known = Optional.of(BlockReader.examples(this));
            examples = known;
        }
        return known.get();
    }

    /** The examples, if the dataset was made of them or they were asked for before; never for data that have none. */
    public Optional<Examples> known() {
        return examples;
    }

    /**
     * What is learned.
     *
     * @throws IllegalStateException if there is no target
     */
    public Task task() {
        return schema.task().orElseThrow(Dataset::targetless);
    }

    /** Whether this is what is learned; never without a target. */
    public boolean learns(Task task) {
        return schema.task().equals(Optional.of(task));
    }

    /**
     * The name of the target.
     *
     * @throws IllegalStateException if there is none
     */
    public String target() {
        return schema.target().map(Column::name).orElseThrow(Dataset::targetless);
    }

    private static IllegalStateException targetless() {
        return new IllegalStateException("the data have no target");
    }

    /** The unit of a feature or of the target by its name; a name without a unit is left out. */
    public Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>();
        schema.columns().stream()
                .filter(column -> !column.unit().isEmpty())
                .forEach(column -> units.put(column.name(), column.unit()));
        return units;
    }

    /** Who made or published the data, for a person to read; may be empty. */
    public String source() {
        return schema.source();
    }

    /** What the data call the classes, in the order of their codes; empty for regression. */
    public List<String> classes() {
        return schema.classes();
    }

    /**
     * What a person should know of how the data were read, such as what was guessed; one sentence each, without a full stop. They are
     * no part of the data: neither equality nor the hash knows them.
     */
    public List<String> remarks() {
        return remarks;
    }

    /** The same data with these remarks instead of its own; see {@link #remarks}. */
    public Dataset remarking(List<String> others) {
        return others.equals(remarks) ? this : new Dataset(schema, blocks, examples, List.copyOf(others));
    }

    /**
     * The same data with a feature that says instead which rows belong together; see {@link Role#GROUP}.
     *
     * @throws IllegalArgumentException if there is no such feature
     */
    public Dataset grouping(String feature) {
        if (!schema.featureNames().contains(feature)) {
            throw new IllegalArgumentException("no feature '" + feature + "'");
        }
        List<Column> columns = schema.columns().stream()
                .map(column -> column.name().equals(feature) ? column.as(Role.GROUP) : column)
                .toList();
        Schema grouped = new Schema(columns, schema.rows(), source());
        return new Dataset(grouped, blocks, examples.map(known -> known.select(grouped.featureNames())), remarks);
    }

    /** The same data from another source. */
    public Dataset from(String another) {
        return another.equals(source())
                ? this
                : new Dataset(new Schema(schema.columns(), schema.rows(), another), blocks, examples, remarks);
    }

    /**
     * Other rows of the same kind: some of its features, with the same target.
     *
     * @throws IllegalArgumentException if a feature is not one of its own
     */
    public Dataset with(Examples some) {
        Schema chosen = schema.select(some.features());
        Column learned = chosen.target().orElseThrow(Dataset::targetless);
        return new Dataset(
                new Schema(chosen.columns(), OptionalLong.of(some.size()), source()),
                List.of(new ExamplesBlock(some, learned)),
                Optional.of(some),
                remarks);
    }

    /** Whether the data call their classes other than 0, 1, ... */
    public boolean isCoded() {
        for (int code = 0; code < classes().size(); code++) {
            if (!classes().get(code).equals(Integer.toString(code))) {
                return true;
            }
        }
        return false;
    }

    /**
     * What the data call a class.
     *
     * @param coded its code: a target, or what a prediction was decided to be
     * @throws IllegalStateException for regression
     */
    public String label(double coded) {
        if (classes().isEmpty()) {
            throw new IllegalStateException("the target is a number, not a class");
        }
        return classes().get((int) coded);
    }

    /**
     * SHA-256 over columns and values, as 64 lower-case hex digits.
     *
     * <p>Equal data have equal hashes on every machine, however their rows are cut into blocks; units, source and what the classes
     * are called do not count.
     */
    public synchronized String contentHash() {
        if (hash.isEmpty()) {
            hash = DatasetHash.of(this);
        }
        return hash;
    }

    /** Equal columns and values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Dataset that
                && schema.columns().equals(that.schema.columns())
                && source().equals(that.source())
                && contentHash().equals(that.contentHash());
    }

    @Override
    public int hashCode() {
        return schema.columns().hashCode();
    }

    /** Its columns, for a person. */
    @Override
    public String toString() {
        return schema.columns().stream().map(Column::name).toList() + (source().isEmpty() ? "" : " of " + source());
    }
}
