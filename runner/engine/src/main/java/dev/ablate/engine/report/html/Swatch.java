package dev.ablate.engine.report.html;

import dev.ablate.engine.report.html.chart.Sign;
import java.util.Locale;
import java.util.stream.Collectors;

/** What stands before a name: the sign that a chart draws for it. It is a drawing, as a background may not be printed. */
final class Swatch {

    private Swatch() {}

    /** The colour of a variant, as {@code #0072b2}. */
    static void write(String colour, Html html) {
        write(Sign.area(colour), html);
    }

    static void write(Sign sign, Html html) {
        boolean line = sign.symbol().equals("line");
        boolean hollow = sign.symbol().startsWith("empty");
        html.open(
                "svg",
                "class",
                "swatch" + (line ? " line" : hollow ? " hollow" : ""),
                "viewBox",
                line ? "0 0 24 10" : "0 0 10 10",
                "aria-hidden",
                "true");
        html.open(
                        "path",
                        line || hollow ? "stroke" : "fill",
                        colour(sign),
                        "stroke-dasharray",
                        dashes(sign),
                        "d",
                        path(sign))
                .close("path")
                .close("svg");
    }

    private static String colour(Sign sign) {
        return sign.colour().equals("ink") ? "currentColor" : sign.colour();
    }

    private static String dashes(Sign sign) {
        return sign.dashes().isEmpty()
                ? "none"
                : sign.dashes().stream().map(length -> Integer.toString(length)).collect(Collectors.joining(" "));
    }

    private static String path(Sign sign) {
        return switch (sign.symbol().replace("empty", "").toLowerCase(Locale.ROOT)) {
            case "line" -> "M0 5H24";
            case "circle" -> "M0 5a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z";
            case "triangle" -> "M5 0L10 10H0Z";
            case "diamond" -> "M5 0L10 5L5 10L0 5Z";
            default -> "M0 0H10V10H0Z";
        };
    }
}
