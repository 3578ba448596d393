package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.client.MlflowServer.Run;
import dev.ablate.mlflow.client.ServerFailure;
import dev.ablate.mlflow.image.RunImage;
import dev.ablate.mlflow.image.RunImages;
import dev.ablate.mlflow.image.SharedView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A comparison's runs on the server, as found there: looked for before any is made, since making one is not idempotent, and looked for
 * again afterwards, since others may have made the same.
 *
 * <p>It holds until the next failure. After that nobody knows whether the server made a run or not, or is another one.
 */
final class OpenComparison {

    /** The tag that holds what MLflow shows above an experiment's runs; somebody who removes the text leaves an empty one. */
    private static final String DESCRIPTION = "mlflow.note.content";

    private final Channel channel;
    private final ComparisonRecord comparison;
    private final Claims claims;
    private final String experiment;
    private final ServerRuns server;
    private Pages pages = new Pages("", "");

    /** Tags of the experiment. */
    private final Map<String, String> shown;

    /** Runs of this comparison on the server that no entry of the ledger names, by {@link ServerRuns#identity}. */
    private final Map<String, Run> unclaimed = new HashMap<>();

    /** What somebody put into the server's trash: sent again only when asked to. */
    private final Set<Long> trashed = new HashSet<>();

    private final Map<Long, RunDelivery> runs = new HashMap<>();

    /** Whether another home turned out to make runs of the comparison. */
    private boolean shared;

    /** Looks at the server, and makes experiment and parent where they are not there. */
    OpenComparison(Channel channel, ComparisonRecord comparison, Claims claims) {
        this.channel = channel;
        this.comparison = comparison;
        this.claims = claims;
        MlflowServer.Experiment found = new ExperimentFinder(channel, comparison).find(entries());
        this.experiment = found.id();
        this.server = new ServerRuns(channel, comparison.key(), experiment, claims);
        trashSuperseded();
        Map<String, Run> there = new LinkedHashMap<>();
        server.look(claimed()).values().forEach(run -> there.put(run.id(), run));
        List<DeliveryLedger.Entry> lacking = new ArrayList<>();
        for (DeliveryLedger.Entry entry : entries()) {
            Run run = there.remove(entry.remoteRun());
            if (run == null) {
                lacking.add(entry);
            } else {
                runs.put(entry.run(), delivery(entry, run, !entry.complete()));
            }
        }
        there.values().forEach(run -> unclaimed.put(ServerRuns.identity(run.tags()), run));
        lacking.forEach(this::lookFor);
        RunDelivery parent = run(DeliveryLedger.PARENT, RunImages.begunParent(comparison));
        claims.settle(parent.state());
        this.shown = new HashMap<>(found.tags());
        share(comparison.members().size());
    }

