package dev.ablate.engine.catalog;

import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Node.Kind;
import dev.ablate.engine.yaml.Reading;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A type that an option may have: how it is called, read and written.
 *
 * @param words one value, for a person: {@code number}
 * @param plural several values: {@code numbers}
 * @param hasPaths whether files are named in it
 * @param reader node to value
 * @param writer value to node, the inverse
 */
record OptionType(String words, String plural, boolean hasPaths, Reader reader, Writer writer) {

    private static final String INITIAL = "a list of numbers or { normal: { sd: NUMBER } }";

    /** Reads a value, or reports what is wrong and gives nothing. */
    @FunctionalInterface
    interface Reader {
        Optional<?> read(Reading reading, Range range);
    }

    /** Writes a value, with a text for each path in it. */
    @FunctionalInterface
    interface Writer {
        Node write(Object value, Function<Path, String> paths);
    }

    /** The type of a record's component; empty if no spec can give such a value. {@code Optional} is not looked into. */
    static Optional<OptionType> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? of(generic.getActualTypeArguments()[0]).map(OptionType::listOf)
                    : Optional.empty();
        }
        if (!(type instanceof Class<?> plain)) {
            return Optional.empty();
        }
        if (plain.isEnum()) {
            return Optional.of(words(plain));
        }
        return Optional.ofNullable(PLAIN.get(plain));
    }

    private static final OptionType NUMBER =
            new OptionType("number", "numbers", false, OptionType::number, (value, paths) -> number((Double) value));

    private static final OptionType NUMBERS = listOf(NUMBER);

    private static final OptionType MATRIX = listOf(NUMBERS);

    private static final Map<Class<?>, OptionType> PLAIN = plain();

    private static Map<Class<?>, OptionType> plain() {
        OptionType bool = scalar("true | false", "true | false", (reading, range) -> reading.bool(), Kind.BOOLEAN);
        OptionType integer = scalar(
                "whole number",
                "whole numbers",
                (reading, range) -> reading.integer().filter(value -> range.holds(value, reading)),
                Kind.INTEGER);
        OptionType wholeNumber = scalar(
                "whole number",
                "whole numbers",
                (reading, range) -> reading.wholeNumber().filter(value -> range.holds(value, reading)),
                Kind.INTEGER);
        OptionType text = scalar("text", "texts", (reading, range) -> reading.text(), Kind.TEXT);
        Map<Class<?>, OptionType> types = new LinkedHashMap<>();
        types.put(boolean.class, bool);
        types.put(Boolean.class, bool);
        types.put(int.class, integer);
        types.put(Integer.class, integer);
        types.put(long.class, wholeNumber);
        types.put(Long.class, wholeNumber);
        types.put(double.class, NUMBER);
        types.put(Double.class, NUMBER);
        types.put(String.class, text);
        types.put(
                Path.class,
                new OptionType(
                        "path",
                        "paths",
                        true,
                        OptionType::path,
                        (value, paths) -> CanonicalText.scalar(Kind.TEXT, paths.apply((Path) value))));
        types.put(
                Initial.class,
                new OptionType(
                        "list of numbers | { normal: { sd: number } }",
                        "starts",
                        false,
                        OptionType::initial,
                        (value, paths) -> initial((Initial) value)));
        types.put(
                InitialLayer.class,
                new OptionType(
                        "{ weights: lists of numbers, bias: list of numbers }",
                        "{ weights: lists of numbers, bias: list of numbers }",
                        false,
                        OptionType::initialLayer,
                        (value, paths) -> initialLayer((InitialLayer) value)));
        types.put(
                Batch.class,
                new OptionType(
                        "all | whole number",
                        "all | whole number",
                        false,
                        OptionType::batch,
                        (value, paths) -> value instanceof Batch.Rows rows
                                ? CanonicalText.scalar(Kind.INTEGER, Integer.toString(rows.count()))
                                : CanonicalText.scalar(Kind.TEXT, "all")));
        return types;
    }

    private static OptionType scalar(String words, String plural, Reader reader, Kind kind) {
        return new OptionType(
                words, plural, false, reader, (value, paths) -> CanonicalText.scalar(kind, value.toString()));
    }

    private static OptionType words(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(word((Enum<?>) constant), constant);
        }
        String words = String.join(" | ", constants.keySet());
        return new OptionType(
                words,
                words,
                false,
                (reading, range) -> reading.word(constants.keySet()).map(constants::get),
                (value, paths) -> CanonicalText.scalar(Kind.TEXT, word((Enum<?>) value)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static OptionType listOf(OptionType item) {
        return new OptionType(
                "list of " + item.plural,
                "lists of " + item.plural,
                item.hasPaths,
                (reading, range) -> reading.items().flatMap(items -> all(items, item, range)),
                (value, paths) -> new Node.Sequence(
                        CanonicalText.NOWHERE,
                        ((List<?>) value)
                                .stream()
                                        .map(each -> item.writer.write(each, paths))
                                        .toList()));
    }

    private static Optional<List<Object>> all(List<Reading> items, OptionType type, Range range) {
        List<Object> values = new ArrayList<>();
        for (Reading item : items) {
            type.reader.read(item, range).ifPresent(values::add);
        }
        return values.size() == items.size() ? Optional.of(values) : Optional.empty();
    }

    private static Optional<Double> number(Reading reading, Range range) {
        return reading.number().filter(value -> range.holds(value, reading));
    }

    private static Node number(double value) {
        return CanonicalText.scalar(Kind.FLOAT, CanonicalText.number(value));
    }

    private static Optional<Path> path(Reading reading, Range range) {
        Optional<String> text = reading.text();
        if (text.isPresent() && text.get().isBlank()) {
            reading.refuse("must name a file, got " + reading.got());
            return Optional.empty();
        }
        try {
            return text.map(name -> reading.node().at().folder().resolve(name));
        } catch (InvalidPathException e) {
            reading.refuse("must be a path, got " + reading.got() + " (" + e.getReason() + ")");
            return Optional.empty();
        }
    }

    private static Optional<? extends Initial> initial(Reading reading, Range range) {
        if (reading.node() instanceof Node.Sequence) {
            return reading.items()
                    .flatMap(items -> all(items, NUMBER, range))
                    .map(values -> new Initial.Given(numbers(values)));
        }
        if (!(reading.node() instanceof Node.Mapping)) {
            reading.refuse("must be " + INITIAL + ", got " + reading.got());
            return Optional.empty();
        }
        return only("normal", reading)
                .flatMap(normal -> only("sd", normal))
                .flatMap(sd -> sd.number().filter(value -> {
                    if (value < 0) {
                        sd.refuse("must be at least 0, got " + sd.got());
                    }
                    return value >= 0;
                }))
                .map(Initial.Normal::new);
    }

    /** The value of a map's one key. */
    private static Optional<Reading> only(String key, Reading reading) {
        return reading.entries(List.of(key)).flatMap(entries -> {
            boolean isEmpty = reading.node() instanceof Node.Mapping mapping
                    && mapping.entries().isEmpty();
            if (isEmpty) {
                reading.refuse("must have the key " + key);
            }
            return Optional.ofNullable(entries.get(key));
        });
    }

    private static Node initial(Initial initial) {
        if (initial instanceof Initial.Given given) {
            return new Node.Sequence(
                    CanonicalText.NOWHERE,
                    given.values().stream().map(OptionType::number).toList());
        }
        return map("normal", map("sd", number(((Initial.Normal) initial).sd())));
    }

    private static Node map(String key, Node value) {
        return new Node.Mapping(CanonicalText.NOWHERE, Map.of(key, new Node.Entry(CanonicalText.NOWHERE, value)));
    }

    private static Optional<InitialLayer> initialLayer(Reading reading, Range range) {
        return reading.entries(List.of("weights", "bias")).flatMap(entries -> {
            if (!entries.containsKey("weights")) {
                // what is under an unknown key, which is reported, was probably meant
                if (reading.node() instanceof Node.Mapping mapping
                        && mapping.entries().size() == entries.size()) {
                    reading.refuse("must have the key weights");
                }
                return Optional.empty();
            }
            Optional<?> weights = MATRIX.reader.read(entries.get("weights"), range);
            Optional<Reading> givenBias = Optional.ofNullable(entries.get("bias"));
            Optional<?> bias = givenBias.flatMap(given -> NUMBERS.reader.read(given, range));
            if (weights.isEmpty() || bias.isPresent() != givenBias.isPresent()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new InitialLayer(
                        ((List<?>) weights.get())
                                .stream().map(OptionType::numbers).toList(),
                        bias.map(OptionType::numbers)));
            } catch (IllegalArgumentException e) {
                reading.refuse(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private static List<Double> numbers(Object list) {
        return ((List<?>) list).stream().map(Double.class::cast).toList();
    }

    private static Node initialLayer(InitialLayer layer) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        layer.bias().ifPresent(bias -> entries.put("bias", written(NUMBERS, bias)));
        entries.put("weights", written(MATRIX, layer.weights()));
        return new Node.Mapping(CanonicalText.NOWHERE, entries);
    }

    private static Node.Entry written(OptionType type, Object value) {
        return new Node.Entry(CanonicalText.NOWHERE, type.writer.write(value, Path::toString));
    }

    private static Optional<? extends Batch> batch(Reading reading, Range range) {
        if (reading.node() instanceof Node.Scalar scalar && scalar.text().equals("all")) {
            return Optional.of(new Batch.All());
        }
        boolean whole = reading.node() instanceof Node.Scalar scalar && scalar.kind() == Kind.INTEGER;
        if (!whole) {
            reading.refuse("must be all or a whole number, got " + reading.got());
            return Optional.empty();
        }
        return reading.integer()
                .filter(value -> {
                    if (value < 1) {
                        reading.refuse("must be all or at least 1, got " + reading.got());
                    }
                    return value >= 1;
                })
                .map(Batch.Rows::new);
    }
}
