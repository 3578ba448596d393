package dev.ablate.engine.catalog;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.yaml.Node;
import dev.ablate.worker.catalog.PluginException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Values as YAML, each in one way only, on every machine and every Java: what run keys are made of, and what is logged. */
public final class CanonicalText {

    /** A double has at most this many significant decimal digits before more of them say nothing. */
    private static final int MOST_DIGITS = 17;

    /** The bits of a double that are 0 in a power of two, and in 0. */
    private static final long MANTISSA = (1L << 52) - 1;

    /** The nodes below are made, not read. */
    static final Position NOWHERE = Position.ofOption("");

    private CanonicalText() {}

    /**
     * The shortest decimal that reads back as the same double, written as {@link Double#toString(double)} does: {@code 0.05},
     * {@code 1.0E-6}.
     *
     * @param value finite
     */
    public static String number(double value) {
        BigDecimal shortest = shortest(value);
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal size = shortest.abs().stripTrailingZeros();
        int exponent = size.precision() - size.scale() - 1;
        if (exponent >= -3 && exponent < 7) {
            return sign + (size.scale() < 1 ? size.setScale(1) : size).toPlainString();
        }
        String digits = size.unscaledValue().toString();
        String fraction = digits.length() == 1 ? "0" : digits.substring(1);
        return sign + digits.charAt(0) + "." + fraction + "E" + exponent;
    }

    /** Double.toString itself is not always shortest before Java 19, and a key must not depend on the Java in use. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        // fewer digits than are enough are too few, but beside a power of two, where the next double is nearer on one
        // side
        boolean power = (Double.doubleToRawLongBits(value) & MANTISSA) == 0;
        int digits = power ? 1 : enough(value);
        BigDecimal found = exact.round(new MathContext(digits));
        if (power) {
            while (digits < MOST_DIGITS && found.doubleValue() != value) {
                digits++;
                found = exact.round(new MathContext(digits));
            }
            return found;
        }
        while (digits > 1) {
            BigDecimal shorter = exact.round(new MathContext(digits - 1));
            if (shorter.doubleValue() != value) {
                return found;
            }
            found = shorter;
            digits--;
        }
        return found;
    }

    /** So many digits as Java writes, which are enough. */
    private static int enough(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().precision();
    }

    /** Text, in quotes where it would be read as something else. */
    public static String text(String text) {
        return scalar(Node.Kind.TEXT, text).toString();
    }

    /** A list of texts: {@code [x1, x2]}. */
    public static String texts(List<String> texts) {
        return new Node.Sequence(
                        NOWHERE,
                        texts.stream()
                                .map(text -> (Node) scalar(Node.Kind.TEXT, text))
                                .toList())
                .toString();
    }

    /**
     * Plain data of an option, see {@link dev.ablate.core.option.OptionType#write}; keys of maps are sorted.
     *
     * @param paths gives the text of a path
     * @throws PluginException if it is not plain data
     */
    static Node node(Object data, Function<Path, String> paths) {
        if (data instanceof Double number && Double.isFinite(number)) {
            return scalar(Node.Kind.FLOAT, number(number));
        } else if (data instanceof Integer || data instanceof Long) {
            return scalar(Node.Kind.INTEGER, data.toString());
        } else if (data instanceof Boolean) {
            return scalar(Node.Kind.BOOLEAN, data.toString());
        } else if (data instanceof String text) {
            return scalar(Node.Kind.TEXT, text);
        } else if (data instanceof Path path) {
            return scalar(Node.Kind.TEXT, paths.apply(path));
        } else if (data instanceof List<?> list) {
            return new Node.Sequence(
                    NOWHERE, list.stream().map(item -> node(item, paths)).toList());
        } else if (data instanceof Map<?, ?> map) {
            Map<String, Node.Entry> entries = new TreeMap<>();
            map.forEach((key, value) -> entries.put(key.toString(), new Node.Entry(NOWHERE, node(value, paths))));
            return new Node.Mapping(NOWHERE, entries);
        }
        throw new PluginException(
                "an option's value is written as a " + data.getClass().getName() + ", which is not plain data");
    }

    static Node.Scalar scalar(Node.Kind kind, String text) {
        return new Node.Scalar(NOWHERE, kind, text, text);
    }

    /** {@code 755000}, {@code -0.25}, {@code 1.0E20}: all digits, none that say nothing. */
    public static String exact(double value) {
        return number(value).replaceFirst("\\.0$", "");
    }
}
