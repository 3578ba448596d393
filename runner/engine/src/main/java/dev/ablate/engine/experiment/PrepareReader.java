package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.spec.EncodeSettings;
import dev.ablate.worker.spec.EncodeSettings.Coding;
import dev.ablate.worker.spec.MissingSettings;
import dev.ablate.worker.spec.PrepareSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code data.missing} and {@code data.encode}; where a part is wrong, which is reported, its default holds. */
final class PrepareReader {

    static final String MISSING = "data.missing.";
    static final String ENCODE = "data.encode.";

    /** Each of them is replaced whole. */
    static final List<String> LEAVES = List.of(
            MISSING + "numbers",
            MISSING + "indicator",
            MISSING + "categories",
            ENCODE + "categories",
            ENCODE + "reference",
            ENCODE + "rare",
            ENCODE + "order");

    private final Layers layers;
    private final Problems problems;

    PrepareReader(Layers layers, Problems problems) {
        this.layers = layers;
        this.problems = problems;
    }

    Spec.Prepare read() {
        MissingSettings missing = new MissingSettings(
                word(MISSING + "numbers", MissingSettings.Numbers.class).orElse(MissingSettings.Numbers.REFUSE),
                reading(MISSING + "indicator").flatMap(Reading::bool).orElse(false),
                word(MISSING + "categories", MissingSettings.Categories.class)
                        .orElse(MissingSettings.Categories.REFUSE));
        Optional<Reading> reference = reading(ENCODE + "reference");
        boolean map = reference
                .filter(reading -> reading.node() instanceof Node.Mapping)
                .isPresent();
        boolean most = reference
                .filter(reading -> !map)
                .flatMap(reading -> reading.word(List.of("first", "most")))
                .filter("most"::equals)
                .isPresent();
        EncodeSettings encode = new EncodeSettings(
                word(ENCODE + "categories", Coding.class).orElse(Coding.REFERENCE),
                most,
                map ? reference.map(this::references).orElse(Map.of()) : Map.of(),
                reading(ENCODE + "rare").flatMap(PrepareReader::share).orElse(0.0),
                reading(ENCODE + "order").map(this::order).orElse(Map.of()));
        List<Setting> written =
                LEAVES.stream().flatMap(path -> layers.leaf(path).stream()).toList();
        return new Spec.Prepare(new PrepareSettings(missing, encode), written);
    }

    private Optional<Reading> reading(String path) {
        return layers.leaf(path).map(setting -> Reading.of(setting, problems));
    }

    private <E extends Enum<E>> Optional<E> word(String path, Class<E> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return reading(path)
                .flatMap(reading -> reading.word(words))
                .map(word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    private static Optional<Double> share(Reading reading) {
        return reading.number().filter(value -> {
            boolean fine = value >= 0 && value < 1;
            if (!fine) {
                reading.refuse("must be a share of the rows, 0 or greater and below 1, got " + reading.got());
            }
            return fine;
        });
    }

    private Map<String, String> references(Reading reading) {
        Map<String, String> references = new LinkedHashMap<>();
        entries(reading).forEach((column, value) -> category(value).ifPresent(name -> references.put(column, name)));
        return references;
    }

    private Map<String, List<String>> order(Reading reading) {
        Map<String, List<String>> order = new LinkedHashMap<>();
        if (!(reading.node() instanceof Node.Mapping)) {
            reading.refuse(
                    "must be a map of columns to lists, got " + reading.got(), "write order: { COLUMN: [LOW, HIGH] }");
            return order;
        }
        entries(reading).forEach((column, value) -> {
            Set<String> names = new LinkedHashSet<>();
            for (Reading item : value.items().orElse(List.of())) {
                category(item).filter(name -> !names.add(name)).ifPresent(name -> item.refuse("is " + name + " again"));
            }
            order.put(column, List.copyOf(names));
        });
        return order;
    }

    private static Map<String, Reading> entries(Reading reading) {
        return reading.node() instanceof Node.Mapping mapping
                ? reading.entries(mapping.entries().keySet()).orElse(Map.of())
                : Map.of();
    }

    /** The name of a category, which may look like a number. */
    private static Optional<String> category(Reading reading) {
        if (reading.node() instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.NULL) {
            return Optional.of(scalar.text());
        }
        reading.refuse("must be the name of a category, got " + reading.got());
        return Optional.empty();
    }
}
