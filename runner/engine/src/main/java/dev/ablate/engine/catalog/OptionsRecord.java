package dev.ablate.engine.catalog;

import dev.ablate.core.data.Task;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.NodeReader;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.worker.catalog.PluginException;
import dev.ablate.worker.catalog.Thrown;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An options record as the runner sees it: its options, and how an instance is made; whatever its author did wrong is reported. */
final class OptionsRecord {

    private final Class<? extends Record> type;
    private final Constructor<? extends Record> constructor;
    private final List<Field> fields = new ArrayList<>();

    /**
     * One option.
     *
     * @param name as in a spec
     * @param component the record's component
     * @param optional whether the component is an {@code Optional}
     * @param type what it holds
     * @param range which numbers it takes
     * @param option what the author says of it
     * @param fallback the value of the fallback; empty if there is none
     * @param byTask the values of the fallbacks that hold for one task
     */
    record Field(
            String name,
            RecordComponent component,
            boolean optional,
            OptionType type,
            Range range,
            Option option,
            Optional<Object> fallback,
            Map<Task, Object> byTask) {

        boolean required() {
            return !optional && fallback.isEmpty();
        }

        /** What holds where nobody gives the option; of one that is not required. */
        Object fallback(Optional<Task> task) {
            return task.map(byTask::get).or(() -> fallback).orElseThrow();
        }

        OptionDescription description() {
            StringBuilder words = new StringBuilder(option.fallback());
            for (Option.ForTask other : option.byTask()) {
                words.append(" (")
                        .append(word(other.task()))
                        .append(": ")
                        .append(other.fallback())
                        .append(')');
            }
            return new OptionDescription(
                    name, type.words(), range.words(), words.toString(), required(), option.help());
        }

        private static String word(Task task) {
            return task.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Looks at an options record.
     *
     * @throws PluginException if its author made a mistake
     */
    OptionsRecord(Class<? extends Record> type) {
        this.type = type;
        if (!Modifier.isPublic(type.getModifiers())) {
            throw fault("is not public");
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
            fields.add(field(components[i]));
        }
        try {
            this.constructor = type.getConstructor(types);
        } catch (NoSuchMethodException e) {
            throw fault("has no public constructor");
        }
    }

    List<Field> fields() {
        return fields;
    }

    List<String> names() {
        return fields.stream().map(Field::name).sorted().toList();
    }

    /**
     * An instance.
     *
     * @param values one a field, not {@code Optional}; null where nothing was given
     * @throws Refused if the record does
     * @throws PluginException if it throws anything else
     */
    Record make(List<? extends @Nullable Object> values) {
        Object[] arguments = new Object[values.size()];
        for (int i = 0; i < arguments.length; i++) {
            Object value = values.get(i);
            arguments[i] = fields.get(i).optional() ? Optional.ofNullable(value) : value;
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Refused refused) {
                throw refused;
            }
            throw new PluginException(
                    called() + " cannot be made: " + Thrown.words(Objects.requireNonNullElse(e.getCause(), e)), e);
        } catch (ReflectiveOperationException e) {
            throw new PluginException(called() + " cannot be made: " + e, e);
        }
    }

    /** What an instance holds for a field; empty for an empty {@code Optional}. */
    Optional<Object> value(Record instance, Field field) {
        Object value;
        try {
            value = field.component().getAccessor().invoke(instance);
        } catch (InvocationTargetException e) {
            throw new PluginException(
                    called() + ": " + field.component().getName() + " cannot be read: "
                            + Thrown.words(Objects.requireNonNullElse(e.getCause(), e)),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new PluginException(called() + ": " + field.component().getName() + " cannot be read: " + e, e);
        }
        if (value == null) {
            throw fault(field.component(), "is null, and must be something");
        }
        return field.optional() ? ((Optional<?>) value).map(held -> held) : Optional.of(value);
    }

    private Field field(RecordComponent component) {
        Option option = component.getAnnotation(Option.class);
        if (option == null) {
            throw fault(component, "has no @Option");
        }
        Type generic = component.getGenericType();
        boolean optional = component.getType() == Optional.class;
        Type held = optional && generic instanceof ParameterizedType of ? of.getActualTypeArguments()[0] : generic;
        OptionType valueType = OptionType.of(held)
                .orElseThrow(() -> fault(component, "is of a type that no spec can give: " + generic.getTypeName()));
        Range range = Range.of(option);
        Optional<Object> fallback = Optional.empty();
        if (!option.fallback().isEmpty()) {
            fallback = Optional.of(fallback(component, option.fallback(), valueType, range));
        }
        Map<Task, Object> byTask = new EnumMap<>(Task.class);
        for (Option.ForTask other : option.byTask()) {
            if (optional || fallback.isEmpty()) {
                throw fault(
                        component,
                        "has a default for a task, and " + (optional ? "is an Optional" : "none for the others"));
            }
            byTask.put(other.task(), fallback(component, other.fallback(), valueType, range));
        }
        return new Field(name(component), component, optional, valueType, range, option, fallback, byTask);
    }

    private Object fallback(RecordComponent component, String text, OptionType valueType, Range range) {
        Problems problems = new Problems();
        Optional<Node> node = NodeReader.read("fallback", text, problems);
        Optional<?> value =
                node.flatMap(read -> valueType.reader().read(Reading.of(read, name(component), problems), range));
        if (value.isPresent() && !problems.hasErrors()) {
            return value.get();
        }
        String reasons = problems.all().stream().map(Problem::message).collect(Collectors.joining("; "));
        throw fault(component, "has the fallback " + Problem.quoted(text) + ", which " + reasons);
    }

    /** {@code learningRate} is {@code learning_rate}. */
    private static String name(RecordComponent component) {
        return component
                .getName()
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private PluginException fault(RecordComponent component, String what) {
        return fault("has the component " + component.getName() + ", which " + what);
    }

    private PluginException fault(String what) {
        return new PluginException(called() + " " + what);
    }

    private String called() {
        return "the options record " + type.getName();
    }
}
