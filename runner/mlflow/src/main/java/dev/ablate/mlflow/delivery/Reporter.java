package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.client.Obstacle;
import dev.ablate.mlflow.delivery.ComparisonDelivery.Pass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports what became of a delivery, from the ledger. */
final class Reporter {

    private final RunStore store;
    private final Endpoint destination;

    Reporter(RunStore store, Endpoint destination) {
        this.store = store;
        this.destination = destination;
    }

    /**
     * The report.
     *
     * @param watched the deliveries by comparison
     * @param passes how far they came
     * @param failure why none of them goes on; empty while they do
     * @param silence what to say where none of them knows why it is not complete
     * @param remarks what else a person should know
     */
    Delivery.Report report(
            Map<String, ComparisonDelivery> watched,
            Map<String, Pass> passes,
            Optional<Obstacle> failure,
            Obstacle silence,
            List<String> remarks) {
        Set<String> complete = new HashSet<>();
        Map<String, String> parents = new HashMap<>();
        Map<Long, String> runs = new HashMap<>();
        Map<String, String> links = new HashMap<>();
        Map<String, String> pages = new HashMap<>();
        Optional<Obstacle> problem = failure;
        int kept = 0;
        List<DeliveryLedger.Entry> all = store.ledger().entries(destination.id());
        for (Map.Entry<String, ComparisonDelivery> each : watched.entrySet()) {
            String key = each.getKey();
            ComparisonDelivery delivery = each.getValue();
            Optional<ComparisonRecord> comparison = store.comparison(key).filter(ComparisonRecord::tracked);
            if (comparison.isEmpty()) {
                continue;
            }
            Set<Long> delivered = new HashSet<>();
            for (DeliveryLedger.Entry entry : DeliveryLedger.of(comparison.get(), all)) {
                if (entry.run() == DeliveryLedger.PARENT) {
                    parents.put(key, entry.remoteRun());
                } else {
                    runs.put(entry.run(), entry.remoteRun());
                }
                if (entry.complete()) {
                    delivered.add(entry.run());
                }
            }
            delivery.links().ifPresent(found -> {
                links.put(key, found.comparison());
                pages.put(key, found.parent());
            });
            if (passes.get(key) == Pass.COMPLETE) {
                complete.add(key);
            } else {
                kept += kept(comparison.get(), delivered);
                problem = problem.or(delivery::problem);
            }
        }
        Optional<Obstacle> why = kept == 0 ? Optional.empty() : Optional.of(problem.orElse(silence));
        return new Delivery.Report(
                complete,
                kept,
                why.map(Obstacle::words),
                why.map(Obstacle::remedy).orElse(""),
                parents,
                runs,
                links,
                pages,
                remarks);
    }

    private static int kept(ComparisonRecord comparison, Set<Long> delivered) {
        long missing = comparison.members().stream()
                .filter(member -> !delivered.contains(member.run().id()))
                .count();
        // where it is the parent alone that is missing, that is a run too
        return (int) Math.max(1, missing);
    }
}
