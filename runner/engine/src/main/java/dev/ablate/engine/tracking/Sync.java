package dev.ablate.engine.tracking;

import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.RunStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What earlier invocations left to deliver: those without a server, those that were killed, those whose server was. */
public final class Sync {

    private final RunStore store;
    private final Tracker tracker;
    private final Destination destination;

    /** From a store to a destination of a tracker. */
    public Sync(RunStore store, Tracker tracker, Destination destination) {
        this.store = store;
        this.tracker = tracker;
        this.destination = destination;
    }

    /**
     * The tracked comparisons of which the destination lacks something, as far as the ledger knows, the one that was run last
     * first; asks nothing of the server.
     */
    public List<ComparisonRecord> pending() {
        List<DeliveryLedger.Entry> all = store.ledger().entries(destination.id());
        Set<String> superseded = new HashSet<>();
        store.ledger().superseded(destination.id()).forEach(entry -> superseded.add(entry.comparison()));
        return store.comparisons().stream()
                .filter(ComparisonRecord::tracked)
                .filter(comparison -> !comparison.members().isEmpty())
                .filter(comparison -> superseded.contains(comparison.key()) || !isComplete(comparison, all))
                .toList();
    }

    /**
     * The tracked comparisons that a person means, the one that was run last first; asks nothing of the server.
     *
     * @param which a comparison's name, or at least 8 digits of its key; empty: all
     */
    public List<ComparisonRecord> chosen(Optional<String> which) {
        return store.comparisons().stream()
                .filter(ComparisonRecord::tracked)
                .filter(comparison -> !comparison.members().isEmpty())
                .filter(comparison -> which.isEmpty()
                        || comparison.name().equals(which.get())
                        || (which.get().length() >= 8 && comparison.key().startsWith(which.get())))
                .toList();
    }

    /** Takes back what the ledger says is proven of a comparison, so that the next delivery reads all of it back again. */
    public void doubt(ComparisonRecord comparison) {
        for (DeliveryLedger.Entry entry :
                DeliveryLedger.of(comparison, store.ledger().entries(destination.id()))) {
            store.ledger()
                    .put(new DeliveryLedger.Entry(
                            entry.destination(),
                            entry.experiment(),
                            entry.comparison(),
                            entry.run(),
                            entry.remoteRun(),
                            entry.pointsThrough(),
                            entry.digest(),
                            false));
        }
    }

    /**
     * How a comparison stands at the destination.
     *
     * @param runs how many it has, without its parent
     * @param verified how many of them were delivered and read back
     * @param complete whether all of them were, and the parent
     * @param remarks what was sent again or refused, each with the run's name
     */
    public record Standing(
            ComparisonRecord comparison, int runs, int verified, boolean complete, List<String> remarks) {
        public Standing {
            remarks = List.copyOf(remarks);
        }
    }

    /** How a comparison stands, as far as the ledger knows; asks nothing of the server. */
    public Standing standing(ComparisonRecord comparison) {
        Set<Long> complete = DeliveryLedger.of(comparison, store.ledger().entries(destination.id())).stream()
                .filter(DeliveryLedger.Entry::complete)
                .map(DeliveryLedger.Entry::run)
                .collect(Collectors.toSet());
        Map<Long, String> words = new HashMap<>();
        store.ledger().proofs(destination.id()).stream()
                .filter(proof -> proof.comparison().equals(comparison.key())
                        && proof.experiment().equals(comparison.experiment())
                        && !proof.words().isEmpty())
                .forEach(proof -> words.put(proof.run(), proof.words()));
        List<String> remarks = new ArrayList<>();
        Optional.ofNullable(words.get(DeliveryLedger.PARENT)).ifPresent(text -> remarks.add("the parent run: " + text));
        int verified = 0;
        for (ComparisonRecord.Member member : comparison.members()) {
            verified += complete.contains(member.run().id()) ? 1 : 0;
            Optional.ofNullable(words.get(member.run().id()))
                    .ifPresent(text -> remarks.add(
                            "run " + member.cell() + "/" + member.pair().label() + ": " + text));
        }
        int runs = comparison.members().size();
        return new Standing(
                comparison, runs, verified, verified == runs && complete.contains(DeliveryLedger.PARENT), remarks);
    }

    private boolean isComplete(ComparisonRecord comparison, List<DeliveryLedger.Entry> all) {
        Map<Long, DeliveryLedger.Entry> entries = DeliveryLedger.of(comparison, all).stream()
                .collect(Collectors.toMap(DeliveryLedger.Entry::run, Function.identity()));
        return tracker.isComplete(store, comparison, entries);
    }
}
