package dev.ablate.engine.table;

import dev.ablate.engine.problem.Problem;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.NumberText;
import dev.ablate.worker.prepare.RowEncoding.Input;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * What the words of a row to predict mean.
 *
 * @param number of a word; empty if it is none
 * @param missing what stands for a missing value
 * @param mayMiss whether a value may be missing, as a model fills it in
 */
public record RowWords(Function<String, OptionalDouble> number, Set<String> missing, boolean mayMiss) {

    /** Words as they are typed: numbers with a point, and nothing where a value is missing. */
    public static RowWords typed(boolean mayMiss) {
        return new RowWords(new NumberText(Dialect.separatedBy(','))::declared, Set.of(""), mayMiss);
    }

    /** A number, or the index of a category; NaN where a value is missing; empty if it is none of them. */
    public Optional<Double> value(String word, Input input) {
        if (mayMiss && missing.contains(word)) {
            return Optional.of(Double.NaN);
        }
        if (input.categories().isEmpty()) {
            OptionalDouble value = number.apply(word);
            return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
        }
        int code = input.categories().indexOf(word);
        return code < 0 ? Optional.empty() : Optional.of((double) code);
    }

    /** What is wrong with a word that has no value. */
    public static String refusal(String word, Input input) {
        return input.name() + " must be "
                + (input.categories().isEmpty() ? "a number" : "one of " + String.join(", ", input.categories()))
                + ", got " + Problem.quoted(word);
    }
}
