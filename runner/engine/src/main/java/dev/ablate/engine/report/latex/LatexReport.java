package dev.ablate.engine.report.latex;

import static dev.ablate.engine.report.latex.LatexText.escaped;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Effect.Side;
import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.compare.across.AcrossEffect;
import dev.ablate.engine.compare.across.Overall;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.across.AcrossWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report for a paper: a table in LaTeX for each compared metric, by data set or other cell where there are such; it needs the package
 * booktabs. The caption has the answer, what is bold, and how it was tested.
 */
public final class LatexReport {

    private final Report report;
    private final Findings findings;
    private final Question question;
    private final Optional<Overall> overall;
    private final StringBuilder text = new StringBuilder("% needs \\usepackage{booktabs}\n");

    private LatexReport(Report report) {
        this.report = report;
        this.findings = report.findings();
        this.question = findings.question();
        this.overall = Overall.of(findings);
    }

    /** The tables, with a line break at the end. */
    public static String render(Report report) {
        LatexReport page = new LatexReport(report);
        if (page.question.hasCells()) {
            page.question.measures().forEach(page::byCell);
        } else {
            page.byMetric();
        }
        return page.text.toString();
    }

    private void byMetric() {
        Map<String, String> cell = question.cells().get(0);
        List<String> tested = question.challengers().stream()
                .filter(variant -> findings.effects().stream()
                        .anyMatch(effect -> effect.variant().name().equals(variant)
                                && effect.evidence().isPresent()))
                .toList();
        begin(
                caption("", question.measures()),
                "l" + "r".repeat(question.variants().size() + tested.size()));
        List<String> header = new ArrayList<>(List.of("metric"));
        question.variants().forEach(variant -> header.add(escaped(variant)));
        tested.forEach(variant -> header.add(tested.size() == 1 ? "$p$" : "$p$, " + escaped(variant)));
        row(header);
        rule("mid");
        for (Measure measure : question.measures()) {
            List<String> row = new ArrayList<>(List.of(escaped(measure.name()) + arrow(measure)));
            row.addAll(values(measure, cell));
            for (String variant : tested) {
                row.add(effect(measure, cell, variant)
                        .flatMap(Effect::evidence)
                        .map(LatexReport::p)
                        .orElse("--"));
            }
            row(row);
        }
        end();
    }

    private void byCell(Measure measure) {
        List<String> leaves = List.copyOf(question.cells().get(0).keySet());
        begin(
                caption(escaped(measure.name()) + arrow(measure) + ". ", List.of(measure)),
                "l".repeat(leaves.size()) + "r".repeat(question.variants().size()));
        row(Stream.concat(PlannedRun.leafNames(leaves).stream(), question.variants().stream())
                .map(LatexText::escaped)
                .toList());
        rule("mid");
        for (Map<String, String> cell : question.cells()) {
            List<String> row = new ArrayList<>();
            leaves.forEach(leaf -> row.add(escaped(cell.getOrDefault(leaf, ""))));
            row.addAll(values(measure, cell));
            row(row);
        }
        overall.ifPresent(all -> acrossRows(measure, all, leaves.size()));
        end();
    }

    /** What came out over all data sets, below each variant; one block for each cell of what else is swept. */
    private void acrossRows(Measure measure, Overall all, int columns) {
        Map<Map<String, String>, List<AcrossEffect>> byCell = all.effects(measure).stream()
                .collect(
                        Collectors.groupingBy(AcrossEffect::cell, LinkedHashMap::new, Collectors.toUnmodifiableList()));
        byCell.forEach((cell, effects) -> {
            String with = cell.isEmpty() ? "" : ", " + escaped(PlannedRun.cellLabel(cell));
            rule("mid");
            acrossRow("better--same--worse" + with, columns, effects, LatexReport::tally);
            acrossRow(
                    "$p$ across" + with,
                    columns,
                    effects,
                    effect -> effect.evidence().map(LatexReport::p).orElse("--"));
            acrossRow(
                    "verdict across" + with,
                    columns,
                    effects,
                    effect -> effect.verdict().word());
        });
    }

    private static String tally(AcrossEffect effect) {
        Tally tally = effect.tally();
        return tally.wins() + "--" + tally.ties() + "--" + tally.losses();
    }

    private void acrossRow(String title, int columns, List<AcrossEffect> effects, Function<AcrossEffect, String> what) {
        List<String> row = new ArrayList<>(List.of(title));
        for (int i = 1; i < columns; i++) {
            row.add("");
        }
        for (String variant : question.variants()) {
            row.add(effects.stream()
                    .filter(effect -> effect.variant().equals(variant))
                    .findFirst()
                    .map(what)
                    .orElse(""));
        }
        row(row);
    }

