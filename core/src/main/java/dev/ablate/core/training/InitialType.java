package dev.ablate.core.training;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers, or how they are drawn. */
final class InitialType implements OptionType<Initial> {

    @Override
    public String words() {
        return "list of numbers | { normal: { sd: number } }";
    }

    @Override
    public String plural() {
        return "starts";
    }

    @Override
    public Optional<Initial> read(OptionValue value) {
        return switch (value.form()) {
            case LIST -> value.items(OptionValue::number).map(Initial.Given::new);
            case MAP ->
                only("normal", value)
                        .flatMap(normal -> only("sd", normal))
                        .flatMap(InitialType::sd)
                        .map(Initial.Normal::new);
            default -> {
                value.refuse("must be a list of numbers or { normal: { sd: NUMBER } }, got " + value.got());
                yield Optional.empty();
            }
        };
    }

    private static Optional<OptionValue> only(String key, OptionValue value) {
        return value.entries(List.of(key), List.of()).flatMap(entries -> Optional.ofNullable(entries.get(key)));
    }

    private static Optional<Double> sd(OptionValue value) {
        return value.number().filter(sd -> {
            if (sd < 0) {
                value.refuse("must be at least 0, got " + value.got());
            }
            return sd >= 0;
        });
    }

    @Override
    public Object write(Initial initial) {
        return initial instanceof Initial.Given given
                ? given.values()
                : Map.of("normal", Map.of("sd", ((Initial.Normal) initial).sd()));
    }
}
