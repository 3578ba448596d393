package dev.ablate.worker.catalog;

import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.worker.text.Thrown;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The components of an options record, and of the records that it nests. */
final class RecordShape {

    private final Class<? extends Record> type;
    private final Constructor<? extends Record> constructor;

    /** Each component, with the shape of the record that it nests, if it does. */
    private final Map<RecordComponent, Optional<RecordShape>> parts = new LinkedHashMap<>();

    /**
     * Looks at a record.
     *
     * @throws PluginException if its author made a mistake
     */
    RecordShape(Class<? extends Record> type) {
        this.type = type;
        if (!Modifier.isPublic(type.getModifiers())) {
            throw new PluginException(called() + " is not public");
        }
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent component : components) {
            parts.put(component, nested(component).map(RecordShape::new));
        }
        try {
            this.constructor = type.getConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new PluginException(called() + " has no public constructor", e);
        }
    }

    private static Optional<Class<? extends Record>> nested(RecordComponent component) {
        boolean nests = !component.isAnnotationPresent(Option.class) && hasOptions(component.getType(), List.of());
        return nests ? Optional.of(component.getType().asSubclass(Record.class)) : Optional.empty();
    }

    /** Whether a class is a record with options in it, or in a record that it nests. */
    private static boolean hasOptions(Class<?> type, List<Class<?>> around) {
        if (!type.isRecord() || around.contains(type)) {
            return false;
        }
        List<Class<?>> inside =
                Stream.concat(around.stream(), Stream.<Class<?>>of(type)).toList();
        return Stream.of(type.getRecordComponents())
                .anyMatch(component ->
                        component.isAnnotationPresent(Option.class) || hasOptions(component.getType(), inside));
    }

    /** The components that lead to each option, from this record in. */
    List<List<RecordComponent>> paths() {
        List<List<RecordComponent>> paths = new ArrayList<>();
        parts.forEach((component, nested) -> {
            if (nested.isEmpty()) {
                paths.add(List.of(component));
            } else {
                nested.get()
                        .paths()
                        .forEach(path -> paths.add(Stream.concat(Stream.of(component), path.stream())
                                .toList()));
            }
        });
        return paths;
    }

    /**
     * An instance, with instances of the records that it nests.
     *
     * @param values one a path
     * @throws Refused with all reasons of the nested records, or of this one
     * @throws PluginException if a record throws anything else
     */
    Record make(List<? extends @Nullable Object> values) {
        Refused.Reasons reasons = Refused.reasons();
        Record made = make(values.iterator(), reasons);
        reasons.throwIfAny();
        return Objects.requireNonNull(made);
    }

    /** Null if a record refuses, whose reasons are added. */
    private @Nullable Record make(Iterator<? extends @Nullable Object> values, Refused.Reasons reasons) {
        List<@Nullable Object> arguments = new ArrayList<>();
        boolean whole = true;
        for (Optional<RecordShape> nested : parts.values()) {
            Object argument = nested.isPresent() ? nested.get().make(values, reasons) : values.next();
            whole &= nested.isEmpty() || argument != null;
            arguments.add(argument);
        }
        if (!whole) {
            return null;
        }
        try {
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Refused refused) {
                reasons.addAll(refused);
                return null;
            }
            throw new PluginException(
                    called() + " cannot be made: " + Thrown.words(Objects.requireNonNullElse(e.getCause(), e)), e);
        } catch (ReflectiveOperationException e) {
            throw new PluginException(called() + " cannot be made: " + e, e);
        }
    }

    /** What a record holds for a component, which must be something. */
    static Object value(Object record, RecordComponent component) {
        Object value;
        try {
            value = component.getAccessor().invoke(record);
        } catch (InvocationTargetException e) {
            throw unreadable(component, Thrown.words(Objects.requireNonNullElse(e.getCause(), e)), e);
        } catch (ReflectiveOperationException e) {
            throw unreadable(component, e.toString(), e);
        }
        if (value == null) {
            throw fault(component, "is null, and must be something");
        }
        return value;
    }

    private static PluginException unreadable(RecordComponent component, String reason, Exception e) {
        return new PluginException(
                called(component.getDeclaringRecord()) + ": " + component.getName() + " cannot be read: " + reason, e);
    }

    /** {@code learningRate} is {@code learning_rate}. */
    static String option(RecordComponent component) {
        return component
                .getName()
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /** {@code acme.Options.rate}. */
    static String name(RecordComponent component) {
        return component.getDeclaringRecord().getName() + "." + component.getName();
    }

    static PluginException fault(RecordComponent component, String what) {
        return new PluginException(called(component.getDeclaringRecord()) + " has the component " + component.getName()
                + ", which " + what);
    }

    String called() {
        return called(type);
    }

    private static String called(Class<?> type) {
        return "the options record " + type.getName();
    }
}
