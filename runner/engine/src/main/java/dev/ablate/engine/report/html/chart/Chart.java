package dev.ablate.engine.report.html.chart;

import java.util.List;
import java.util.Map;

/**
 * One chart.
 *
 * @param family what it shares with the charts beside it, which are read in the same way; empty where it stands alone
 * @param title what it shows; in a family, what sets it apart
 * @param note how it is read
 * @param height in pixels
 * @param legend what can be switched on and off
 * @param option what ECharts draws, in maps and lists that gson writes
 */
public record Chart(
        String family, String title, String note, int height, List<Entry> legend, Map<String, Object> option) {

    /** A height that suits most. */
    static final int MEDIUM = 340;

    /**
     * An entry of the legend.
     *
     * @param name what a person reads
     * @param sign what the chart draws for it
     * @param series names of the series that it switches; none of them is a variant's by chance
     */
    public record Entry(String name, Sign sign, List<String> series) {}

    /** One of several that stand side by side. */
    static Chart panel(String family, String title, String note, int height, Map<String, Object> option) {
        return new Chart(family, title, note, height, List.of(), option);
    }

    /** What it is, where nothing stands beside it. */
    public String name() {
        return family.isEmpty() ? title : family + ": " + title;
    }

    /** Whether nothing stands beside it. */
    public boolean standsAlone() {
        return family.isEmpty();
    }

    static Chart of(String title, String note, int height, List<Entry> legend, Map<String, Object> option) {
        return new Chart("", title, note, height, legend, option);
    }
}
