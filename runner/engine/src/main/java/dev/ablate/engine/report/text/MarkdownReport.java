package dev.ablate.engine.report.text;

import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Sheet.Tone;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.report.layout.Table.Column;
import dev.ablate.engine.report.layout.Table.Kind;
import java.util.List;

/** A report for a pull request: GitHub's Markdown, the sentence first. */
public final class MarkdownReport implements Sheet {

    private final StringBuilder text = new StringBuilder();

    private MarkdownReport() {}

    /** The whole text, with a line break at the end. */
    public static String render(Report report) {
        MarkdownReport page = new MarkdownReport();
        report.remarks().forEach(remark -> page.paragraph(remark, Tone.PLAIN));
        page.paragraph(report.sentence(), Tone.STRONG);
        report.comparison()
                .map(comparison -> comparison.plan().description().strip())
                .filter(description -> !description.isEmpty())
                .ifPresent(description -> page.paragraph(description, Tone.PLAIN));
        report.insights().forEach(insight -> page.paragraph(insight, Tone.PLAIN));
        Tables.effects(report, page);
        Tables.metrics(report, page);
        Tables.models(report, page);
        Tables.differences(report, page);
        report.caveats().forEach(caveat -> page.paragraph(caveat, Tone.PLAIN));
        report.failures().forEach(failure -> page.paragraph(failure, Tone.ALARMING));
        if (!report.tally().isEmpty()) {
            page.paragraph(report.tally(), Tone.FAINT);
        }
        return page.text.toString();
    }

    @Override
    public Sheet paragraph(String words, Tone tone) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        String safe = MarkdownNote.plain(words);
        text.append(
                        switch (tone) {
                            case PLAIN -> safe;
                            case STRONG, ALARMING -> "**" + safe + "**";
                            case FAINT -> "<sub>" + safe + "</sub>";
                        })
                .append('\n');
        return this;
    }

    @Override
    public Sheet line(String words, Tone tone) {
        return paragraph(words, tone);
    }

    @Override
    public Sheet table(String title, Table table) {
        if (!title.isEmpty()) {
            paragraph(title, Tone.STRONG);
        }
        Table bare = table.withoutBars();
        List<Column> columns = bare.columns();
        text.append('\n');
        row(columns.stream().map(Column::header).toList());
        text.append('|');
        columns.forEach(column -> text.append(column.kind() == Kind.NUMBER ? "---:|" : "---|"));
        text.append('\n');
        bare.rows().forEach(this::row);
        return this;
    }

    private void row(List<String> cells) {
        text.append('|');
        cells.forEach(cell -> text.append(' ').append(MarkdownNote.plain(cell)).append(" |"));
        text.append('\n');
    }
}
