package dev.ablate.engine.launch;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.train.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which runs of a plan are needed, as far as it is known: the other seeds of a cell only if they may differ from its first. */
final class Waves {

    private final List<PlannedRun> runs;

    /** The first run of each cell. */
    private final Map<String, PlannedRun> first = new LinkedHashMap<>();

    /** By label, since two cells may hold the same run. */
    private final Map<String, Outcome> outcomes = new HashMap<>();

    Waves(List<PlannedRun> runs) {
        this.runs = runs;
        runs.forEach(run -> first.putIfAbsent(run.group(), run));
    }

    static Set<String> labels(List<PlannedRun> some) {
        return some.stream().map(PlannedRun::label).collect(Collectors.toSet());
    }

    void ended(PlannedRun run, Outcome outcome) {
        outcomes.put(run.label(), outcome);
    }

    boolean hasEnded(PlannedRun run) {
        return outcomes.containsKey(run.label());
    }

    /** In the plan's order. */
    List<Outcome> outcomes() {
        return runs.stream()
                .flatMap(run -> Optional.ofNullable(outcomes.get(run.label())).stream())
                .toList();
    }

    /** Runs that are needed: the first of each cell, and the others where it is known that they may differ. */
    List<PlannedRun> due() {
        return open(run -> isFirst(run)
                || firstOutcome(run).filter(known -> !isDeterministic(known)).isPresent());
    }

    /** Runs that are needed only if the first of their cell says so, which has not ended. */
    List<PlannedRun> ahead() {
        return open(run -> !isFirst(run) && firstOutcome(run).isEmpty());
    }

    /** Runs that give what the first of their cell has given. */
    List<PlannedRun> needless() {
        return open(run -> !isFirst(run)
                && firstOutcome(run).filter(Waves::isDeterministic).isPresent());
    }

    /** How long a run may take: as long as one of its cell has. */
    Optional<Duration> expected(PlannedRun run) {
        return runs.stream()
                .filter(other -> other.group().equals(run.group()))
                .flatMap(other -> Optional.ofNullable(outcomes.get(other.label())).stream())
                .flatMap(known -> known.record().end().stream()
                        .map(end -> Duration.between(known.record().start(), end)))
                .filter(took -> !took.isNegative())
                .findFirst();
    }

    private interface Which {
        boolean holds(PlannedRun run);
    }

    private List<PlannedRun> open(Which which) {
        return runs.stream().filter(run -> !hasEnded(run) && which.holds(run)).toList();
    }

    private boolean isFirst(PlannedRun run) {
        return run.label().equals(first.getOrDefault(run.group(), run).label());
    }

    private Optional<Outcome> firstOutcome(PlannedRun run) {
        return Optional.ofNullable(
                outcomes.get(first.getOrDefault(run.group(), run).label()));
    }

    private static boolean isDeterministic(Outcome outcome) {
        return outcome.record().deterministic();
    }
}
