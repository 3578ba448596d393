package dev.ablate.core.option;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A map of names to numbers, texts and truth values. */
final class FreeOptionsType implements OptionType<FreeOptions> {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    @Override
    public String words() {
        return "{ NAME: number | text | true | false, ... }";
    }

    @Override
    public Optional<FreeOptions> read(OptionValue value) {
        return value.entries().flatMap(entries -> {
            Map<String, Object> values = new LinkedHashMap<>();
            entries.forEach((name, entry) -> {
                if (!name.matches(NAME)) {
                    entry.refuse("must have a name of letters, digits and _, got '" + name + "'");
                } else {
                    scalar(entry).ifPresent(scalar -> values.put(name, scalar));
                }
            });
            return values.size() == entries.size() ? Optional.of(new FreeOptions(values)) : Optional.empty();
        });
    }

    private static Optional<?> scalar(OptionValue entry) {
        return switch (entry.form()) {
            case BOOLEAN -> entry.bool();
            case WHOLE_NUMBER -> entry.wholeNumber();
            case NUMBER -> entry.number();
            case TEXT -> entry.text();
            default -> {
                entry.refuse("must be a number, a text, true or false, got " + entry.got());
                yield Optional.empty();
            }
        };
    }

    @Override
    public Object write(FreeOptions options) {
        return options.values();
    }
}
