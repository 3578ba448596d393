package dev.ablate.engine.report.text;

import dev.ablate.core.training.Decision;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RowInputs;
import dev.ablate.engine.report.Ties;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Page;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.worker.spec.RunKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What models answer to new rows, all in raw units.
 *
 * @param experiment the name of what the models belong to
 * @param inputs what a row's values are, {@code [d]}
 * @param target what is predicted
 * @param unit the target's unit; empty if it has none
 * @param decision how an answer is a class; empty where it is none
 * @param rows each {@code [d]}
 * @param models what each model answers
 */
public record Predictions(
        String experiment,
        RowInputs inputs,
        String target,
        String unit,
        Optional<Decision> decision,
        List<List<Double>> rows,
        List<Answers> models) {

    /** Ties beyond this are only counted. */
    private static final int MOST_TIES = 4;

    /** Copies the lists. */
    public Predictions {
        rows = rows.stream().map(List::copyOf).toList();
        models = List.copyOf(models);
    }

    /**
     * The answers of one model.
     *
     * @param variant the variant of its run
     * @param cell the swept leaves of its run
     * @param pair the pair of its run
     * @param key its run
     * @param values what answers each row: one number, or one for each of three classes and more; not finite where the numbers overflowed
     * @param classes what the data of its run call the classes, in the order of their codes; empty where an answer is none
     */
    public record Answers(
            String variant,
            Map<String, String> cell,
            Pair pair,
            RunKey key,
            List<List<Double>> values,
            List<String> classes) {

        /** Copies map and lists, keeping their order. */
        public Answers {
            cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
            values = values.stream().map(List::copyOf).toList();
            classes = List.copyOf(classes);
        }

        /** Whether a number for each class answers a row. */
        public boolean hasShares() {
            return classes.size() > 2;
        }

        /** What the data call the class of an answer; empty where it is none, as the data of this run have numbers. */
        public String label(Decision decision, List<Double> answer) {
            return classes.isEmpty() ? "" : classes.get(decision.classOf(answer));
        }

        private String label(boolean pairs) {
            return variant
                    + (cell.isEmpty() ? "" : "/" + PlannedRun.cellLabel(cell))
                    + (pairs ? "/" + pair.label() : "");
        }
    }

    /** Names of a row's values, {@code [d]}. */
    public List<String> features() {
        return inputs.names();
    }

    /** For a terminal: the models side by side, with a line break at the end. */
    public String text(Style style) {
        boolean pairs = models.stream().map(Answers::pair).distinct().count() > 1;
        int width =
                features().stream().mapToInt(name -> Printable.width(name) + 2).sum();
        boolean byName = width < Page.WIDTH * 3 / 4;
        Table table = new Table();
        if (byName) {
            features().forEach(table::number);
        } else {
            table.number("row");
        }
        table.repeatThese();
        for (Answers model : models) {
            if (model.hasShares()) {
                table.text(model.label(pairs));
                model.classes().forEach(label -> table.number(label).joined());
            } else {
                table.number(model.label(pairs));
                decision.ifPresent(deciding -> table.text("class").joined());
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = new ArrayList<>();
            if (byName) {
                cells.addAll(inputs.shown(rows.get(row), Numbers::exact));
            } else {
                cells.add(Numbers.count(row + 1L));
            }
            for (Answers model : models) {
                List<Double> answer = model.values().get(row);
                List<String> label = decision.stream()
                        .map(deciding -> model.label(deciding, answer))
                        .toList();
                cells.addAll(model.hasShares() ? label : List.of());
                answer.forEach(number -> cells.add(Numbers.rounded(number)));
                cells.addAll(model.hasShares() ? List.of() : label);
            }
            table.row(cells);
        }
        String of = "Predictions of " + target + (unit.isEmpty() ? "" : " in " + unit);
        Page page = new Page(style).table(of, table);
        ties(pairs, byName).forEach(tie -> page.paragraph(tie, Sheet.Tone.PLAIN));
        return page.text();
    }

    /** Rows that a model cannot decide, a sentence each; the others are counted. */
    private List<String> ties(boolean pairs, boolean byName) {
        if (decision.isEmpty()) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>();
        int more = 0;
        for (int row = 0; row < rows.size(); row++) {
            int at = row;
            String tied = models.stream()
                    .filter(model -> model.classes().size() == 2
                            && decision.get().isTie(model.values().get(at).get(0)))
                    .map(model -> model.label(pairs) + " "
                            + new Ties(decision.get(), model.classes())
                                    .decided(model.values().get(at).get(0)))
                    .collect(Collectors.joining("; "));
            if (!tied.isEmpty() && sentences.size() < MOST_TIES) {
                sentences.add((byName
                                ? "At ("
                                        + String.join(
                                                ", ",
                                                rows.get(row).stream()
                                                        .map(Numbers::exact)
                                                        .toList()) + ")"
                                : "In row " + Numbers.count(row + 1L))
                        + ": " + tied + ".");
            } else if (!tied.isEmpty()) {
                more++;
            }
        }
        if (more > 0) {
            sentences.add("There are ties in " + Numbers.count(more, "more row") + ".");
        }
        return sentences;
    }
}
