package dev.ablate.cli.argument;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of a few words, as the constants write themselves: the words that completion offers too. */
public final class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {

    private final Class<E> type;

    public WordConverter(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String word) {
        List<E> known = List.of(type.getEnumConstants());
        return known.stream()
                .filter(each -> each.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("must be " + listed(known) + ", got '" + word + "'"));
    }

    private static String listed(List<?> words) {
        int last = words.size() - 1;
        return String.join(
                        ", ",
                        words.subList(0, last).stream().map(Object::toString).toList()) + " or " + words.get(last);
    }
}
