package dev.ablate.engine.train;

import dev.ablate.core.training.Explanation;
import dev.ablate.engine.data.RunData;
import dev.ablate.engine.plan.PlannedRun;

/**
 * One update of a run, worked through for one row.
 *
 * @param run what is trained
 * @param data its data in raw units; the explanation's are scaled as the run's are
 * @param total how many updates the run makes, if nothing stops it
 * @param explanation the update, whose row is there
 * @param row how that row, which the update learned from, was worked through
 */
public record Explained(PlannedRun run, RunData data, long total, Explanation explanation, Explanation.Row row) {}
