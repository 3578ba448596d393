package dev.ablate.engine.report.text;

import com.google.common.base.Suppliers;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.BriefSheet;
import dev.ablate.engine.report.layout.Page;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Sheet.Tone;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.layout.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A report for a terminal: the sentence first, then what stands behind it, and the sentence last, where it is read; 80 columns where
 * the names allow.
 */
public final class TextReport {

    /** A report of no more lines is on one screen of 24 lines, with the prompt, and its first line need not be repeated. */
    private static final int SCREEN = 20;

    private final Report report;
    private final Map<String, Table> curves;
    private final Style style;
    private final Detail detail;

    /** The body is asked for twice: its length says whether there is a closing. */
    private final Supplier<String> body = Suppliers.memoize(this::written);

    private TextReport(Report report, Map<String, Table> curves, Style style, Detail detail) {
        this.report = report;
        this.curves = curves;
        this.style = style;
        this.detail = detail;
    }

    /** In brief and without curves, with a line break at the end. */
    public static String render(Report report, Style style) {
        return of(report, Map.of(), style, Detail.BRIEF).whole();
    }

    /**
     * With curves where the terminal can show them.
     *
     * @param curves small curves by title
     * @param detail how much of it
     */
    public static TextReport of(Report report, Map<String, Table> curves, Style style, Detail detail) {
        return new TextReport(report, curves, style, detail);
    }

    /** All of it, with a line break at the end. */
    public String whole() {
        return body() + closing();
    }

    /** Without the closing, with a line break at the end. */
    public String body() {
        return body.get();
    }

    private String written() {
        Page page = new Page(style);
        Sheet sheet = detail == Detail.ALL ? page : new BriefSheet(page);
        answer(page);
        Tables.effects(report, sheet);
        if (detail == Detail.ALL) {
            Tables.sizes(report, sheet);
        }
        Tables.metrics(report, detail, sheet);
        curves.forEach(page::table);
        Tables.models(report, detail, sheet);
        if (detail != Detail.BRIEF) {
            Tables.coding(report, sheet);
        }
        Tables.differences(report, sheet);
        end(page);
        return page.text();
    }

    /** The sentence once more, as the last that is printed, where the first one may have scrolled away; else empty, as where nothing has run. */
    public String closing() {
        boolean answered = !report.findings().observations().isEmpty();
        if (!answered || body().lines().count() <= SCREEN) {
            return "";
        }
        Page page = new Page(style);
        together(report.remarks(), page);
        return "\n" + page.paragraph(report.sentence(), Tone.STRONG).text();
    }

    private void answer(Page page) {
        together(report.remarks(), page);
        page.paragraph(report.sentence(), Tone.STRONG);
        report.comparison()
                .map(comparison -> comparison.plan().description().strip())
                .filter(description -> !description.isEmpty())
                .ifPresent(description -> page.paragraph(description, Tone.PLAIN));
        together(report.insights(), page);
    }

    private void end(Page page) {
        together(report.caveats(), page);
        for (String failure : report.failures()) {
            page.paragraph(failure, Tone.ALARMING);
        }
        page.paragraph(report.tally(), Tone.PLAIN);
        report.next().forEach(next -> page.line(next, Tone.PLAIN));
    }

    /** Sentences, each on its own line, as one paragraph. */
    private static void together(List<String> sentences, Page page) {
        if (!sentences.isEmpty()) {
            page.paragraph(sentences.get(0), Tone.PLAIN);
            sentences.stream().skip(1).forEach(sentence -> page.line(sentence, Tone.PLAIN));
        }
    }
}
