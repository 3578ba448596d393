package dev.ablate.reader.csv;

import dev.ablate.reader.number.CsvNumber;
import dev.ablate.reader.number.NumberScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as text, as a file writes them. */
public final class NumberText {

    /** Bytes behind a number that can be read. */
    private static final int BEHIND = 9;

    private static final String BLANKS = " \u00a0\u202f\u2009";

    private final char point;
    private final NumberScanner plain;
    private final NumberScanner lenient;
    private final char[] thousands;
    private final Optional<Pattern> grouped;

    public NumberText(Dialect dialect) {
        this.point = dialect.point();
        this.plain = new NumberScanner(dialect.point(), true);
        this.lenient = new NumberScanner(dialect.point());
        // whoever writes a blank means any of them
        String all = dialect.thousands().isBlank() && !dialect.thousands().isEmpty() ? BLANKS : dialect.thousands();
        this.thousands = all.toCharArray();
        this.grouped = all.isEmpty() ? Optional.empty() : Optional.of(grouped(all, dialect.point()));
    }

    /** Numbers with something before each three digits: {@code 1,500} and {@code -12 345 678.5}. */
    private static Pattern grouped(String separators, char point) {
        String any = "[" + Pattern.quote(separators) + "]";
        return Pattern.compile(
                "[+-]?[1-9]\\d{0,2}(" + any + "\\d{3})+(" + Pattern.quote(String.valueOf(point)) + "\\d*)?");
    }

    boolean isPlain(String text) {
        return plain(text).isPresent();
    }

    /** A number that nobody can take for anything else; empty if it is not finite, has leading zeros or would be rounded to another. */
    public OptionalDouble plain(String text) {
        return read(plain, text);
    }

    /** A number where nothing else can be meant, so that it may have leading zeros; empty if it is not finite or would be rounded. */
    public OptionalDouble declared(String text) {
        OptionalDouble number = plain(text);
        return number.isEmpty() && CsvNumber.look(text, point) == CsvNumber.Look.LEADING_ZERO ? lenient(text) : number;
    }

    /** A number, with leading zeros or rounded, too; empty if it is not finite. */
    public OptionalDouble lenient(String text) {
        return read(lenient, text);
    }

    private OptionalDouble read(NumberScanner scanner, String text) {
        String written = text;
        if (grouped.isPresent() && grouped.get().matcher(text).matches()) {
            for (char separator : thousands) {
                written = written.replace(String.valueOf(separator), "");
            }
        }
        byte[] ascii = written.getBytes(StandardCharsets.US_ASCII);
        return scanner.scan(Arrays.copyOf(ascii, ascii.length + BEHIND), 0) == written.length()
                ? OptionalDouble.of(scanner.value())
                : OptionalDouble.empty();
    }
}
