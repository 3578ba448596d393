package dev.ablate.engine.report.html.chart;

import java.util.List;

/**
 * What stands for something in a chart, and therefore in its legend.
 *
 * @param symbol one of {@link #SYMBOLS}, or {@code line}
 * @param colour as {@code #0072b2} or {@code #0072b2a0}, or {@code ink}, the colour of text
 * @param dashes lengths of strokes and gaps of a line in turn; empty: it has no gaps
 */
public record Sign(String symbol, String colour, List<Integer> dashes) {

    /** What ECharts calls them: filled ones, then hollow ones. */
    public static final List<String> SYMBOLS = List.of(
            "circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond");

    /** Copies the list. */
    public Sign {
        dashes = List.copyOf(dashes);
    }

    /** An area, such as a bar. */
    public static Sign area(String colour) {
        return new Sign("rect", colour, List.of());
    }

    static Sign line(String colour, List<Integer> dashes) {
        return new Sign("line", colour, dashes);
    }

    static Sign dot(String symbol, String colour) {
        return new Sign(symbol, colour, List.of());
    }

    /** Of a line, as ECharts writes it. */
    Object lineType() {
        return dashes.isEmpty() ? "solid" : dashes;
    }
}
