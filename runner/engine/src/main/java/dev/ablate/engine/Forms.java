package dev.ablate.engine;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.source.RunsComparison;
import dev.ablate.engine.provenance.SharedProvenance;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.CsvReport;
import dev.ablate.engine.report.data.JsonReport;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.html.HtmlReport;
import dev.ablate.engine.report.html.Reproduction;
import dev.ablate.engine.report.latex.LatexReport;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.report.picture.Pictures;
import dev.ablate.engine.report.picture.SmallCurves;
import dev.ablate.engine.report.text.Detail;
import dev.ablate.engine.report.text.MarkdownNote;
import dev.ablate.engine.report.text.MarkdownReport;
import dev.ablate.engine.report.text.TextReport;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.Answer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report in each of its forms. */
public final class Forms {

    private final RunStore store;

    Forms(RunStore store) {
        this.store = store;
    }

    /**
     * How a report looks for a person.
     *
     * @param style plain or coloured
     * @param detail how much of it
     * @param curves whether small curves are drawn, which needs more characters than ASCII's
     */
    public record Look(Style style, Detail detail, boolean curves) {}

    /** For a person, in two pieces. */
    public TextReport text(Report report, Look look) {
        return TextReport.of(report, look.curves() ? curves(report) : Map.of(), look.style(), look.detail());
    }

    /** For a program. */
    public String json(Report report, Tracking tracking) {
        return JsonReport.render(report, tracking);
    }

    /** For a program, with every recorded step of each run. */
    public String jsonWithSeries(Report report, Tracking tracking) {
        return JsonReport.renderWithSeries(report, tracking, store);
    }

    /** For spreadsheets. */
    public String csv(Report report) {
        return CsvReport.render(report);
    }

    /** For papers. */
    public String latex(Report report) {
        return LatexReport.render(report);
    }

    /** For pull requests. */
    public String markdown(Report report) {
        return MarkdownReport.render(report);
    }

    /**
     * As a page with charts, which are computed here.
     *
     * @param command what asks for the runs again
     * @param origins the resolved spec with its origins
     */
    String page(Report report, String command, String origins) {
        Pictures pictures = report.comparison()
                .map(comparison -> Pictures.of(comparison, store))
                .orElse(Pictures.NONE);
        Map<String, String> environment = report.comparison()
                .map(comparison ->
                        SharedProvenance.of(store, comparison.plan().key()).facts())
                .orElse(Map.of());
        return HtmlReport.render(report, pictures, new Reproduction(command, origins, environment));
    }

    /**
     * As a page with charts, of runs that no plan made.
     *
     * @param command what asks for it again
     * @param facts where the runs come from, by name
     */
    public String page(Report report, String command, Map<String, String> facts) {
        return HtmlReport.render(report, Pictures.NONE, new Reproduction(command, "", facts));
    }

    /**
     * What a tracking server shows of runs that no spec speaks for.
     *
     * @param command what asks for it again
     */
    public Answer answer(RunsComparison asked, String command) {
        Report report = Comparer.report(asked).after(asked.remarks());
        Question question = asked.question();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(Answer.REPORT, bytes(page(report, command, asked.origin().facts())));
        files.put("report.md", bytes(markdown(report)));
        files.put("report.json", bytes(json(report, Tracking.NONE)));
        files.put("runs.csv", bytes(csv(report)));
        return new Answer(
                asked.key(),
                question.primary().name() + ": " + String.join(", ", question.challengers()) + " against "
                        + question.baseline(),
                MarkdownNote.render(report),
                StoredEffects.of(report.findings().effects()),
                files);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Table> curves(Report report) {
        return report.comparison()
                .map(comparison -> SmallCurves.of(Pictures.curves(comparison, store), compared(comparison)))
                .orElse(Map.of());
    }

    private static List<String> compared(Comparison comparison) {
        return comparison.findings().question().measures().stream()
                .map(Measure::name)
                .toList();
    }
}
