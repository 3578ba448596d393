package dev.ablate.engine.report.latex;

import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Printable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Names and numbers as LaTeX prints them. */
final class LatexText {

    /** Digits of a standard deviation; the mean has as many places behind the point. */
    private static final MathContext SPREAD = new MathContext(2, RoundingMode.HALF_EVEN);

    /** Beyond these a number has an exponent. */
    private static final double LEAST = 1e-5;

    private static final double MOST = 1e7;

    private LatexText() {}

    /** Text, whatever is in it: none of LaTeX's own signs is left. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        Printable.line(text).codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> safe.append("\\textbackslash{}");
                case '^' -> safe.append("\\textasciicircum{}");
                case '~' -> safe.append("\\textasciitilde{}");
                case '<' -> safe.append("\\textless{}");
                case '>' -> safe.append("\\textgreater{}");
                case '|' -> safe.append("\\textbar{}");
                case '"' -> safe.append("\\textquotedbl{}");
                // two of them would be a dash, and with another sign a ligature
                case '-' -> safe.append("-{}");
                case '`' -> safe.append("\\textasciigrave{}");
                case '{', '}', '$', '&', '#', '_', '%' -> safe.append('\\').appendCodePoint(c);
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /** A number as mathematics, {@code $1.2 \times 10^{-7}$}; {@code --} for NaN. */
    static String number(double value, int digits) {
        return Double.isNaN(value) ? "--" : "$" + bare(Numbers.rounded(value, digits)) + "$";
    }

    private static String bare(String rounded) {
        int exponent = rounded.indexOf('e');
        if (rounded.endsWith("Infinity")) {
            return rounded.replace("Infinity", "\\infty");
        }
        return exponent < 0
                ? rounded
                : rounded.substring(0, exponent) + " \\times 10^{" + rounded.substring(exponent + 1) + "}";
    }

    /**
     * {@code $0.912 \pm 0.021$}: the spread to two digits, the mean to as many places; the mean alone where there is no spread.
     *
     * @param bold whether it stands out
     */
    static String spread(double mean, double sd, boolean bold) {
        if (Double.isNaN(mean)) {
            return "--";
        }
        String text;
        if (!(sd > 0) || sd < LEAST || sd >= MOST || Math.abs(mean) >= MOST) {
            text = bare(Numbers.rounded(mean)) + (Double.isNaN(sd) ? "" : " \\pm " + bare(Numbers.rounded(sd, 2)));
        } else {
            BigDecimal rounded = new BigDecimal(sd).round(SPREAD);
            int places = Math.max(0, rounded.scale());
            text = new BigDecimal(mean).setScale(places, RoundingMode.HALF_EVEN).toPlainString()
                    + " \\pm "
                    + rounded.setScale(places, RoundingMode.HALF_EVEN).toPlainString();
        }
        return bold ? "$\\mathbf{" + text + "}$" : "$" + text + "$";
    }
}
