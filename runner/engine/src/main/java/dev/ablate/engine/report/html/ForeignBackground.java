package dev.ablate.engine.report.html;

import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.significance.PairedTest;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Sheet.Tone;
import dev.ablate.engine.report.layout.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** What stands behind an answer of runs that no plan made: how it was found, where the runs come from, and how to ask again. */
final class ForeignBackground {

    /** More rows are left to other forms of the result. */
    private static final int MOST_RUNS = 200;

    private final Report report;
    private final Html html;
    private final HtmlSheet sheet;
    private final Question question;

    ForeignBackground(Report report, Html html, HtmlSheet sheet) {
        this.report = report;
        this.html = html;
        this.sheet = sheet;
        this.question = report.findings().question();
    }

    /**
     * Writes all of it.
     *
     * @param section begins a section of a title
     */
    void write(Reproduction reproduction, Consumer<String> section) {
        if (!report.findings().effects().isEmpty()) {
            section.accept("Method");
            facts(method());
        }
        section.accept("Runs");
        runs();
        section.accept("How to reproduce");
        if (!reproduction.environment().isEmpty()) {
            html.element("p", "The runs as they were read:");
            facts(reproduction.environment());
        }
        html.element("p", "As it was asked for:");
        html.open("pre", "tabindex", "0", "role", "region", "aria-label", "the command")
                .text(reproduction.command())
                .close("pre");
    }

    private Map<String, String> method() {
        String noun = question.pairNoun();
        Map<String, String> method = new LinkedHashMap<>();
        method.put(
                "pairs",
                "a run of the variant and a run of " + question.baseline() + " with the same " + noun + "; "
                        + Numbers.count(question.pairs().size(), noun) + " in all");
        method.put("test", question.test().word() + ": " + meaning());
        method.put("interval", "the differences that the test does not reject");
        method.put(
                "several comparisons",
                question.corrected()
                        ? "p adj. is corrected for their number by Holm's method"
                        : "p is not corrected for their number");
        method.put(
                "verdict",
                "identical where every pair is equal but for rounding; equivalent where the whole interval lies within what"
                        + " counts as the same; better or worse where p adj. is below " + PairedTest.ALPHA
                        + "; else undecided, as with fewer than " + PairedTest.FEWEST + " pairs");
        return method;
    }

    private String meaning() {
        return switch (question.test()) {
            case PAIRED_PERMUTATION ->
                "p is how often the mean is at least as far from 0 if the sign of each difference is left to chance";
            case WILCOXON ->
                "the same for the ranks of the absolute differences, so that one huge difference counts no more than the highest rank";
            case SIGN -> "the same for wins and losses alone";
            case PAIRED_T -> "Student's t test of the differences, which takes them for independent and normal";
            case CORRECTED_RESAMPLED_T ->
                "Student's t test with a wider standard error, as training parts overlap"
                        + (question.ratio().isPresent()
                                ? " (n_test / n_train = "
                                        + Numbers.rounded(question.ratio().getAsDouble()) + ")"
                                : "");
        };
    }

    private void runs() {
        String primary = question.primary().name();
        List<Observation> all = report.findings().observations();
        List<Observation> shown = all.subList(0, Math.min(MOST_RUNS, all.size()));
        List<String> leaves = List.copyOf(question.cells().get(0).keySet());
        boolean updates = shown.stream().anyMatch(run -> run.updates().isPresent());
        boolean keys = shown.stream().anyMatch(run -> run.key().isPresent());
        Table table = new Table().groups("variant");
        leaves.forEach(leaf -> table.values(
                leaf,
                shown.stream().map(run -> run.cell().getOrDefault(leaf, "-")).toList()));
        table.values(
                question.pairNoun(),
                shown.stream().map(run -> run.pair().text()).toList());
        table.text("state");
        if (updates) {
            table.number("updates");
        }
        table.number(primary);
        if (keys) {
            table.text("key");
        }
        for (Observation run : shown) {
            List<String> cells = new ArrayList<>(List.of(run.variant()));
            leaves.forEach(leaf -> cells.add(run.cell().getOrDefault(leaf, "-")));
            cells.add(run.pair().text());
            cells.add(run.status().name().toLowerCase(Locale.ROOT)
                    + (run.deterministic() ? ", whatever the " + question.pairNoun() : ""));
            if (updates) {
                cells.add(
                        run.updates().isPresent() ? Numbers.count(run.updates().getAsLong()) : "-");
            }
            cells.add(Numbers.rounded(run.metrics().getOrDefault(primary, Double.NaN)));
            if (keys) {
                cells.add(run.key().map(key -> key.brief()).orElse("-"));
            }
            table.row(cells);
        }
        sheet.table(shown.size() == all.size() ? "Every run" : "The first " + MOST_RUNS + " runs", table);
        if (shown.size() < all.size()) {
            sheet.paragraph(
                    "There are " + Numbers.count(all.size(), "run")
                            + "; the same command with -f csv writes all of them.",
                    Tone.FAINT);
        }
    }

    private void facts(Map<String, String> facts) {
        html.open("dl");
        facts.forEach((name, value) -> html.element("dt", name).element("dd", value));
        html.close("dl");
    }
}
