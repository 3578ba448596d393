package dev.ablate.engine.report.across;

import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.across.AcrossEffect;
import dev.ablate.engine.compare.across.Overall;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each variant changes over all data sets: a table a metric. */
public final class AcrossTables {

    private static final String NONE = "-";

    private AcrossTables() {}

    /** Nothing where the question is not about data sets. */
    public static void write(Findings findings, Sheet sheet) {
        Optional<Overall> overall = Overall.of(findings);
        if (overall.isPresent()) {
            for (Measure measure : findings.question().measures()) {
                sheet.table(
                        measure.name() + " across data sets, against "
                                + findings.question().baseline(),
                        table(overall.get().effects(measure)));
            }
            sheet.line(legend(findings.question(), overall.get()), Sheet.Tone.FAINT);
        }
    }

    private static Table table(List<AcrossEffect> effects) {
        List<String> leaves = List.copyOf(effects.get(0).cell().keySet());
        boolean summed = effects.stream().anyMatch(effect -> effect.difference().isPresent());
        boolean tested = effects.stream().anyMatch(effect -> effect.evidence().isPresent());
        Table table = new Table().groups("");
        List<String> names = PlannedRun.leafNames(leaves);
        for (int i = 0; i < leaves.size(); i++) {
            String leaf = leaves.get(i);
            table.values(
                    names.get(i),
                    effects.stream()
                            .map(effect -> effect.cell().getOrDefault(leaf, NONE))
                            .toList());
        }
        table.repeatThese().text("w-t-l");
        if (summed) {
            table.number("difference");
        }
        if (summed && tested) {
            table.text("interval");
        }
        if (tested) {
            table.number("p").number("p adj.");
        }
        table.verdict("verdict");
        for (AcrossEffect effect : effects) {
            List<String> row = new ArrayList<>(List.of(effect.variant()));
            leaves.forEach(leaf -> row.add(effect.cell().getOrDefault(leaf, NONE)));
            Tally tally = effect.tally();
            row.add(tally.wins() + "-" + tally.ties() + "-" + tally.losses());
            if (summed) {
                row.add(Numbers.rounded(effect.difference().orElse(Double.NaN)));
            }
            if (summed && tested) {
                row.add(effect.interval().map(AcrossTables::interval).orElse(NONE));
            }
            if (tested) {
                row.add(effect.evidence().map(found -> p(found.p())).orElse(NONE));
                row.add(effect.evidence().map(found -> p(found.adjusted())).orElse(NONE));
            }
            row.add(effect.verdict().word());
            table.row(row);
        }
        return table;
    }

    /** As the other tables have them. */
    private static String p(double p) {
        return Numbers.rounded(p, 2);
    }

    private static String interval(Evidence evidence) {
        return "[" + Numbers.rounded(evidence.low(), Numbers.SENTENCE) + ", "
                + Numbers.rounded(evidence.high(), Numbers.SENTENCE) + "]";
    }

    /** What the interval is of, where one is shown. */
    private static String middle(AcrossEffect effect) {
        return effect.interval()
                .map(found -> " interval: " + Numbers.percent(found.level())
                        + switch (effect.evidence().orElseThrow().test()) {
                            case "wilcoxon" -> " of the pseudo-median.";
                            case "sign" -> " of the median.";
                            default -> ".";
                        })
                .orElse("");
    }

    private static String legend(Question question, Overall overall) {
        String words = "w-t-l: data sets on which the variant's mean is better, the same and worse.";
        Optional<AcrossEffect> tested = overall.effects().stream()
                .filter(effect -> effect.evidence().isPresent())
                .findFirst();
        if (tested.isPresent()) {
            long comparisons = question.measures().stream()
                    .mapToLong(measure -> overall.effects(measure).stream()
                            .filter(effect -> effect.evidence().isPresent())
                            .count())
                    .max()
                    .orElse(0);
            words += middle(tested.get()) + " p: "
                    + AcrossWords.method(
                            tested.get().evidence().orElseThrow().test(),
                            tested.get().n())
                    + " over data sets"
                    + (question.corrected()
                            ? ", adjusted for " + Numbers.count(comparisons, "comparison") + " (Holm)."
                            : ", not adjusted.");
        }
        return words + " Below: each data set by itself.";
    }
}
