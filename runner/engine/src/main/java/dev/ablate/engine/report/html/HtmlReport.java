package dev.ablate.engine.report.html;

import com.google.common.collect.ImmutableMap;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.Palette;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.html.chart.Chart;
import dev.ablate.engine.report.html.chart.Charts;
import dev.ablate.engine.report.layout.Sheet.Tone;
import dev.ablate.engine.report.picture.Pictures;
import dev.ablate.engine.report.text.Tables;
import dev.ablate.worker.task.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * A report as one self-contained page: it loads nothing, stores nothing, and is as good from a disk as in another page's frame.
 *
 * <p>The same arguments give the same text.
 */
public final class HtmlReport {

    /** Safe inside of a script: gson writes {@code <}, {@code >}, {@code &}, {@code '} and {@code =} as escapes. */
    private static final Gson GSON = new GsonBuilder().serializeNulls().create();

    private final Report report;
    private final Pictures pictures;
    private final Reproduction reproduction;
    private final Html html;
    private final HtmlSheet sheet;

    private HtmlReport(Report report, Pictures pictures, Reproduction reproduction) {
        this.report = report;
        this.pictures = pictures;
        this.reproduction = reproduction;
        this.html = Frame.open(report.findings().question().name() + " - Ablate");
        this.sheet = new HtmlSheet(html, report.findings().question());
    }

    /** The whole page. */
    public static String render(Report report, Pictures pictures, Reproduction reproduction) {
        return new HtmlReport(report, pictures, reproduction).page();
    }

    private String page() {
        head();
        section("Answer");
        answer();
        boolean planned = report.comparison().isPresent();
        List<Chart> charts = Charts.of(report, pictures);
        if (planned || !charts.isEmpty()) {
            section("Charts");
            charts(charts);
        }
        section("Figures");
        Tables.metrics(report, sheet);
        Tables.sizes(report, sheet);
        Tables.models(report, sheet);
        Tables.coding(report, sheet);
        if (planned) {
            new Background(report, html, sheet).write(reproduction, this::section);
        } else {
            new ForeignBackground(report, html, sheet).write(reproduction, this::section);
        }
        footer();
        return charts.isEmpty()
                ? Frame.close(html.close("section"))
                : Frame.close(
                        html.close("section"),
                        Resource.text("echarts.min.js"),
                        data(charts),
                        Resource.text("report.js"));
    }

    private void head() {
        Question question = report.findings().question();
        html.open("header").element("h1", question.name());
        report.remarks().forEach(remark -> sheet.paragraph(remark, Tone.PLAIN));
        sheet.paragraph(report.sentence(), Tone.STRONG);
        report.comparison()
                .map(comparison -> comparison.plan().description().strip())
                .filter(description -> !description.isEmpty())
                .ifPresent(description -> html.element("p", description, "class", "description"));
        html.open("ul", "class", "variants", "aria-label", "variants");
        for (String variant : question.variants()) {
            html.open("li");
            Swatch.write(Palette.colour(question.variants().indexOf(variant)), html);
            html.text(
                            variant.equals(question.baseline())
                                            && question.variants().size() > 1
                                    ? variant + " (the baseline)"
                                    : variant)
                    .close("li");
        }
        html.close("ul").close("header").open("section");
    }

    /** Ends the section before, and begins one. */
    private void section(String title) {
        if (!title.equals("Answer")) {
            html.close("section").open("section");
        }
        html.element("h2", title);
    }

    private void answer() {
        report.insights().forEach(insight -> sheet.paragraph(insight, Tone.PLAIN));
        Tables.effects(report, sheet);
        Tables.differences(report, sheet);
        report.caveats().forEach(caveat -> html.element("p", caveat, "class", "caveat"));
        report.failures().forEach(failure -> sheet.paragraph(failure, Tone.ALARMING));
        if (!report.tally().isEmpty()) {
            sheet.paragraph(report.tally(), Tone.FAINT);
        }
    }

    private void charts(List<Chart> charts) {
        if (charts.isEmpty()) {
            sheet.paragraph("There is nothing to draw: no run has finished.", Tone.PLAIN);
            return;
        }
        html.own("<noscript><p>Charts need scripts; the tables below hold their figures.</p></noscript>\n");
        String family = "";
        for (int i = 0; i < charts.size(); i++) {
            Chart chart = charts.get(i);
            if (!chart.family().equals(family)) {
                html.own(family.isEmpty() ? "" : "</div>\n");
                family = chart.family();
                if (!chart.standsAlone()) {
                    html.element("h3", family).element("p", chart.note(), "class", "note");
                    html.open("div", "class", "panels");
                }
            }
            chart(chart, Integer.toString(i));
        }
        html.own(family.isEmpty() ? "" : "</div>\n");
    }

    private void chart(Chart chart, String number) {
        html.open("figure", "class", chart.standsAlone() ? "chart" : "chart panel", "data-chart", number);
        html.open("figcaption").element(chart.standsAlone() ? "h3" : "h4", chart.title());
        if (chart.standsAlone()) {
            html.element("p", chart.note(), "class", "note");
        }
        html.close("figcaption");
        html.open("div", "class", "legend");
        for (int entry = 0; entry < chart.legend().size(); entry++) {
            html.open("button", "type", "button", "aria-pressed", "true", "data-entry", Integer.toString(entry));
            Swatch.write(chart.legend().get(entry).sign(), html);
            html.text(chart.legend().get(entry).name()).close("button");
        }
        html.element(
                "button", "save", "type", "button", "class", "save", "aria-label", "save picture: " + chart.name());
        html.close("div");
        html.open(
                        "div",
                        "class",
                        "canvas",
                        "role",
                        "img",
                        "aria-label",
                        chart.name() + ". " + chart.note() + " The tables hold the figures.",
                        "style",
                        "height:" + chart.height() + "px")
                .close("div");
        html.close("figure");
    }

    private void footer() {
        html.element(
                "p",
                "Made by Ablate " + Version.text() + ". This page loads nothing and sends nothing.",
                "class",
                "faint");
    }

    /** The charts as a script's value; names in it are text, whatever they hold. */
    private static String data(List<Chart> charts) {
        List<Object> all = new ArrayList<>();
        for (Chart chart : charts) {
            List<Object> legend = new ArrayList<>();
            chart.legend().forEach(entry -> legend.add(entry.series()));
            all.add(ImmutableMap.of("title", chart.name(), "legend", legend, "option", chart.option()));
        }
        return "const CHARTS = " + GSON.toJson(all) + ";";
    }
}
