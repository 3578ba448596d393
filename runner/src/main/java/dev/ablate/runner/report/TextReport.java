package dev.ablate.runner.report;

import dev.ablate.runner.report.Sheet.Tone;
import java.util.List;

/** A report for a terminal: the sentence first, then what stands behind it; 80 columns where the names allow. */
public final class TextReport {

    private final Report report;
    private final Page page;

    private TextReport(Report report, Style style) {
        this.report = report;
        this.page = new Page(style);
    }

    /** The whole text, with a line break at the end. */
    public static String render(Report report, Style style) {
        TextReport text = new TextReport(report, style);
        text.answer();
        Tables.effects(report, text.page);
        Tables.metrics(report, text.page);
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
