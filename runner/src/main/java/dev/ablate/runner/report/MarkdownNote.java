package dev.ablate.runner.report;

import dev.ablate.runner.compare.Effect;
import java.util.List;

/** What the parent run in MLflow says: the sentence in its first line, as the rest is folded away; then the verdicts. */
public final class MarkdownNote {

    private MarkdownNote() {}

    /** Markdown, with a line break at the end. */
    public static String render(Report report) {
        StringBuilder note = new StringBuilder(plain(report.sentence())).append("\n");
        for (String insight : report.insights()) {
            note.append("\n").append(plain(insight)).append("\n");
        }
        List<Effect> effects = report.comparison().effects();
        if (!effects.isEmpty()) {
            note.append("\n| variant | metric | mean | ")
                    .append(plain(effects.get(0).baseline().name()))
                    .append(" | difference | pairs | verdict |\n|---|---|---:|---:|---:|---:|---|\n");
        }
        for (Effect effect : effects) {
            note.append("| ")
                    .append(String.join(
                            " | ",
                            plain(effect.variant().name()),
                            effect.metric().metric().toString(),
                            Numbers.rounded(effect.variant().mean()),
                            Numbers.rounded(effect.baseline().mean()),
                            Numbers.rounded(effect.difference()),
                            effect.n() + " of " + effect.planned(),
                            effect.verdict().word()))
                    .append(" |\n");
        }
        for (String caveat : report.caveats()) {
            note.append("\n").append(plain(caveat)).append("\n");
        }
        for (String failure : report.failures()) {
            note.append("\n").append(plain(failure)).append("\n");
        }
        return note.toString();
    }

    /** Names and messages are text, whatever Markdown would make of them. */
    private static String plain(String text) {
        return Printable.line(text).replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1");
    }
}
