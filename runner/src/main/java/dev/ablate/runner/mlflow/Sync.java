package dev.ablate.runner.mlflow;

import dev.ablate.runner.mlflow.client.Destination;
import dev.ablate.runner.mlflow.image.RunImages;
import dev.ablate.runner.runs.ComparisonRecord;
import dev.ablate.runner.runs.Ledger;
import dev.ablate.runner.runs.RunStatus;
import dev.ablate.runner.runs.RunStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What earlier invocations left to deliver: those without a server, those that were killed, those whose server was. */
public final class Sync {

    private final RunStore store;
    private final Destination destination;

    /** From a store to a destination. */
    public Sync(RunStore store, Destination destination) {
        this.store = store;
        this.destination = destination;
    }

    /**
     * The tracked comparisons of which the destination lacks something, as far as the ledger tells, the one that was run last
     * first; asks nothing of the server.
     */
    public List<ComparisonRecord> pending() {
        List<Ledger.Entry> all = store.ledger().entries(destination.id());
        Set<String> superseded = new HashSet<>();
        store.ledger().superseded(destination.id()).forEach(entry -> superseded.add(entry.comparison()));
        return store.comparisons().stream()
                .filter(ComparisonRecord::tracked)
                .filter(comparison -> !comparison.members().isEmpty())
                .filter(comparison -> superseded.contains(comparison.key()) || !isComplete(comparison, all))
                .toList();
    }

    private boolean isComplete(ComparisonRecord comparison, List<Ledger.Entry> all) {
        Map<Long, Ledger.Entry> entries = OpenComparison.entries(all, comparison).stream()
                .collect(Collectors.toMap(Ledger.Entry::run, Function.identity()));
        Ledger.Entry parent = entries.get(OpenComparison.PARENT);
        if (parent == null
                || !RunDelivery.isComplete(
                        store, parent, RunImages.parent(comparison, store.files(comparison.key()), true))) {
            return false;
        }
        return comparison.members().stream().allMatch(member -> {
            Ledger.Entry entry = entries.get(member.run().id());
            boolean abandoned = member.run().status() == RunStatus.RUNNING
                    && !store.isTrained(member.run().key());
            return entry != null
                    && RunDelivery.isComplete(
                            store, entry, RunImages.child(comparison, member, parent.mlflowRun(), abandoned));
        });
    }
}
