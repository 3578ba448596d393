package dev.ablate.core.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value of an option as somebody wrote it, to be read by an {@link OptionType}.
 *
 * <p>Each method that reads gives the value, or refuses it and gives nothing: the person gets a message with its place, of what
 * it must be and what it is. Numbers are held to the bounds of the {@link Option}.
 */
public interface OptionValue {

    /** What is written. */
    enum Form {
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** {@code 12}; {@link #number} reads it too. */
        WHOLE_NUMBER,
        /** {@code 0.5}, {@code 1e3}. */
        NUMBER,
        /** Text. */
        TEXT,
        /** A list. */
        LIST,
        /** A map. */
        MAP,
        /** What no method reads. */
        OTHER
    }

    /** What is written; asking refuses nothing. */
    Form form();

    /** {@code true} or {@code false}. */
    Optional<Boolean> bool();

    /** A whole number in the range of an {@code int}. */
    Optional<Integer> integer();

    /** A whole number in the range of a {@code long}. */
    Optional<Long> wholeNumber();

    /** A finite number; a whole number is one too. */
    Optional<Double> number();

    /** Text. */
    Optional<String> text();

    /** One of these words, of which there is at least one. */
    Optional<String> word(Collection<String> words);

    /** A file or folder; a relative path is resolved against the file in which it is written. */
    Optional<Path> path();

    /** A list, item by item. */
    Optional<List<OptionValue>> items();

    /** A list of values that are all read in one way: {@code value.items(OptionValue::number)}. */
    default <T> Optional<List<T>> items(Function<? super OptionValue, Optional<T>> reader) {
        return items().flatMap(items -> {
            List<T> values = new ArrayList<>();
            for (OptionValue item : items) {
                reader.apply(item).ifPresent(values::add);
            }
            return values.size() == items.size() ? Optional.of(values) : Optional.empty();
        });
    }

    /**
     * A map; each other key is refused.
     *
     * @param required keys that are in what this gives
     * @param optional keys that need not be there
     */
    Optional<Map<String, OptionValue>> entries(Collection<String> required, Collection<String> optional);

    /** A map of any keys, in the order in which they are written. */
    Optional<Map<String, OptionValue>> entries();

    /**
     * Refuses the value.
     *
     * @param requirement what it must be and what it is, as the end of a sentence: {@code must be at least 0, got -1}
     */
    void refuse(String requirement);

    /** The value as a message quotes it: {@code 'no'}, {@code 5.7}, {@code a list}. */
    String got();
}
