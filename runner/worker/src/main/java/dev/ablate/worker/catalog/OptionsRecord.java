package dev.ablate.worker.catalog;

import dev.ablate.core.option.Option;
import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.PlainValue;
import dev.ablate.core.option.Range;
import dev.ablate.core.option.Refused;
import dev.ablate.worker.text.Thrown;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An options record as the runner sees it: its options, and how an instance is made; whatever its author did wrong is reported.
 *
 * <p>A component whose type is a record with options stands for these: they are options of the whole.
 */
public final class OptionsRecord {

    private final RecordShape shape;
    private final List<Field> fields;

    /**
     * One option.
     *
     * @param name as in a spec
     * @param path the components that lead to its value, from the outermost record in
     * @param optional whether the last component is an {@code Optional}
     * @param type what it holds
     * @param range which numbers it takes
     * @param option what the author says of it
     */
    public record Field(
            String name,
            List<RecordComponent> path,
            boolean optional,
            OptionType<Object> type,
            Range range,
            Option option) {

        /** Copies the list. */
        public Field {
            path = List.copyOf(path);
        }

        /** Whether it must be given. */
        public boolean required() {
            return !optional && option.fallback().isEmpty();
        }

        /** The author's mistake: {@code the options record acme.Options has the component rate, which has no @Option}. */
        public PluginException fault(String what) {
            return RecordShape.fault(component(), what);
        }

        private RecordComponent component() {
            return path.get(path.size() - 1);
        }
    }

    /**
     * Looks at an options record.
     *
     * @throws PluginException if its author made a mistake
     */
    public OptionsRecord(Class<? extends Record> type) {
        this.shape = new RecordShape(type);
        Map<String, Field> byName = new LinkedHashMap<>();
        for (List<RecordComponent> path : shape.paths()) {
            Field field = field(path);
            Field other = byName.putIfAbsent(field.name(), field);
            if (other != null) {
                throw new PluginException(shape.called() + " has the option " + field.name() + " twice: as "
                        + RecordShape.name(other.component()) + " and as " + RecordShape.name(field.component()));
            }
        }
        this.fields = List.copyOf(byName.values());
    }

    /** Its options in the order in which they are declared. */
    public List<Field> fields() {
        return fields;
    }

    /** The names of its options, sorted. */
    public List<String> names() {
        return fields.stream().map(Field::name).sorted().toList();
    }

    /**
     * Refuses an option that it must not have.
     *
     * @throws PluginException if it has it
     */
    void refuse(String name, String why) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                throw field.fault(why);
            }
        }
    }

    /**
     * An instance.
     *
     * @param values one a field, not {@code Optional}; null where nothing was given
     * @throws Refused if the record, or one that it nests, does not take them
     * @throws PluginException if it throws anything else
     */
    public Record make(List<? extends @Nullable Object> values) {
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            arguments.add(fields.get(i).optional() ? Optional.ofNullable(value) : value);
        }
        return shape.make(arguments);
    }

    /**
     * An instance of what {@link #written} gave, or of the same from JSON, where a path is a text.
     *
     * @throws Refused if the record, or one that it nests, does not take the values
     * @throws PluginException if they are not values of its options, or the record throws anything else
     */
    public Record read(Map<String, ?> data) {
        List<String> problems = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : fields) {
            Object given = data.get(field.name());
            if (given == null && !field.optional()) {
                problems.add(field.name() + " is missing");
            }
            values.add(given == null ? null : read(field, given, problems));
        }
        List<String> names = names();
        data.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add("there is no option " + name));
        if (!problems.isEmpty()) {
            throw new PluginException(shape.called() + " cannot be made: " + String.join("; ", problems));
        }
        return make(values);
    }

    private static @Nullable Object read(Field field, Object given, List<String> problems) {
        int before = problems.size();
        // the range is for what a person gives: a record may fill in what is outside of it
        Optional<Object> value = field.type().read(new PlainValue(field.name(), given, Range.all(), problems::add));
        if (value.isEmpty() && problems.size() == before) {
            problems.add(field.name() + " must be " + field.type().words());
        }
        return value.orElse(null);
    }

    /**
     * Plain data of every option that has a value in an instance, by name; see {@link OptionType#write}.
     *
     * @throws PluginException if {@link #read} does not give an equal instance of them
     */
    public SortedMap<String, Object> written(Record instance) {
        SortedMap<String, Object> written = new TreeMap<>();
        for (Field field : fields) {
            value(instance, field)
                    .ifPresent(value -> written.put(field.name(), field.type().write(value)));
        }
        requireSame(instance, written);
        return written;
    }

    private void requireSame(Record instance, Map<String, Object> written) {
        Record again = again(written);
        // value by value: Java takes long to make what compares two records
        if (fields.stream().anyMatch(field -> !value(again, field).equals(value(instance, field)))) {
            throw new PluginException(shape.called() + " is not equal to the one that is made of its own values");
        }
    }

    private Record again(Map<String, Object> written) {
        try {
            return read(written);
        } catch (Refused e) {
            throw new PluginException(
                    shape.called() + " refuses its own values: " + Thrown.oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    private static Optional<Object> value(Record instance, Field field) {
        Object value = instance;
        for (RecordComponent component : field.path()) {
            value = RecordShape.value(value, component);
        }
        return field.optional() ? ((Optional<?>) value).map(held -> held) : Optional.of(value);
    }

    // Safe: a type reads and writes the values of the component that it was found for.
    @SuppressWarnings("unchecked")
    private static Field field(List<RecordComponent> path) {
        RecordComponent component = path.get(path.size() - 1);
        Option option = component.getAnnotation(Option.class);
        if (option == null) {
            throw RecordShape.fault(component, "has no @Option");
        }
        Type generic = component.getGenericType();
        boolean optional = component.getType() == Optional.class;
        Type held = optional && generic instanceof ParameterizedType of ? of.getActualTypeArguments()[0] : generic;
        OptionType<?> type = type(component, held)
                .orElseThrow(() ->
                        RecordShape.fault(component, "is of a type that no spec can give: " + generic.getTypeName()));
        if (option.byTask().length > 0 && (optional || option.fallback().isEmpty())) {
            throw RecordShape.fault(
                    component,
                    "has a default for a task, and " + (optional ? "is an Optional" : "none for the others"));
        }
        return new Field(
                RecordShape.option(component), path, optional, (OptionType<Object>) type, Range.of(option), option);
    }

    private static Optional<OptionType<?>> type(RecordComponent component, Type held) {
        try {
            return OptionType.of(held);
        } catch (IllegalArgumentException e) {
            throw RecordShape.fault(
                    component, "is of a type that cannot be used: " + Thrown.oneLine(String.valueOf(e.getMessage())));
        }
    }
}
