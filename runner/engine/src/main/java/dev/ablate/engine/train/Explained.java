package dev.ablate.engine.train;

import dev.ablate.core.training.Explanation;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.train.ExplainedUpdate;
import dev.ablate.worker.train.Explainer;
import java.util.OptionalInt;

/**
 * One update of a run, worked through for one row.
 *
 * @param run what is trained
 * @param update the update
 */
public record Explained(PlannedRun run, ExplainedUpdate update) {

    /** See {@link Explainer#explain}. */
    public static Explained of(PlannedRun run, long update, OptionalInt row) {
        return new Explained(run, Explainer.explain(run.context(), update, row));
    }

    /** See {@link ExplainedUpdate#data}. */
    public RunData data() {
        return update.data();
    }

    /** See {@link ExplainedUpdate#total}. */
    public long total() {
        return update.total();
    }

    /** See {@link ExplainedUpdate#explanation}. */
    public Explanation explanation() {
        return update.explanation();
    }

    /** See {@link ExplainedUpdate#row}. */
    public Explanation.Row row() {
        return update.row();
    }
}
