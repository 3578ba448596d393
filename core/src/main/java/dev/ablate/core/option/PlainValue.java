package dev.ablate.core.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A value as {@link OptionType#write} gave it, or as JSON has it, where a path is a text. */
public final class PlainValue implements OptionValue {

    private final String name;
    private final @Nullable Object data;
    private final Range range;
    private final Consumer<String> problems;

    /**
     * A value.
     *
     * @param name what messages call it: {@code learning_rate}
     * @param data plain data, see {@link OptionType#write}
     * @param range which numbers are taken
     * @param problems takes a sentence for each thing that is wrong: {@code learning_rate must be a number, got 'fast'}
     */
    public PlainValue(String name, @Nullable Object data, Range range, Consumer<String> problems) {
        this.name = name;
        this.data = data;
        this.range = range;
        this.problems = problems;
    }

    @Override
    public Form form() {
        if (data instanceof Boolean) {
            return Form.BOOLEAN;
        } else if (data instanceof Integer || data instanceof Long) {
            return Form.WHOLE_NUMBER;
        } else if (data instanceof Double) {
            return Form.NUMBER;
        } else if (data instanceof String || data instanceof Path) {
            return Form.TEXT;
        } else if (data instanceof List<?>) {
            return Form.LIST;
        }
        return data instanceof Map<?, ?> ? Form.MAP : Form.OTHER;
    }

    @Override
    public Optional<Boolean> bool() {
        return data instanceof Boolean bool ? Optional.of(bool) : refused("true or false");
    }

    @Override
    public Optional<Integer> integer() {
        Optional<Long> whole = wholeNumber();
        return whole.isPresent() && whole.get() != whole.get().intValue()
                ? refused("a whole number in the range of an int")
                : whole.map(Long::intValue);
    }

    @Override
    public Optional<Long> wholeNumber() {
        if (data instanceof Integer || data instanceof Long) {
            long value = ((Number) data).longValue();
            return inside((double) value) ? Optional.of(value) : Optional.empty();
        }
        return refused("a whole number");
    }

    @Override
    public Optional<Double> number() {
        if (data instanceof Integer || data instanceof Long || data instanceof Double) {
            double value = ((Number) data).doubleValue();
            if (!Double.isFinite(value)) {
                return refused("a finite number");
            }
            return inside(value) ? Optional.of(value) : Optional.empty();
        }
        return refused("a number");
    }

    private boolean inside(double value) {
        Optional<String> broken = range.brokenBy(value);
        broken.ifPresent(this::refused);
        return broken.isEmpty();
    }

    @Override
    public Optional<String> text() {
        return data instanceof String text ? Optional.of(text) : refused("text");
    }

    @Override
    public Optional<String> word(Collection<String> words) {
        return data instanceof String text && words.contains(text)
                ? Optional.of(text)
                : refused(String.join(" or ", words));
    }

    @Override
    public Optional<Path> path() {
        if (data instanceof Path path) {
            return Optional.of(path);
        }
        try {
            return data instanceof String text && !text.isBlank() ? Optional.of(Path.of(text)) : refused("a path");
        } catch (InvalidPathException e) {
            return refused("a path");
        }
    }

    @Override
    public Optional<List<OptionValue>> items() {
        if (!(data instanceof List<?> list)) {
            return refused("a list");
        }
        List<OptionValue> items = new ArrayList<>();
        for (Object item : list) {
            items.add(new PlainValue("item " + (items.size() + 1) + " of " + name, item, range, problems));
        }
        return Optional.of(items);
    }

    @Override
    public Optional<Map<String, OptionValue>> entries(Collection<String> required, Collection<String> optional) {
        if (!(data instanceof Map<?, ?> map)) {
            return refused("a map");
        }
        List<String> keys =
                Stream.of(required, optional).flatMap(Collection::stream).toList();
        map.keySet().stream().filter(key -> !keys.contains(key)).forEach(key -> refuse("has an unknown key " + key));
        required.stream().filter(key -> !map.containsKey(key)).forEach(key -> refuse("must have the key " + key));
        if (!map.keySet().containsAll(required)) {
            return Optional.empty();
        }
        Map<String, OptionValue> entries = new LinkedHashMap<>();
        for (String key : keys) {
            if (map.containsKey(key)) {
                entries.put(key, new PlainValue(name + "." + key, map.get(key), range, problems));
            }
        }
        return Optional.of(entries);
    }

    @Override
    public Optional<Map<String, OptionValue>> entries() {
        if (!(data instanceof Map<?, ?> map)) {
            return refused("a map");
        }
        Map<String, OptionValue> entries = new LinkedHashMap<>();
        map.forEach((key, value) ->
                entries.put(String.valueOf(key), new PlainValue(name + "." + key, value, range, problems)));
        return Optional.of(entries);
    }

    private <T> Optional<T> refused(String wanted) {
        refuse("must be " + wanted + ", got " + got());
        return Optional.empty();
    }

    @Override
    public void refuse(String requirement) {
        problems.accept(name + " " + requirement);
    }

    @Override
    public String got() {
        return switch (form()) {
            case LIST -> "a list";
            case MAP -> "a map";
            case TEXT -> "'" + data + "'";
            case BOOLEAN, WHOLE_NUMBER, NUMBER, OTHER -> String.valueOf(data);
        };
    }
}
