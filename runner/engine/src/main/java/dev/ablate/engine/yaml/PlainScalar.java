package dev.ablate.engine.yaml;

import dev.ablate.engine.yaml.Node.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What unquoted text is: YAML 1.2's core schema, less what readers of YAML 1.1 take for something else.
 *
 * <p>{@code y} and {@code n} are text: YAML 1.1 lists them as Booleans, but its readers never took them so, and they are common
 * names of columns. Hexadecimal and octal numbers are not taken for numbers either; a message gives the decimal to write.
 */
public final class PlainScalar {

    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");
    private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?");
    private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0o[0-7]+");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern DATE = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}"
                    + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\\.[0-9]*)?([ \\t]*(Z|[-+][0-9]{1,2}(:?[0-9]{2})?))?");
    private static final Set<String> TRUE_IN_YAML_1_1 = Set.of("yes", "on", "true");
    private static final Set<String> FALSE_IN_YAML_1_1 = Set.of("no", "off", "false");

    /**
     * What text that no reader takes would have been.
     *
     * @param remark for a message: {@code YAML 1.1 would read it as false}
     * @param instead what it may have meant, as it would be written; empty if it was surely meant as text
     */
    record Ambiguity(String remark, List<String> instead) {}

    /** Nothing longer is looked at for what YAML 1.1 would make of it. */
    private static final int LONGEST = 100;

    private PlainScalar() {}

    public static Kind kindOf(String text) {
        if (text.isEmpty() || text.equals("null") || text.equals("~")) {
            return Kind.NULL;
        }
        if (text.equals("true") || text.equals("false")) {
            return Kind.BOOLEAN;
        }
        if (INTEGER.matcher(text).matches()) {
            return Kind.INTEGER;
        }
        if (ambiguity(text).isPresent()) {
            return Kind.AMBIGUOUS;
        }
        return FLOAT.matcher(text).matches() ? Kind.FLOAT : Kind.TEXT;
    }

    /** What a number must be that this one, whole or not, is not; empty where a {@code double} holds it. */
    static Optional<String> limitOfNumbers(String number) {
        if (number.matches("(?i)[-+]?\\.(inf|nan)")) {
            return Optional.of("must be a finite number");
        }
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            return Optional.of("must be a number of at most 1.8e308");
        }
        if (value == 0 && number.matches("[^eE]*[1-9].*")) {
            return Optional.of("must be 0, or a number of at least 4.9e-324");
        }
        boolean rounded = kindOf(number) == Kind.INTEGER
                && !new BigDecimal(value).toBigInteger().equals(new BigInteger(number));
        return rounded
                ? Optional.of("must be a number that is not rounded: whole numbers above 2^53 may be")
                : Optional.empty();
    }

    /** What else the text may be; empty if there is but one way to read it. */
    static Optional<Ambiguity> ambiguity(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        boolean oneCase = text.equals(text.toLowerCase(Locale.ROOT))
                || text.equals(text.toUpperCase(Locale.ROOT))
                || text.equals(text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT));
        String word = text.toLowerCase(Locale.ROOT);
        if (oneCase && TRUE_IN_YAML_1_1.contains(word) && !text.equals("true")) {
            return meaning("true");
        }
        if (oneCase && FALSE_IN_YAML_1_1.contains(word) && !text.equals("false")) {
            return meaning("false");
        }
        if (oneCase && word.equals("null") && !text.equals("null")) {
            return meaning("null");
        }
        if ("+-0123456789".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        String ungrouped = text.replace("_", "");
        if (LEADING_ZERO.matcher(text).matches()) {
            String decimal = new BigInteger(text).toString();
            String octal = text.matches("[-+]?[0-7]+") ? new BigInteger(text, 8).toString() : decimal;
            return octal.equals(decimal)
                    ? Optional.of(new Ambiguity("a leading zero means octal in YAML 1.1", List.of(decimal)))
                    : meaning(octal, decimal);
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Optional.of(ofBase(ungrouped, 16, "hexadecimal"));
        }
        if (OCTAL.matcher(text).matches()) {
            return Optional.of(ofBase(ungrouped, 8, "octal"));
        }
        if (BINARY.matcher(text).matches()) {
            return Optional.of(ofBase(ungrouped, 2, "binary"));
        }
        if (text.contains("_") && GROUPED.matcher(text).matches()) {
            return meaning(ungrouped);
        }
        if (text.contains(":") && SEXAGESIMAL.matcher(text).matches()) {
            return Optional.of(new Ambiguity(
                    "YAML 1.1 would read it as " + sexagesimal(ungrouped) + ", counting in sixties", List.of()));
        }
        if (DATE.matcher(text).matches()) {
            return Optional.of(new Ambiguity("YAML 1.1 would read it as a date", List.of()));
        }
        return Optional.empty();
    }

    private static Optional<Ambiguity> meaning(String... values) {
        return Optional.of(new Ambiguity("YAML 1.1 would read it as " + values[0], List.of(values)));
    }

    private static Ambiguity ofBase(String text, int radix, String name) {
        String sign = text.startsWith("-") ? "-" : "";
        String digits = text.substring(text.indexOf(radix == 16 ? 'x' : radix == 8 ? 'o' : 'b') + 1);
        String decimal = digits.isEmpty() ? "0" : new BigInteger(digits, radix).toString();
        return new Ambiguity("numbers are decimal, and this is " + name, List.of(sign + decimal));
    }

    private static String sexagesimal(String text) {
        List<BigDecimal> parts = new ArrayList<>();
        for (String part : text.replaceFirst("^[-+]", "").split(":", -1)) {
            parts.add(new BigDecimal(part.endsWith(".") ? part + "0" : part));
        }
        BigDecimal value = parts.stream()
                .reduce(
                        BigDecimal.ZERO,
                        (sum, part) -> sum.multiply(BigDecimal.valueOf(60)).add(part));
        return (text.startsWith("-") ? value.negate() : value).toPlainString();
    }
}
