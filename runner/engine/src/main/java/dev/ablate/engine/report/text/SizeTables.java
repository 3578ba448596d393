package dev.ablate.engine.report.text;

import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Sizes of effects, and the Bayesian posterior where it was asked for: for information, as neither decides a verdict. */
final class SizeTables {

    private static final String NONE = "-";

    private final Question question;

    private SizeTables(Findings findings) {
        this.question = findings.question();
    }

    /** Nothing where no effect has a size. */
    static void sizes(Findings findings, Sheet page) {
        SizeTables tables = new SizeTables(findings);
        List<Effect> effects = findings.effects().stream()
                .filter(effect -> effect.sizes().isKnown())
                .toList();
        if (effects.isEmpty()) {
            return;
        }
        Table table = tables.begun();
        table.number("difference / sd").number("P(improvement)");
        for (Effect effect : effects) {
            List<String> row = tables.row(effect);
            row.add(number(effect.sizes().standardised()));
            row.add(number(effect.sizes().improvement()));
            table.row(row);
        }
        page.table("Size of effects, for information", table);
        page.line(
                "difference / sd: mean by standard deviation of the differences (Cohen's d_z). P(improvement): share of pairs"
                        + " that the variant wins, ties by half.",
                Sheet.Tone.FAINT);
    }

    /** Nothing where it was not asked for. */
    static void posteriors(Findings findings, Sheet page) {
        SizeTables tables = new SizeTables(findings);
        List<Effect> effects = findings.effects().stream()
                .filter(effect -> effect.posterior().isPresent())
                .toList();
        if (effects.isEmpty()) {
            return;
        }
        Table table = tables.begun();
        table.number("same within").number("P(worse)").number("P(same)").number("P(better)");
        for (Effect effect : effects) {
            Effect.Posterior posterior = effect.posterior().orElseThrow();
            List<String> row = tables.row(effect);
            row.add(Numbers.rounded(posterior.region()));
            row.add(share(posterior.worse()));
            row.add(posterior.region() == 0 ? NONE : share(posterior.same()));
            row.add(share(posterior.better()));
            table.row(row);
        }
        double rho = effects.stream()
                .flatMap(effect -> effect.posterior().stream())
                .mapToDouble(Effect.Posterior::rho)
                .max()
                .orElse(0);
        page.table("How probable, beside the verdict", table);
        page.line(
                "Correlated Bayesian t test (Benavoli et al. 2017), rho = " + Numbers.rounded(rho, Numbers.SENTENCE)
                        + "; it does not change the verdict.",
                Sheet.Tone.FAINT);
    }

    private Table begun() {
        Table table = new Table();
        boolean several = !question.hasCells() || question.challengers().size() > 1;
        if (several) {
            table.groups("against " + question.baseline());
        }
        new EffectTables.Cells(question).headers(table);
        table.text("metric");
        return table.repeatThese();
    }

    private List<String> row(Effect effect) {
        List<String> row = new ArrayList<>();
        if (!question.hasCells() || question.challengers().size() > 1) {
            row.add(effect.variant().name());
        }
        row.addAll(new EffectTables.Cells(question).values(effect.cell()));
        row.add(effect.metric().name());
        return row;
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Numbers.rounded(value.getAsDouble(), Numbers.SENTENCE) : NONE;
    }

    private static String share(double probability) {
        return Numbers.rounded(probability, Numbers.SENTENCE);
    }
}
