package dev.ablate.trainers.program;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A map of names to texts. */
final class VariablesType implements OptionType<Variables> {

    @Override
    public String words() {
        return "{ NAME: text, ... }";
    }

    @Override
    public Optional<Variables> read(OptionValue value) {
        return value.entries().flatMap(entries -> {
            Map<String, String> values = new LinkedHashMap<>();
            entries.forEach((name, entry) -> {
                if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    entry.refuse("must have a name of letters, digits and _, got '" + name + "'");
                } else {
                    entry.text().ifPresent(text -> values.put(name, text));
                }
            });
            return values.size() == entries.size() ? Optional.of(new Variables(values)) : Optional.empty();
        });
    }

    @Override
    public Object write(Variables variables) {
        return variables.values();
    }
}
