package dev.ablate.engine.catalog;

import dev.ablate.core.data.Task;
import dev.ablate.core.option.Option;
import dev.ablate.worker.catalog.OptionsRecord;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person is shown of one option.
 *
 * @param name as in a spec: {@code learning_rate}
 * @param type its type in words: {@code number}, {@code identity | sigmoid | tanh}
 * @param range the numbers it takes: {@code greater than 0}; empty if any
 * @param fallback what holds if nobody gives it, as in a spec; empty if there is nothing
 * @param required whether it must be given
 * @param help what it does, in one line
 */
public record OptionDescription(
        String name, String type, String range, String fallback, boolean required, String help) {

    static OptionDescription of(OptionsRecord.Field field) {
        Option option = field.option();
        StringBuilder fallback = new StringBuilder(option.fallback());
        for (Option.ForTask other : option.byTask()) {
            fallback.append(" (")
                    .append(word(other.task()))
                    .append(": ")
                    .append(other.fallback())
                    .append(')');
        }
        return new OptionDescription(
                field.name(),
                field.type().words(),
                field.range().words(),
                fallback.toString(),
                field.required(),
                option.help());
    }

    private static String word(Task task) {
        return task.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In one line: {@code learning_rate: number, greater than 0, required; how far an update goes down the gradient}. */
    @Override
    public String toString() {
        String facts = Stream.of(
                        type, range, required ? "required" : "", fallback.isEmpty() ? "" : "default " + fallback)
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(", "));
        return name + ": " + facts + "; " + help;
    }
}
