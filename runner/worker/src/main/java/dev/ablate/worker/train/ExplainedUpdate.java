package dev.ablate.worker.train;

import dev.ablate.core.training.Explanation;
import dev.ablate.worker.data.RunData;

/**
 * One update, worked through for one row.
 *
 * @param data the run's data in raw units; the explanation's are scaled as the run's are
 * @param total how many updates the run makes, if nothing stops it
 * @param explanation the update, whose row is there
 * @param row how that row, which the update learned from, was worked through
 */
public record ExplainedUpdate(RunData data, long total, Explanation explanation, Explanation.Row row) {}
