package dev.ablate.engine.report.text;

import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.across.AcrossEffect;
import dev.ablate.engine.compare.across.Overall;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Printable;
import java.util.ArrayList;
import java.util.List;

/** What a comparison says where it is delivered: the sentence in its first line, as the rest is folded away; then the verdicts. */
public final class MarkdownNote {

    /** Before what stands in the second column and in those behind it: some pages leave no room between columns. */
    private static final String GAP = "&nbsp;&nbsp;&nbsp;";

    private MarkdownNote() {}

    /** Markdown, with a line break at the end. */
    public static String render(Report report) {
        StringBuilder note = new StringBuilder(plain(report.sentence())).append("\n");
        for (String insight : report.insights()) {
            note.append("\n").append(plain(insight)).append("\n");
        }
        Overall.of(report.findings()).ifPresent(overall -> across(note, overall, report.findings()));
        List<Effect> effects = report.findings().effects();
        if (!effects.isEmpty()) {
            table(note, report.findings(), effects);
        }
        for (String caveat : report.caveats()) {
            note.append("\n").append(plain(caveat)).append("\n");
        }
        for (String failure : report.failures()) {
            note.append("\n").append(plain(failure)).append("\n");
        }
        return note.toString();
    }

    private static void across(StringBuilder note, Overall overall, Findings findings) {
        boolean cells =
                overall.effects().stream().anyMatch(effect -> !effect.cell().isEmpty());
        List<String> headers = new ArrayList<>(List.of(
                "variant", "metric", "better than " + plain(findings.question().baseline()), "worse", "p", "adjusted"));
        headers.add("across data sets");
        List<String> lines = new ArrayList<>(List.of("---", "---", "---:", "---:", "---:", "---:", "---"));
        if (cells) {
            headers.add(1, "cell");
            lines.add(1, "---");
        }
        note.append("\n| ").append(String.join(" | " + GAP, headers)).append(" |\n|");
        note.append(String.join("|", lines)).append("|\n");
        for (AcrossEffect effect : overall.effects()) {
            List<String> row = new ArrayList<>(List.of(
                    plain(effect.variant()),
                    plain(effect.metric().name()),
                    effect.tally().wins() + " of " + effect.n(),
                    effect.tally().losses() + " of " + effect.n(),
                    effect.evidence()
                            .map(found -> Numbers.rounded(found.p(), Numbers.SENTENCE))
                            .orElse("-"),
                    effect.evidence()
                            .map(found -> Numbers.rounded(found.adjusted(), Numbers.SENTENCE))
                            .orElse("-"),
                    effect.verdict().word()));
            if (cells) {
                row.add(1, plain(PlannedRun.cellLabel(effect.cell())));
            }
            note.append("| ").append(String.join(" | " + GAP, row)).append(" |\n");
        }
        note.append("\nEach data set by itself:\n");
    }

    private static void table(StringBuilder note, Findings findings, List<Effect> effects) {
        boolean cells = findings.question().hasCells();
        boolean tested = effects.stream().anyMatch(effect -> effect.evidence().isPresent());
        boolean single = effects.stream().allMatch(effect -> effect.n() <= 1);
        String baseline = plain(findings.question().baseline());
        List<String> headers = new ArrayList<>(List.of("variant", "metric"));
        headers.addAll(single ? List.of("its value", baseline) : List.of("its mean", "mean of " + baseline));
        headers.addAll(List.of("difference", "pairs", "verdict"));
        List<String> lines = new ArrayList<>(List.of("---", "---", "---:", "---:", "---:", "---:", "---"));
        if (cells) {
            headers.add(1, "cell");
            lines.add(1, "---");
        }
        if (tested) {
            headers.addAll(headers.size() - 1, List.of("interval", "p", "adjusted"));
            lines.addAll(lines.size() - 1, List.of("---", "---:", "---:"));
        }
        note.append("\n| ").append(String.join(" | " + GAP, headers)).append(" |\n|");
        note.append(String.join("|", lines)).append("|\n");
        for (Effect effect : effects) {
            List<String> row = new ArrayList<>(List.of(
                    plain(effect.variant().name()),
                    plain(effect.metric().name()),
                    Numbers.rounded(effect.variant().mean()),
                    Numbers.rounded(effect.baseline().mean()),
                    Numbers.rounded(effect.difference()),
                    effect.n() + " of " + effect.planned(),
                    effect.verdict().word()));
            if (cells) {
                row.add(1, plain(PlannedRun.cellLabel(effect.cell())));
            }
            if (tested) {
                row.addAll(row.size() - 1, evidence(effect));
            }
            note.append("| ").append(String.join(" | " + GAP, row)).append(" |\n");
        }
        note.append("\n")
                .append(
                        single
                                ? "Values are of one run of each side."
                                : "Means are over the pairs of a row: a run of each side with the same "
                                        + (findings.question().haveOwnPairs()
                                                ? findings.question().pairNoun()
                                                : "seed") + ", and both have finished.")
                .append("\n");
    }

    private static List<String> evidence(Effect effect) {
        return effect.evidence()
                .map(found -> List.of(
                        Numbers.rounded(found.low(), Numbers.SENTENCE) + " to "
                                + Numbers.rounded(found.high(), Numbers.SENTENCE) + " ("
                                + Numbers.percent(found.level()) + ")",
                        Numbers.rounded(found.p(), Numbers.SENTENCE),
                        Numbers.rounded(found.adjusted(), Numbers.SENTENCE)))
                .orElse(List.of("-", "-", "-"));
    }

    /** Names and messages are text, whatever Markdown would make of them. */
    public static String plain(String text) {
        return Printable.line(text).replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1");
    }
}
