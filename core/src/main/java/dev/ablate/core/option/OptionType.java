package dev.ablate.core.option;

import java.lang.reflect.Type;
import java.util.Optional;

/**
 * A type that an option may have: what it is called, how a value of it is read and how it is written.
 *
 * <p>A plugin's own value class names its type by {@link ReadBy}. The type has a constructor without parameters and keeps
 * nothing; neither need be public:
 *
 * <pre>{@code
 * @ReadBy(RateType.class)
 * public record Rate(double perHour) {}
 *
 * final class RateType implements OptionType<Rate> {
 *     public String words() {
 *         return "{ per_hour: number }";
 *     }
 *
 *     public Optional<Rate> read(OptionValue value) {
 *         return value.entries(List.of("per_hour"), List.of())
 *                 .flatMap(rate -> rate.get("per_hour").number())
 *                 .map(Rate::new);
 *     }
 *
 *     public Object write(Rate rate) {
 *         return Map.of("per_hour", rate.perHour());
 *     }
 * }
 * }</pre>
 *
 * <p>What is written is all that is known of a value outside of the plugin: keys of runs, {@code ablate render}, parameters
 * and what another process is sent are made of it. So reading what was written gives an equal value.
 *
 * @param <T> the value class, whose equal values mean the same
 */
public interface OptionType<T> {

    /** One value, for a person: {@code number}, {@code all | whole number}. */
    String words();

    /** Several values, for a person, as in {@code list of numbers}. */
    default String plural() {
        return words();
    }

    /**
     * Reads a value.
     *
     * @return empty if something is wrong with it, which was refused by {@code value} or by a part of it
     */
    Optional<T> read(OptionValue value);

    /**
     * The value as plain data: a text, {@code Boolean}, {@code Integer}, {@code Long}, finite {@code Double},
     * {@link java.nio.file.Path}, or a {@code List} of these, or a {@code Map} from texts to these, in which no order is meant.
     * For a run's key a path counts by what the file holds.
     */
    Object write(T value);

    /**
     * The type of a component of an options record: one of those that {@link Option} lists, or what {@link ReadBy} names.
     *
     * @return empty if there is none
     * @throws IllegalArgumentException if what {@link ReadBy} names cannot be made
     */
    static Optional<OptionType<?>> of(Type type) {
        return OptionTypes.of(type);
    }
}
