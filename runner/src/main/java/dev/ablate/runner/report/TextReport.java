package dev.ablate.runner.report;

import dev.ablate.runner.report.Sheet.Tone;
import java.util.List;
import java.util.Map;

/** A report for a terminal: the sentence first, then what stands behind it; 80 columns where the names allow. */
public final class TextReport {

    private final Report report;
    private final Page page;

    private final Map<String, Table> curves;

    private TextReport(Report report, Map<String, Table> curves, Style style) {
        this.report = report;
        this.curves = curves;
        this.page = new Page(style);
    }

    /** The whole text, with a line break at the end. */
    public static String render(Report report, Style style) {
        return render(report, Map.of(), style);
    }

    /**
     * The whole text, with curves where the terminal can show them.
     *
     * @param curves small curves by title
     */
    public static String render(Report report, Map<String, Table> curves, Style style) {
        TextReport text = new TextReport(report, curves, style);
        text.answer();
        Tables.effects(report, text.page);
        Tables.metrics(report, text.page);
        text.curves.forEach(text.page::table);
        Tables.models(report, text.page);
        Tables.differences(report, text.page);
        text.end();
        return text.page.text();
    }

    private void answer() {
        page.paragraph(report.sentence(), Tone.STRONG);
        report.comparison()
                .map(comparison -> comparison.plan().description().strip())
                .filter(description -> !description.isEmpty())
                .ifPresent(description -> page.paragraph(description, Tone.PLAIN));
        together(report.insights());
    }

    private void end() {
        together(report.caveats());
        for (String failure : report.failures()) {
            page.paragraph(failure, Tone.ALARMING);
        }
        page.paragraph(report.tally(), Tone.PLAIN);
        report.next().forEach(next -> page.line(next, Tone.PLAIN));
    }

    /** Sentences, each on its own line, as one paragraph. */
    private void together(List<String> sentences) {
        if (!sentences.isEmpty()) {
            page.paragraph(sentences.get(0), Tone.PLAIN);
            sentences.stream().skip(1).forEach(sentence -> page.line(sentence, Tone.PLAIN));
        }
    }
}
