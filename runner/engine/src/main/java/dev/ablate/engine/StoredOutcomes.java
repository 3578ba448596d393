package dev.ablate.engine;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Execution;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.spec.RunKey;
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
 * @param known its runs that have ended, are queued or are trained just now, in the plan's order
 * @param missing how many have not ended and are to be waited for or to be run
 */
record StoredOutcomes(List<Outcome> known, int missing) {

    static StoredOutcomes of(Plan plan, RunStore store) {
        List<Outcome> known = new ArrayList<>();
        int missing = 0;
        Set<String> settled = new HashSet<>();
        Map<RunKey, RunRecord> records = records(plan.runs(), store);
        for (PlannedRun run : plan.runs()) {
            Optional<RunRecord> there = Optional.ofNullable(records.get(run.key()));
            Optional<Outcome> outcome = there.filter(RunRecord::hasEnded).map(record -> new Outcome(run, record, true));
            outcome.or(() -> there.filter(record -> isPending(record, store))
                            .map(record -> new Outcome(run, record, false)))
                    .ifPresent(known::add);
            if (outcome.filter(ended -> ended.record().deterministic()).isPresent()) {
                settled.add(run.group());
            }
            missing += outcome.isPresent() || settled.contains(run.group()) ? 0 : 1;
        }
        return new StoredOutcomes(known, missing);
    }

    /** Those that have ended. */
    List<Outcome> ended() {
        return known.stream().filter(outcome -> outcome.record().hasEnded()).toList();
    }

    /** Those that are queued, or are trained just now. */
    List<PlannedRun> pending() {
        return known.stream()
                .filter(outcome -> !outcome.record().hasEnded())
                .map(Outcome::run)
                .toList();
    }

    /** With the runs that go on elsewhere, and the finished ones of variants that were left out this time: what is known is compared. */
    static List<Outcome> with(Execution done, Plan plan, RunStore store) {
        Map<RunKey, Outcome> byKey = new LinkedHashMap<>();
        Set<String> variants = new HashSet<>();
        for (Outcome outcome : done.outcomes()) {
            byKey.put(outcome.run().key(), outcome);
            variants.add(outcome.run().variant());
        }
        Map<RunKey, RunRecord> pending = records(done.pending(), store);
        for (PlannedRun run : done.pending()) {
            Optional.ofNullable(pending.get(run.key()))
                    .filter(record -> isPending(record, store))
                    .ifPresent(record -> byKey.putIfAbsent(run.key(), new Outcome(run, record, false)));
        }
        List<PlannedRun> leftOut = plan.runs().stream()
                .filter(run -> !byKey.containsKey(run.key()) && !variants.contains(run.variant()))
                .toList();
        Map<RunKey, RunRecord> finished = records(leftOut, store);
        for (PlannedRun run : leftOut) {
            Optional.ofNullable(finished.get(run.key()))
                    .filter(record -> record.status() == RunStatus.FINISHED)
                    .ifPresent(record -> byKey.put(run.key(), new Outcome(run, record, true)));
        }
        return plan.runs().stream()
                .flatMap(run -> Optional.ofNullable(byKey.get(run.key())).stream())
                .toList();
    }

    private static Map<RunKey, RunRecord> records(List<PlannedRun> runs, RunStore store) {
        return runs.isEmpty()
                ? Map.of()
                : store.find(runs.stream().map(PlannedRun::key).toList());
    }

    private static boolean isPending(RunRecord record, RunStore store) {
        RunStatus state = store.state(record);
        return state == RunStatus.QUEUED || state == RunStatus.RUNNING;
    }
}
