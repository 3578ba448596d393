package dev.ablate.core.option;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The types of the JDK's classes, of enums and of lists, and those that value classes name. */
final class OptionTypes {

    private static final Map<Class<?>, OptionType<?>> PLAIN = plain();

    private OptionTypes() {}

    /** See {@link OptionType#of}. */
    static Optional<OptionType<?>> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? of(generic.getActualTypeArguments()[0]).map(item -> listOf(item))
                    : Optional.empty();
        }
        if (!(type instanceof Class<?> plain)) {
            return Optional.empty();
        }
        ReadBy own = plain.getAnnotation(ReadBy.class);
        if (own != null) {
            return Optional.of(made(own.value()));
        }
        return plain.isEnum() ? Optional.of(new WordType(plain)) : Optional.ofNullable(PLAIN.get(plain));
    }

    private static <T> OptionType<?> listOf(OptionType<T> item) {
        return new ListType<>(item);
    }

    private static OptionType<?> made(Class<? extends OptionType<?>> type) {
        try {
            Constructor<? extends OptionType<?>> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be made: " + e.getCause(), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException(type.getName() + " has no constructor without parameters", e);
        }
    }

    private static Map<Class<?>, OptionType<?>> plain() {
        OptionType<Boolean> bool = new PlainType<>("true | false", "true | false", OptionValue::bool);
        OptionType<Integer> integer = new PlainType<>("whole number", "whole numbers", OptionValue::integer);
        OptionType<Long> wholeNumber = new PlainType<>("whole number", "whole numbers", OptionValue::wholeNumber);
        OptionType<Double> number = new PlainType<>("number", "numbers", OptionValue::number);
        Map<Class<?>, OptionType<?>> types = new LinkedHashMap<>();
        types.put(boolean.class, bool);
        types.put(Boolean.class, bool);
        types.put(int.class, integer);
        types.put(Integer.class, integer);
        types.put(long.class, wholeNumber);
        types.put(Long.class, wholeNumber);
        types.put(double.class, number);
        types.put(Double.class, number);
        types.put(String.class, new PlainType<>("text", "texts", OptionValue::text));
        types.put(Path.class, new PlainType<>("path", "paths", OptionValue::path));
        return types;
    }

    /** A type whose values are plain data. */
    private record PlainType<T>(String words, String plural, Function<OptionValue, Optional<T>> reader)
            implements OptionType<T> {

        @Override
        public Optional<T> read(OptionValue value) {
            return reader.apply(value);
        }

        @Override
        public Object write(T value) {
            return value;
        }
    }

    /** An enum: {@code AS_PUBLISHED} is {@code as-published}. */
    private static final class WordType implements OptionType<Object> {

        private final Map<String, Object> constants = new LinkedHashMap<>();

        WordType(Class<?> type) {
            for (Object constant : type.getEnumConstants()) {
                constants.put(word(constant), constant);
            }
        }

        @Override
        public String words() {
            return String.join(" | ", constants.keySet());
        }

        @Override
        public Optional<Object> read(OptionValue value) {
            return value.word(constants.keySet()).map(constants::get);
        }

        @Override
        public Object write(Object value) {
            return word(value);
        }

        private static String word(Object constant) {
            return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record ListType<T>(OptionType<T> item) implements OptionType<List<T>> {

        @Override
        public String words() {
            return "list of " + item.plural();
        }

        @Override
        public String plural() {
            return "lists of " + item.plural();
        }

        @Override
        public Optional<List<T>> read(OptionValue value) {
            return value.items(item::read);
        }

        @Override
        public Object write(List<T> value) {
            return value.stream().map(item::write).toList();
        }
    }
}
