package dev.ablate.runner.report.html;

import java.util.List;
import java.util.Map;

/**
 * One chart.
 *
 * @param title what it shows
 * @param note how it is read
 * @param height in pixels
 * @param panel whether several stand side by side
 * @param legend what can be switched on and off
 * @param option what ECharts draws; see {@link Option}
 */
record Chart(String title, String note, int height, boolean panel, List<Entry> legend, Map<String, Object> option) {

    /** A height that suits most. */
    static final int MEDIUM = 340;

    /**
     * An entry of the legend.
     *
     * @param name what a person reads
     * @param colour as {@code #0072b2}
     * @param series names of the series that it switches
     */
    record Entry(String name, String colour, List<String> series) {}

    static Chart of(String title, String note, int height, List<Entry> legend, Map<String, Object> option) {
        return new Chart(title, note, height, false, legend, option);
    }
}
