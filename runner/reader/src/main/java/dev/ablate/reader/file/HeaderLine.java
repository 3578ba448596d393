package dev.ablate.reader.file;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import dev.ablate.core.option.ReadBy;
import java.util.List;
import java.util.Optional;

/** Whether the first line of a file names the columns; in YAML {@code auto}, {@code true} or {@code false}. */
@ReadBy(HeaderLine.Type.class)
public enum HeaderLine {
    /** It does if it looks so. */
    AUTO,
    /** It does. */
    TRUE,
    /** It is a row. */
    FALSE;

    /** Reads {@code true} and {@code false} as what they are in YAML. */
    static final class Type implements OptionType<HeaderLine> {

        @Override
        public String words() {
            return "auto | true | false";
        }

        @Override
        public Optional<HeaderLine> read(OptionValue value) {
            if (value.form() == OptionValue.Form.BOOLEAN) {
                return value.bool().map(names -> names ? TRUE : FALSE);
            }
            if (value.form() != OptionValue.Form.TEXT) {
                value.refuse("must be auto, true or false, got " + value.got());
                return Optional.empty();
            }
            return value.word(List.of("auto", "true", "false")).map(word -> switch (word) {
                case "auto" -> AUTO;
                case "true" -> TRUE;
                default -> FALSE;
            });
        }

        @Override
        public Object write(HeaderLine value) {
            return switch (value) {
                case AUTO -> "auto";
                case TRUE -> true;
                case FALSE -> false;
            };
        }
    }
}
