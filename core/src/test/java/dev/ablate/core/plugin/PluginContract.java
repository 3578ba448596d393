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
import dev.ablate.core.option.Option;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Trainer;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    private static final Set<Class<?>> VALUES = Set.of(
            boolean.class,
            Boolean.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            String.class,
            Path.class,
            Initial.class,
            InitialLayer.class,
            Batch.class);

    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);

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
            };
            assertNotNull(made.get(entry.name()), entry.name());
        }
    }

    @Test
    final void hasOptionsThatTheRunnerCanMake() throws ReflectiveOperationException {
        for (PluginEntry entry : entries()) {
            Class<?> options = entry.options();
            assertTrue(Modifier.isPublic(options.getModifiers()), options + " is not public");
            Class<?>[] types = components(entry).map(RecordComponent::getType).toArray(Class<?>[]::new);
            assertNotNull(options.getConstructor(types), options + " has no public constructor");
        }
    }

    @Test
    final void saysWhatEveryOptionMeans() {
        eachOption((name, component, option) -> {
            assertNotNull(option, name + " has no @Option");
            assertOneLine(name, option.help());
            assertTrue(
                    isReadable(component.getGenericType(), true),
                    name + " is of a type that no spec can give: " + component.getGenericType());
        });
    }

    @Test
    final void hasDefaultsThatASpecCouldGive() {
        eachOption((name, component, option) -> {
            Class<?> type = component.getType() == Optional.class
                    ? raw(((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0])
                    : component.getType();
            assertDefault(name, option, type, option.fallback());
            for (Option.ForTask other : option.byTask()) {
                assertFalse(other.fallback().isEmpty(), name + " has an empty default for " + other.task());
                assertFalse(option.fallback().isEmpty(), name + " has no default for other tasks");
                assertDefault(name, option, type, other.fallback());
            }
        });
    }

    private static void assertDefault(String name, Option option, Class<?> type, String fallback) {
        if (fallback.isEmpty()) {
            return;
        }
        if (type == boolean.class || type == Boolean.class) {
            assertTrue(Set.of("true", "false").contains(fallback), name + ": " + fallback);
        } else if (type.isEnum()) {
            List<String> words = Stream.of(type.getEnumConstants())
                    .map(constant ->
                            ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            assertTrue(words.contains(fallback), name + ": " + fallback + " is none of " + words);
        } else if (NUMBERS.contains(type)) {
            double number = Double.parseDouble(fallback);
            boolean outside = number <= option.above()
                    || number < option.atLeast()
                    || number >= option.below()
                    || number > option.atMost();
            assertFalse(outside, name + ": " + fallback + " is out of range");
        }
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

    private static Stream<RecordComponent> components(PluginEntry entry) {
        return Stream.of(entry.options().getRecordComponents());
    }

    private interface Check {
        void of(String name, RecordComponent component, Option option);
    }

    private void eachOption(Check check) {
        for (PluginEntry entry : entries()) {
            components(entry)
                    .forEach(component -> check.of(
                            entry.name() + "." + component.getName(),
                            component,
                            component.getAnnotation(Option.class)));
        }
    }

    private static boolean isReadable(Type type, boolean mayBeOptional) {
        if (type instanceof ParameterizedType generic) {
            boolean optional = generic.getRawType() == Optional.class && mayBeOptional;
            return (optional || generic.getRawType() == List.class)
                    && isReadable(generic.getActualTypeArguments()[0], false);
        }
        return VALUES.contains(raw(type)) || raw(type).isEnum();
    }

    private static Class<?> raw(Type type) {
        return type instanceof Class<?> plain ? plain : (Class<?>) ((ParameterizedType) type).getRawType();
    }

    private static void assertOneLine(String what, String text) {
        assertFalse(text.isBlank(), what + ": nothing is said");
        assertFalse(text.contains("\n") || text.endsWith("."), what + ": one line without a full stop: " + text);
    }
}
