package dev.ablate.runner.report;

import dev.ablate.runner.compare.Question;
import dev.ablate.runner.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** A report for a terminal: the sentence first, then what stands behind it; 80 columns where the names allow. */
public final class TextReport {

    private static final String NONE = "-";

    private final Report report;
    private final Style style;
    private final Page page;

    private TextReport(Report report, Style style) {
        this.report = report;
        this.style = style;
        this.page = new Page(style);
    }

    /** The whole text, with a line break at the end. */
    public static String render(Report report, Style style) {
        TextReport text = new TextReport(report, style);
        text.answer();
        EffectTables.write(report.findings(), text.page, style);
        MetricTables.write(report, text.page);
        report.comparison().ifPresent(comparison -> ModelTables.write(comparison, text.page, style));
        text.differences();
        text.end();
        return text.page.text();
    }

    private void answer() {
        page.paragraph(report.sentence(), style::strong);
        report.comparison()
                .map(comparison -> comparison.plan().description().strip())
                .filter(description -> !description.isEmpty())
                .ifPresent(page::paragraph);
        together(report.insights());
    }

    private void differences() {
        if (report.differences().isEmpty()) {
            return;
        }
        Question question = report.findings().question();
        Table table = new Table().text("");
        question.variants().forEach(table::text);
        for (Plan.Difference difference : report.differences()) {
            table.row(Stream.concat(
                            Stream.of(difference.path()),
                            question.variants().stream()
                                    .map(variant -> difference.values().getOrDefault(variant, NONE)))
                    .toList());
        }
        page.table("Only this differs", table);
    }

    private void end() {
        together(report.caveats());
        for (String failure : report.failures()) {
            page.paragraph(failure, style::alarming);
        }
        page.paragraph(report.tally());
        report.next().forEach(next -> page.line(next, "", text -> text));
    }

    /** Sentences, each on its own line, as one paragraph. */
    private void together(List<String> sentences) {
        if (!sentences.isEmpty()) {
            page.paragraph(sentences.get(0));
            sentences.stream().skip(1).forEach(sentence -> page.line(sentence, "", text -> text));
        }
    }
}
