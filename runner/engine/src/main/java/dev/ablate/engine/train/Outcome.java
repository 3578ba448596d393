package dev.ablate.engine.train;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunRecord;

/**
 * How a planned run came out.
 *
 * @param run what was planned
 * @param record what is now in the store
 * @param reused whether it was there before and nothing was trained
 */
public record Outcome(PlannedRun run, RunRecord record, boolean reused) {}
