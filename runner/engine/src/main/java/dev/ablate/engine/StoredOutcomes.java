package dev.ablate.engine;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RunKey;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in the store of a plan.
 *
 * @param ended its runs that have, in the plan's order
 * @param missing how many are still to be run
 */
record StoredOutcomes(List<Outcome> ended, int missing) {

    static StoredOutcomes of(Plan plan, RunStore store) {
        List<Outcome> outcomes = new ArrayList<>();
        int missing = 0;
        Set<String> settled = new HashSet<>();
        for (PlannedRun run : plan.runs()) {
            Optional<RunRecord> ended = store.find(run.key())
                    .filter(record -> record.status() == RunStatus.FINISHED || record.status() == RunStatus.FAILED);
            ended.ifPresent(record -> outcomes.add(new Outcome(run, record, true)));
            if (ended.filter(RunRecord::deterministic).isPresent()) {
                settled.add(run.group());
            }
            missing += ended.isPresent() || settled.contains(run.group()) ? 0 : 1;
        }
        return new StoredOutcomes(outcomes, missing);
    }

    /** With the finished runs of variants that were left out this time: what is known is compared. */
    static List<Outcome> with(List<Outcome> outcomes, Plan plan, RunStore store) {
        Map<RunKey, Outcome> byKey = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byKey.put(outcome.run().key(), outcome));
        return plan.runs().stream()
                .filter(run -> byKey.containsKey(run.key())
                        || outcomes.stream()
                                .noneMatch(outcome -> outcome.run().variant().equals(run.variant())))
                .flatMap(run -> Optional.ofNullable(byKey.get(run.key()))
                        .or(() -> store.find(run.key())
                                .filter(record -> record.status() == RunStatus.FINISHED)
                                .map(record -> new Outcome(run, record, true)))
                        .stream())
                .toList();
    }
}
