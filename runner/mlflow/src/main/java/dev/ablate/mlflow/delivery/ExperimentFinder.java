package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.client.MlflowServer.Experiment;
import dev.ablate.mlflow.client.ServerFailure;
import java.util.List;
import java.util.Optional;

/**
 * Finds the MLflow experiment of a comparison: by its id, as people rename experiments; by its name where the id is not known yet.
 *
 * <p>An id alone may mean another experiment in another database, so the time when it was made is kept too. An older ledger has no ids:
 * they are learned from the runs that it knows.
 */
final class ExperimentFinder {

    /** MLflow makes it first in each database. */
    private static final String FIRST = "0";

    /** Runs of an older ledger that are asked for: where the server has none of them, it is another one. */
    private static final int MOST_ASKED = 4;

    private final Channel channel;
    private final MlflowServer server;
    private final ComparisonRecord comparison;
    private final String name;

    ExperimentFinder(Channel channel, ComparisonRecord comparison) {
        this.channel = channel;
        this.server = channel.server();
        this.comparison = comparison;
        this.name = comparison.experiment();
    }

    /**
     * The experiment, made if it never was.
     *
     * @param entries what the ledger has of the comparison
     * @throws ServerFailure also where a person deleted it
     */
    Experiment find(List<DeliveryLedger.Entry> entries) {
        Optional<Experiment> known = known(entries);
        return known.isPresent() ? known.get() : byName();
    }

    private Optional<Experiment> known(List<DeliveryLedger.Entry> entries) {
        Optional<DeliveryLedger.Place> place =
                channel.ledger().place(channel.destination().id(), name);
        if (place.isEmpty()) {
            Optional<Experiment> learned = learned(entries);
            learned.ifPresent(this::note);
            return learned.flatMap(this::usable);
        }
        Optional<Experiment> there = server.experimentOf(place.get().id())
                .filter(found -> place.get().created() == 0
                        || found.created() == 0
                        || found.created() == place.get().created());
        if (there.isPresent()) {
            return usable(there.get());
        }
        if (!channel.recreate()
                && place.get().origin() != 0
                && origin() == place.get().origin()) {
            throw refusal("no longer has the experiment " + name + " (its id was "
                    + place.get().id() + "): it was deleted for good; to have it made again: ablate sync " + key()
                    + " --recreate");
        }
        // another database, or one that went back to an older state
        channel.ledger().remove(place.get());
        return Optional.empty();
    }

    /** The experiment of a run that an older ledger knows. */
    private Optional<Experiment> learned(List<DeliveryLedger.Entry> entries) {
        for (DeliveryLedger.Entry entry : entries.subList(0, Math.min(MOST_ASKED, entries.size()))) {
            try {
                return server.experimentOf(server.get(entry.remoteRun()).experiment());
            } catch (ServerFailure e) {
                if (e.kind() != ServerFailure.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    /** The experiment, unless it lies in the trash and is to be made again. */
    private Optional<Experiment> usable(Experiment found) {
        if (!found.active()) {
            if (channel.recreate() && !found.name().equals(name)) {
                channel.ledger().place(channel.destination().id(), name).ifPresent(channel.ledger()::remove);
                return Optional.empty();
            }
            throw deleted(found);
        }
        if (!found.name().equals(name)) {
            boolean another = server.experiment(name).filter(Experiment::active).isPresent();
            channel.remarks()
                    .add("The experiment " + name + " is called " + found.name()
                            + " in MLflow now, and its runs join it there."
                            + (another
                                    ? " Another one is called " + name
                                            + ": to begin in that one, give it a name of its own and set track.mlflow.experiment."
                                    : ""));
        }
        return Optional.of(found);
    }

    private Experiment byName() {
        Experiment found = server.experiment(name).orElseGet(this::made);
        if (!found.active()) {
            throw deleted(found);
        }
        note(found);
        return found;
    }

    private Experiment made() {
        try {
            server.createExperiment(name);
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.REFUSED) {
                throw e;
            }
            // perhaps somebody was faster
            return server.experiment(name).orElseThrow(() -> e);
        }
        return server.experiment(name)
                .orElseThrow(() -> new ServerFailure(
                        ServerFailure.Kind.BUSY,
                        channel.destination().server(),
                        "does not know the experiment " + name + " that it has just made"));
    }

    private void note(Experiment found) {
        channel.ledger()
                .put(new DeliveryLedger.Place(channel.destination().id(), name, found.id(), found.created(), origin()));
    }

    /** When the database was made; 0 if that cannot be learned. */
    private long origin() {
        try {
            return server.experimentOf(FIRST).map(Experiment::created).orElse(0L);
        } catch (ServerFailure e) {
            if (e.passing()) {
                throw e;
            }
            return 0;
        }
    }

    private ServerFailure deleted(Experiment found) {
        String called = found.name().equals(name) ? "" : " (called " + found.name() + " there)";
        return refusal("has the experiment " + name + called
                + " in its trash; restore it there (mlflow experiments restore -x " + found.id()
                + "), or name another in the spec: track.mlflow.experiment");
    }

    private ServerFailure refusal(String words) {
        return new ServerFailure(
                ServerFailure.Kind.REFUSED, channel.destination().server(), words);
    }

    private String key() {
        return comparison.key().substring(0, 8);
    }
}
