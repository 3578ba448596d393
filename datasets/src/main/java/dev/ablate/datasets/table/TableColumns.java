package dev.ablate.datasets.table;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import dev.ablate.core.option.ReadBy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of the columns of a table: their names, or what some of them hold. In YAML {@code [age, fare, survived]} or
 * {@code { pclass: category, fare: number }}.
 *
 * @param names of all columns in order; empty if they are not given
 * @param kinds what columns hold, by name
 */
@ReadBy(TableColumns.Type.class)
public record TableColumns(List<String> names, Map<String, Kind> kinds) {

    /** What a column holds. */
    public enum Kind {
        /** Text, one of several in each row; numbers in it are text, too. */
        CATEGORY,
        /** Numbers alone. */
        NUMBER
    }

    /** Copies both. */
    public TableColumns {
        names = List.copyOf(names);
        kinds = Map.copyOf(kinds);
    }

    /** Names alone. */
    public static TableColumns named(List<String> names) {
        return new TableColumns(names, Map.of());
    }

    /** Reads a list or a map. */
    static final class Type implements OptionType<TableColumns> {

        @Override
        public String words() {
            return "list of texts | { name: category | number }";
        }

        @Override
        public String plural() {
            return "columns";
        }

        @Override
        public Optional<TableColumns> read(OptionValue value) {
            return switch (value.form()) {
                case LIST -> value.items(OptionValue::text).map(TableColumns::named);
                case MAP -> value.entries().flatMap(Type::kinds);
                default -> {
                    value.refuse(
                            "must be a list of names or a map from names to category or number, got " + value.got());
                    yield Optional.empty();
                }
            };
        }

        private static Optional<TableColumns> kinds(Map<String, OptionValue> entries) {
            Map<String, Kind> kinds = new LinkedHashMap<>();
            entries.forEach((name, kind) -> kind.word(List.of("category", "number"))
                    .ifPresent(word -> kinds.put(name, word.equals("number") ? Kind.NUMBER : Kind.CATEGORY)));
            return kinds.size() == entries.size() ? Optional.of(new TableColumns(List.of(), kinds)) : Optional.empty();
        }

        @Override
        public Object write(TableColumns value) {
            if (value.kinds().isEmpty()) {
                return value.names();
            }
            Map<String, Object> written = new LinkedHashMap<>();
            value.kinds().forEach((name, kind) -> written.put(name, kind == Kind.NUMBER ? "number" : "category"));
            return written;
        }
    }
}
