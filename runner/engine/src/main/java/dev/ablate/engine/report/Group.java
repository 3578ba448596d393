package dev.ablate.engine.report;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.train.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A variant in a cell: all that runs share but the seed.
 *
 * @param variant the variant's name
 * @param cell the swept leaves by path; empty without a sweep
 */
public record Group(String variant, Map<String, String> cell) {

    /** All of a question: cell by cell, the variants in order. */
    public static List<Group> of(Question question) {
        return question.cells().stream()
                .flatMap(cell -> question.variants().stream().map(variant -> new Group(variant, cell)))
                .toList();
    }

    /** {@code bias}, or {@code bias/learning_rate=0.1}. */
    public String label() {
        return cell.isEmpty() ? variant : variant + "/" + PlannedRun.cellLabel(cell);
    }

    /** {@code bias}, or {@code bias with learning_rate=0.1}. */
    String inWords() {
        return cell.isEmpty() ? variant : variant + " with " + PlannedRun.cellLabel(cell);
    }

    /** Its finished runs. */
    public List<Outcome> finished(Comparison comparison) {
        return comparison.finished(variant, cell);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Group that && variant.equals(that.variant) && cell.equals(that.cell);
    }

    @Override
    public int hashCode() {
        return Objects.hash(variant, cell);
    }
}