    /** Mean and standard deviation of each variant; with one variant beside the baseline over the pairs, as in other tables. */
    private List<String> values(Measure measure, Map<String, String> cell) {
        List<Effect> effects = effects(measure, cell);
        boolean allWorse = !effects.isEmpty() && effects.stream().allMatch(effect -> effect.verdict() == Verdict.WORSE);
        List<String> cells = new ArrayList<>();
        for (String variant : question.variants()) {
            boolean isBaseline = variant.equals(question.baseline());
            boolean bold = isBaseline
                    ? allWorse
                    : effect(measure, cell, variant)
                            .filter(effect -> effect.verdict() == Verdict.BETTER)
                            .isPresent();
            Optional<Side> paired = effects.size() == 1 && effects.get(0).n() > 0
                    ? Optional.of(
                            isBaseline
                                    ? effects.get(0).baseline()
                                    : effects.get(0).variant())
                    : Optional.empty();
            double[] all = findings.finished(variant, cell).stream()
                    .mapToDouble(run -> run.metrics().getOrDefault(measure.name(), Double.NaN))
                    .filter(Double::isFinite)
                    .toArray();
            double mean = paired.map(Side::mean).orElseGet(() -> Comparison.mean(all));
            double sd = paired.map(Side::sd).orElseGet(() -> Comparison.sd(all));
            cells.add(LatexText.spread(
                    question.settled(measure.name(), cell, 0, mean),
                    question.settled(measure.name(), cell, 0, sd),
                    bold));
        }
        return cells;
    }

    private List<Effect> effects(Measure measure, Map<String, String> cell) {
        return findings.effects(measure).stream()
                .filter(effect -> effect.cell().equals(cell))
                .toList();
    }

    private Optional<Effect> effect(Measure measure, Map<String, String> cell, String variant) {
        return effects(measure, cell).stream()
                .filter(effect -> effect.variant().name().equals(variant))
                .findFirst();
    }

    private static String arrow(Measure measure) {
        return measure.goal() == Goal.MINIMIZE ? " ($\\downarrow$)" : " ($\\uparrow$)";
    }

    private static String p(Evidence evidence) {
        return LatexText.number(evidence.adjusted(), 2);
    }

    /** The answer, where the table has the primary metric; what stands there; what is bold, and how it was tested. */
    private String caption(String first, List<Measure> measures) {
        StringBuilder caption = new StringBuilder(first);
        if (measures.contains(question.primary())) {
            caption.append(escaped(report.sentence())).append(' ');
        }
        boolean several = findings.observations().stream()
                        .map(run -> run.pair())
                        .distinct()
                        .count()
                > 1;
        caption.append(
                several
                        ? "Mean $\\pm$ standard deviation over " + question.pairNoun() + "s."
                        : "One run of each side.");
        List<Effect> effects = measures.stream()
                .flatMap(measure -> findings.effects(measure).stream())
                .toList();
        if (!effects.isEmpty()) {
            String baseline = escaped(question.baseline());
            caption.append(" Bold: decidedly better than ")
                    .append(baseline)
                    .append(", or ")
                    .append(baseline)
                    .append(" where all others are decidedly worse")
                    .append(tested(effects))
                    .append('.');
            if (effects.stream().noneMatch(LatexReport::isDecided)) {
                caption.append(" No value is bold, as nothing is decided.");
            }
        }
        overall.ifPresent(all -> caption.append(across(all)));
        return caption.toString();
    }

    private static boolean isDecided(Effect effect) {
        return effect.verdict() == Verdict.BETTER || effect.verdict() == Verdict.WORSE;
    }

    /** How it is decided. */
    private String tested(List<Effect> effects) {
        if (effects.stream().anyMatch(effect -> effect.evidence().isPresent())) {
            return " (" + escaped(question.test().word()) + ", $p < 0.05$" + adjusted() + ")";
        }
        return effects.stream().allMatch(Effect::deterministic)
                ? " (all runs are deterministic, so that no test applies)"
                : " (there are too few pairs for a test)";
    }

    private String adjusted() {
        return question.corrected() ? " adjusted by Holm's method" : ", not adjusted";
    }

    private String across(Overall all) {
        return all.effects().stream()
                .filter(effect -> effect.evidence().isPresent())
                .findFirst()
                .map(effect -> " Across data sets: "
                        + escaped(AcrossWords.method(
                                effect.evidence().orElseThrow().test(), effect.n()))
                        + " over the differences of means, $p$" + adjusted() + ".")
                .orElse(" Across data sets: no test, as they are too few.");
    }

    private void begin(String caption, String columns) {
        text.append("\\begin{table}\n  \\centering\n  \\caption{")
                .append(caption)
                .append("}\n  \\begin{tabular}{")
                .append(columns)
                .append("}\n");
        rule("top");
    }

    private void rule(String which) {
        text.append("    \\").append(which).append("rule\n");
    }

    private void row(List<String> cells) {
        text.append("    ").append(String.join(" & ", cells)).append(" \\\\\n");
    }

    private void end() {
        rule("bottom");
        text.append("  \\end{tabular}\n\\end{table}\n");
    }
}
