package dev.ablate.engine.report.text;

import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.across.AcrossTables;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What each variant changes: one table where chance has no part in it and there is no sweep, else one a metric. */
final class EffectTables {

    private static final String NONE = "-";

    private final Findings findings;
    private final Question question;
    private final Sheet page;

    private EffectTables(Findings findings, Sheet page) {
        this.findings = findings;
        this.question = findings.question();
        this.page = page;
    }

    /** Nothing where nothing is compared. */
    static void write(Findings findings, Sheet page) {
        if (findings.effects().isEmpty()) {
            return;
        }
        AcrossTables.write(findings, page);
        EffectTables tables = new EffectTables(findings, page);
        if (!findings.question().hasCells() && findings.effects().stream().allMatch(Effect::deterministic)) {
            tables.ofAllMetrics();
            return;
        }
        findings.question().measures().forEach(tables::ofOneMetric);
        tables.legend();
    }

    private void ofAllMetrics() {
        Table table = new Table().groups("against " + question.baseline()).text("metric");
        table.repeatThese().number("difference").verdict("verdict");
        for (Effect effect : findings.effects()) {
            table.row(
                    effect.variant().name(),
                    effect.metric().name(),
                    Numbers.rounded(effect.difference()),
                    effect.verdict().word());
        }
        page.table("", table);
    }

    private void ofOneMetric(Measure measure) {
        List<Effect> effects = findings.effects(measure);
        boolean several = !question.hasCells() || question.challengers().size() > 1;
        boolean tested = effects.stream().anyMatch(effect -> effect.evidence().isPresent());
        boolean random = effects.stream().anyMatch(effect -> !effect.deterministic());
        Table table = new Table();
        Cells cells = new Cells(question);
        if (several) {
            table.groups("");
        }
        cells.headers(table);
        table.repeatThese().number("difference");
        if (tested) {
            table.text("interval");
        }
        if (random) {
            table.text("w-t-l");
        }
        if (tested) {
            table.number("p").number("p adj.");
        }
        table.verdict("verdict");
        for (Effect effect : effects) {
            List<String> row = new ArrayList<>();
            if (several) {
                row.add(effect.variant().name());
            }
            row.addAll(cells.values(effect.cell()));
            row.add(Numbers.rounded(effect.difference()));
            if (tested) {
                row.add(effect.evidence().map(EffectTables::interval).orElse(NONE));
            }
            if (random) {
                Tally tally = effect.tally();
                row.add(tally.wins() + "-" + tally.ties() + "-" + tally.losses());
            }
            if (tested) {
                row.add(effect.evidence().map(EffectTables::p).orElse(NONE));
                row.add(effect.evidence()
                        .map(evidence -> p(evidence.adjusted()))
                        .orElse(NONE));
            }
            row.add(effect.verdict().word());
            table.row(row);
        }
        String sides = several ? " against " : ": " + question.challengers().get(0) + " against ";
        page.table(measure.name() + sides + question.baseline(), table);
    }

    private static String interval(Evidence evidence) {
        return "[" + Numbers.rounded(evidence.low(), Numbers.SENTENCE) + ", "
                + Numbers.rounded(evidence.high(), Numbers.SENTENCE) + "]";
    }

    /** Two digits are all that anybody reads of a p-value, and a table must not be wider than a terminal. */
    private static String p(double p) {
        return Numbers.rounded(p, 2);
    }

    private static String p(Evidence evidence) {
        return p(evidence.p()) + (evidence.isSampled() ? " +- " + Numbers.rounded(evidence.error(), 1) : "");
    }

    private void legend() {
        if (findings.effects().stream().allMatch(Effect::deterministic)) {
            return;
        }
        String words = "w-t-l: pairs won, tied and lost by the variant"
                + (findings.effects().stream().anyMatch(Effect::hasFailures)
                        ? "; a run that fails alone loses its pair."
                        : ".");
        Set<String> levels = findings.effects().stream()
                .flatMap(effect -> effect.evidence().stream())
                .map(evidence -> Numbers.percent(evidence.level()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!levels.isEmpty()) {
            long tested = question.measures().stream()
                    .mapToLong(measure -> findings.effects(measure).stream()
                            .filter(effect -> effect.evidence().isPresent())
                            .count())
                    .max()
                    .orElse(0);
            words += " interval: " + String.join(" or ", levels) + middle() + ". p: "
                    + question.test().word()
                    + (isSampled() ? ", from sign patterns that were drawn, +- its standard error" : "")
                    + (question.corrected()
                            ? ", adjusted for " + Numbers.count(tested, "comparison") + " (Holm)."
                            : ", not adjusted.");
        }
        page.line(words, Sheet.Tone.FAINT);
    }

    private boolean isSampled() {
        return findings.effects().stream()
                .flatMap(effect -> effect.evidence().stream())
                .anyMatch(Evidence::isSampled);
    }

    /** What the interval is of, where that is not the mean. */
    private String middle() {
        return switch (question.test()) {
            case WILCOXON -> " of the pseudo-median";
            case SIGN -> " of the median";
            case PAIRED_PERMUTATION, CORRECTED_RESAMPLED_T, PAIRED_T -> "";
        };
    }

    /** The swept leaves as columns of a table. */
    record Cells(List<String> paths, Map<String, String> words, List<Map<String, String>> cells) {

        Cells(Question question) {
            this(
                    question.hasCells() ? List.copyOf(question.cells().get(0).keySet()) : List.of(),
                    words(question),
                    question.cells());
        }

        private static Map<String, String> words(Question question) {
            List<String> paths = List.copyOf(question.cells().get(0).keySet());
            return paths.stream().collect(Collectors.toMap(path -> path, path -> word(path, paths)));
        }

        /** The last word of a path where it is the only one of its kind. */
        private static String word(String path, List<String> paths) {
            Map<String, String> cell = paths.stream().collect(Collectors.toMap(each -> each, each -> ""));
            return PlannedRun.cellLabel(cell).contains(path + "=") ? path : path.substring(path.lastIndexOf('.') + 1);
        }

        void headers(Table table) {
            paths.forEach(path -> table.values(
                    words.getOrDefault(path, path),
                    cells.stream().map(cell -> cell.getOrDefault(path, NONE)).toList()));
        }

        List<String> values(Map<String, String> cell) {
            return paths.stream().map(path -> cell.getOrDefault(path, NONE)).toList();
        }
    }
}