    /** Decides what becomes of a run that the search did not find. */
    private void lookFor(DeliveryLedger.Entry entry) {
        Run run;
        try {
            run = channel.server().get(entry.remoteRun());
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.MISSING) {
                throw e;
            }
            // the server never heard of it, so it is another one, or lost what it had: what the store has is delivered
            // again
            channel.ledger().remove(entry);
            return;
        }
        if (unclaimed.containsKey(ServerRuns.identity(run.tags()))) {
            channel.ledger().remove(entry);
        } else if (run.active()) {
            runs.put(entry.run(), delivery(entry, run, true));
        } else if (channel.recreate() || ServerRuns.isReplaced(run)) {
            channel.ledger().remove(entry);
        } else {
            trashed.add(entry.run());
            doubt(entry);
        }
    }

    /** What the ledger has of a run that somebody deleted is not true any more, whatever else is delivered. */
    private void doubt(DeliveryLedger.Entry entry) {
        channel.ledger()
                .put(new DeliveryLedger.Entry(
                        entry.destination(),
                        entry.experiment(),
                        entry.comparison(),
                        entry.run(),
                        entry.remoteRun(),
                        entry.pointsThrough(),
                        entry.digest(),
                        false));
        refused(channel, comparison, entry.run(), String.valueOf(deleted().getMessage()));
    }

    private ServerFailure deleted() {
        return new ServerFailure(
                ServerFailure.Kind.REFUSED,
                channel.destination().server(),
                "has the run in its trash, where somebody put it; restore it there, or have it made again: "
                        + recreation());
    }

    /** Addresses: of the page that shows the comparison, and of its parent run's. */
    record Pages(String comparison, String parent) {}

    Pages pages() {
        return pages;
    }

    /** The delivery of the parent or of an attempt; its run is made where there is none. */
    RunDelivery run(long number, RunImage image) {
        RunDelivery known = runs.get(number);
        if (known != null) {
            return known;
        }
        if (trashed.contains(number)) {
            throw deleted();
        }
        Run run = unclaimed.remove(ServerRuns.identity(image.tags()));
        boolean made = false;
        if (run == null) {
            // others may have made it since; where no other was seen that is looked for once, after it was made
            boolean parent = number == DeliveryLedger.PARENT;
            Optional<Run> there =
                    parent || shared || !claims.isAlone() ? server.find(image.tags(), Set.of()) : Optional.empty();
            if (there.isEmpty()) {
                Run created = server.create(parent, image);
                run = server.standing(created, Set.of());
                made = run.id().equals(created.id());
            } else {
                run = there.get();
            }
            if (!made) {
                // who made it is at work
                shared = true;
                server.look(claimed());
            }
        }
        DeliveryLedger.Entry entry = new DeliveryLedger.Entry(
                channel.destination().id(), comparison.experiment(), comparison.key(), number, run.id(), 0, "", false);
        channel.ledger().put(entry);
        channel.movement().recorded();
        RunDelivery delivery = delivery(entry, run, !made);
        runs.put(number, delivery);
        return delivery;
    }

    /** Puts a run into the trash, so that it is made again. */
    void replace(long number) {
        RunDelivery delivery = runs.remove(number);
        if (delivery != null) {
            server.discard(delivery.state(), "to be made again");
            entries().stream().filter(entry -> entry.run() == number).forEach(channel.ledger()::remove);
        }
    }

    /** Whether a run is the one that stays, of all that there are of its identity by now. */
    boolean stands(Run run) {
        return server.standing(run, Set.of(run.id())).id().equals(run.id());
    }

    /** Whether all runs that are delivered are those that stay; looks at the server again. */
    boolean stands() {
        Map<String, Run> staying = server.look(claimed());
        return runs.values().stream().map(RunDelivery::state).noneMatch(run -> {
            Run other = staying.get(ServerRuns.identity(run.tags()));
            return other != null && !other.id().equals(run.id());
        });
    }

    /** Whether another home made the parent. */
    boolean isGuest() {
        RunDelivery parent = runs.get(DeliveryLedger.PARENT);
        return parent != null && !claims.isOurs(parent.state(), true);
    }

    Claims claims() {
        return claims;
    }

    /** The experiment's id in MLflow. */
    String experiment() {
        return experiment;
    }

    /** The command that makes runs of the comparison again. */
    String recreation() {
        return "ablate sync " + comparison.key().substring(0, 8) + " --recreate";
    }

    /** Stores why a run was refused. */
    static void refused(Channel channel, ComparisonRecord comparison, long number, String words) {
        channel.ledger()
                .put(new DeliveryLedger.Proof(
                        channel.destination().id(),
                        comparison.experiment(),
                        comparison.key(),
                        number,
                        false,
                        "refused: " + words));
    }

    /** The id of the parent in MLflow. */
    String parent() {
        RunDelivery parent = runs.get(DeliveryLedger.PARENT);
        if (parent == null) {
            throw new IllegalStateException("the parent comes first");
        }
        return parent.id();
    }

    /** Puts runs of superseded attempts into the trash. */
    void trashSuperseded() {
        for (DeliveryLedger.Entry entry :
                channel.ledger().superseded(channel.destination().id())) {
            if (entry.comparison().equals(comparison.key())
                    && entry.experiment().equals(comparison.experiment())) {
                server.trash(entry.remoteRun());
                channel.ledger().remove(entry);
                runs.remove(entry.run());
            }
        }
    }

    /**
     * Has the server show the comparison as a view that a link names.
     *
     * @param runs how many it has by now
     */
    void share(int runs) {
        SharedView view =
                new SharedView(parent(), RunImages.compared(channel.store().effects(comparison.key())), runs);
        Links links = new Links(channel.destination().server(), experiment);
        String name = "ablate-" + comparison.key().substring(0, 16);
        String comparisons;
        try {
            tag(Links.SHARED_VIEW + name, view.value());
            if (!shown.containsKey(DESCRIPTION)) {
                tag(
                        DESCRIPTION,
                        "[The comparisons alone](" + Links.comparisons(experiment)
                                + "): one row each, without their runs.");
            }
            comparisons = links.grouped(name);
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.REFUSED) {
                throw e;
            }
            comparisons = links.ungrouped(view);
        }
        pages = new Pages(comparisons, links.run(parent()));
    }

    private void tag(String key, String value) {
        if (!value.equals(shown.get(key))) {
            channel.server().tagExperiment(experiment, key, value);
            shown.put(key, value);
        }
    }

    private RunDelivery delivery(DeliveryLedger.Entry entry, Run run, boolean doubtful) {
        return new RunDelivery(channel, this, entry, run, doubtful);
    }

    private Set<String> claimed() {
        return entries().stream().map(DeliveryLedger.Entry::remoteRun).collect(Collectors.toSet());
    }

    private List<DeliveryLedger.Entry> entries() {
        return DeliveryLedger.of(
                comparison, channel.ledger().entries(channel.destination().id()));
    }
}
