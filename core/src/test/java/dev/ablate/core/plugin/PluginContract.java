package dev.ablate.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.Elements;
import com.google.inject.spi.InstanceBinding;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.PlainValue;
import dev.ablate.core.option.Range;
import dev.ablate.core.training.Trainer;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every plugin module keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * final class MyPluginsTest extends PluginContract {
 *     @Override
 *     protected PluginModule module() {
 *         return new MyPlugins();
 *     }
 * }
 * }</pre>
 */
public abstract class PluginContract {

    /** A new module. */
    protected abstract PluginModule module();

    @Test
    final void isListedAsAService() {
        Set<Class<?>> listed = new HashSet<>();
        ServiceLoader.load(PluginModule.class, module().getClass().getClassLoader())
                .forEach(module -> listed.add(module.getClass()));
        assertTrue(
                listed.contains(module().getClass()),
                () -> module().getClass().getName() + " is not in META-INF/services/" + PluginModule.class.getName());
    }

    @Test
    final void bringsSomethingUnderANameOfItsOwn() {
        List<PluginEntry> entries = entries();
        assertFalse(entries.isEmpty(), "brings nothing");
        assertEquals(
                entries.size(),
                new HashSet<>(entries.stream().map(e -> e.kind() + e.name()).toList()).size());
    }

    @Test
    final void saysWhatItBringsInOneLine() {
        for (PluginEntry entry : entries()) {
            assertOneLine(entry.name(), entry.summary());
        }
    }

    @Test
    final void canMakeWhatItBrings() {
        Injector injector = Guice.createInjector(module());
        for (PluginEntry entry : entries()) {
            Map<String, ?> made = switch (entry.kind()) {
                case DATASET -> injector.getInstance(Key.get(new TypeLiteral<Map<String, DatasetSource<?>>>() {}));
                case TRAINER -> injector.getInstance(Key.get(new TypeLiteral<Map<String, Trainer<?>>>() {}));
                case METRIC -> injector.getInstance(Key.get(new TypeLiteral<Map<String, Metric>>() {}));
                case LAUNCHER -> injector.getInstance(Key.get(new TypeLiteral<Map<String, Launcher<?>>>() {}));
            };
            assertNotNull(made.get(entry.name()), entry.name());
        }
    }

    @Test
    final void hasOptionsThatTheRunnerCanMake() throws ReflectiveOperationException {
        for (PluginEntry entry : entries()) {
            for (Class<?> options : records(entry.options())) {
                assertTrue(Modifier.isPublic(options.getModifiers()), options + " is not public");
                Class<?>[] types = Stream.of(options.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
                assertNotNull(options.getConstructor(types), options + " has no public constructor");
            }
        }
    }

    @Test
    final void saysWhatEveryOptionMeans() {
        eachOption((name, component, option) -> {
            assertNotNull(option, name + " has no @Option");
            assertOneLine(name, option.help());
            assertOneLine(name, type(name, component).words());
            assertOneLine(name, type(name, component).plural());
        });
    }

    @Test
    final void hasEachOptionOnce() {
        for (PluginEntry entry : entries()) {
            List<String> names =
                    components(entry.options()).map(RecordComponent::getName).toList();
            assertEquals(names.size(), new HashSet<>(names).size(), entry.name() + " has an option twice: " + names);
        }
    }

    @Test
    final void hasNoOptionThatEveryLauncherHas() {
        for (PluginEntry entry : entries()) {
            assertFalse(
                    entry.kind() == PluginEntry.Kind.LAUNCHER
                            && components(entry.options())
                                    .anyMatch(component -> component.getName().equals(Launcher.FOLDER)),
                    () -> entry.name() + " has the option " + Launcher.FOLDER + ", which every launcher has");
        }
    }

    @Test
    final void hasDefaultsThatASpecCouldGiveAndThatAreReadBackAsTheyAreWritten() {
        eachOption((name, component, option) -> {
            assertNotNull(option, name + " has no @Option");
            assertDefault(name, option, type(name, component), option.fallback());
            for (Option.ForTask other : option.byTask()) {
                assertFalse(other.fallback().isEmpty(), name + " has an empty default for " + other.task());
                assertFalse(option.fallback().isEmpty(), name + " has no default for other tasks");
                assertDefault(name, option, type(name, component), other.fallback());
            }
        });
    }

    private static <T> void assertDefault(String name, Option option, OptionType<T> type, String fallback) {
        if (fallback.isEmpty()) {
            return;
        }
        T value = read(name, option, type, ContractDefaults.plainData(fallback));
        Object written = type.write(value);
        assertEquals(value, read(name, option, type, written), name + ": what is read of " + written);
    }

    private static <T> T read(String name, Option option, OptionType<T> type, Object data) {
        List<String> problems = new ArrayList<>();
        Optional<T> value = type.read(new PlainValue(name, data, Range.of(option), problems::add));
        assertTrue(value.isPresent() && problems.isEmpty(), () -> name + ": " + data + " is not read: " + problems);
        return value.orElseThrow();
    }

    private static OptionType<?> type(String name, RecordComponent component) {
        Type generic = component.getGenericType();
        Type held = component.getType() == Optional.class && generic instanceof ParameterizedType optional
                ? optional.getActualTypeArguments()[0]
                : generic;
        return OptionType.of(held)
                .orElseThrow(() -> new AssertionError(name + " is of a type that no spec can give: " + generic));
    }

    /** What the module says it brings, read as the runner does it: without an injector. */
    private List<PluginEntry> entries() {
        return Elements.getElements(module()).stream()
                .flatMap(element -> element instanceof InstanceBinding<?> binding
                                && binding.getInstance() instanceof PluginEntry entry
                        ? Stream.of(entry)
                        : Stream.empty())
                .toList();
    }

    /** An options record, and those that it nests. */
    private static List<Class<?>> records(Class<?> options) {
        List<Class<?>> records = new ArrayList<>(List.of(options));
        Stream.of(options.getRecordComponents())
                .filter(PluginContract::nests)
                .forEach(component -> records.addAll(records(component.getType())));
        return records;
    }

    /** Those that are options, of the record and of those that it nests. */
    private static Stream<RecordComponent> components(Class<?> options) {
        return records(options).stream()
                .flatMap(record -> Stream.of(record.getRecordComponents()))
                .filter(component -> !nests(component));
    }

    private static boolean nests(RecordComponent component) {
        return !component.isAnnotationPresent(Option.class)
                && component.getType().isRecord()
                && components(component.getType()).anyMatch(inner -> inner.isAnnotationPresent(Option.class));
    }

    private interface Check {
        void of(String name, RecordComponent component, Option option);
    }

    private void eachOption(Check check) {
        for (PluginEntry entry : entries()) {
            components(entry.options())
                    .forEach(component -> check.of(
                            entry.name() + "." + component.getName(),
                            component,
                            component.getAnnotation(Option.class)));
        }
    }

    private static void assertOneLine(String what, String text) {
        assertFalse(text.isBlank(), what + ": nothing is said");
        assertFalse(text.contains("\n") || text.endsWith("."), what + ": one line without a full stop: " + text);
    }
}
