package dev.ablate.runner.mlflow;

import dev.ablate.runner.mlflow.client.MlflowServer;
import dev.ablate.runner.mlflow.client.ServerFailure;
import dev.ablate.runner.mlflow.image.RunImage;
import dev.ablate.runner.mlflow.image.RunImages;
import dev.ablate.runner.runs.ComparisonRecord;
import dev.ablate.runner.runs.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A comparison's runs on the server, as found there: looked for before any is made, since making one is not idempotent.
 *
 * <p>It holds until the next failure. After that nobody knows whether the server made a run or not, or is another one.
 */
final class OpenComparison {

    /** The parent's number where attempts are numbered. */
    static final long PARENT = 0;

    private final Channel channel;
    private final ComparisonRecord comparison;
    private final String experiment;
    private final Pages pages;

    /** Runs of this comparison on the server that no entry of the ledger names, by {@link #identity}. */
    private final Map<String, MlflowServer.Run> unclaimed = new HashMap<>();

    /** What somebody put into the server's trash: sent again only when asked to. */
    private final Map<Long, Ledger.Entry> trashed = new HashMap<>();

    /** Start times of children, in milliseconds: the server lists runs of one time in random order. */
    private final Set<Long> starts = new HashSet<>();

    private final Map<Long, RunDelivery> runs = new HashMap<>();

    /** Looks at the server, and makes experiment and parent where they are not there. */
    OpenComparison(Channel channel, ComparisonRecord comparison) {
        this.channel = channel;
        this.comparison = comparison;
        MlflowServer.Experiment found = experiment();
        this.experiment = found.id();
        trashSuperseded();
        Map<String, MlflowServer.Run> there = find();
        List<Ledger.Entry> lacking = new ArrayList<>();
        for (Ledger.Entry entry : entries()) {
            MlflowServer.Run run = there.remove(entry.mlflowRun());
            if (run == null) {
                lacking.add(entry);
            } else {
                runs.put(entry.run(), delivery(entry, run, !entry.complete()));
            }
        }
        there.values().forEach(run -> unclaimed.put(identity(run.tags()), run));
        lacking.forEach(this::lookFor);
        RunDelivery parent = run(PARENT, RunImages.parent(comparison, Map.of(), false));
        this.pages = share(found, parent.id());
    }

    /** Decides what becomes of a run that the search did not find. */
    private void lookFor(Ledger.Entry entry) {
        MlflowServer.Run run;
        try {
            run = channel.server().get(entry.mlflowRun());
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.MISSING) {
                throw e;
            }
            // the server never heard of it, so it is another one, or lost what it had: what the store has is delivered
            // anew
            channel.store().ledger().remove(entry);
            return;
        }
        if (run.active()) {
            runs.put(entry.run(), delivery(entry, run, true));
        } else if (channel.recreate() || unclaimed.containsKey(identity(run.tags()))) {
            channel.store().ledger().remove(entry);
        } else {
            trashed.put(entry.run(), entry);
        }
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
        Ledger.Entry deleted = trashed.get(number);
        if (deleted != null) {
            throw new ServerFailure(
                    ServerFailure.Kind.REFUSED,
                    channel.destination().server(),
                    "has the run in its trash, where somebody put it; restore it there, or have it made anew: ablate sync "
                            + comparison.key().substring(0, 8) + " --recreate");
        }
        MlflowServer.Run run = unclaimed.remove(identity(image.tags()));
        boolean adopted = run != null;
        if (run == null) {
            run = create(number, image);
        }
        Ledger.Entry entry = new Ledger.Entry(
                channel.destination().id(), comparison.experiment(), comparison.key(), number, run.id(), 0, "", false);
        channel.store().ledger().put(entry);
        channel.movement().recorded();
        RunDelivery made = delivery(entry, run, adopted);
        runs.put(number, made);
        return made;
    }

    /** Stores why a run was refused. */
    static void refused(Channel channel, ComparisonRecord comparison, long number, String words) {
        channel.store()
                .ledger()
                .put(new Ledger.Proof(
                        channel.destination().id(),
                        comparison.experiment(),
                        comparison.key(),
                        number,
                        false,
                        "refused: " + words));
    }

    /** The id of the parent in MLflow. */
    String parent() {
        RunDelivery parent = runs.get(PARENT);
        if (parent == null) {
            throw new IllegalStateException("the parent comes first");
        }
        return parent.id();
    }

    /** Puts runs of superseded attempts into the trash. */
    void trashSuperseded() {
        for (Ledger.Entry entry :
                channel.store().ledger().superseded(channel.destination().id())) {
            if (entry.comparison().equals(comparison.key())
                    && entry.experiment().equals(comparison.experiment())) {
                trash(entry.mlflowRun());
                channel.store().ledger().remove(entry);
                runs.remove(entry.run());
            }
        }
    }

    /** Puts runs that the server made more than once into the trash; a request that was given up may be fulfilled late. */
    void trashDuplicates() {
        find();
    }

    private MlflowServer.Experiment experiment() {
        String name = comparison.experiment();
        MlflowServer server = channel.server();
        MlflowServer.Experiment found = server.experiment(name).orElseGet(() -> {
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
        });
        if (!found.active()) {
            throw new ServerFailure(
                    ServerFailure.Kind.REFUSED,
                    channel.destination().server(),
                    "has the experiment " + name + " in its trash; restore it there (mlflow experiments restore -x "
                            + found.id() + "), or name another in the spec: track.mlflow.experiment");
        }
        return found;
    }

    /** The comparison's runs by id, each once: of several with one identity the first stays, the others go into the trash. */
    private Map<String, MlflowServer.Run> find() {
        Set<String> claimed = entries().stream().map(Ledger.Entry::mlflowRun).collect(Collectors.toSet());
        Map<String, List<MlflowServer.Run>> alike = new LinkedHashMap<>();
        for (MlflowServer.Run run : channel.server().search(experiment, RunImages.COMPARISON, comparison.key())) {
            alike.computeIfAbsent(identity(run.tags()), identity -> new ArrayList<>())
                    .add(run);
        }
        Map<String, MlflowServer.Run> found = new LinkedHashMap<>();
        starts.clear();
        for (List<MlflowServer.Run> each : alike.values()) {
            each.sort(Comparator.<MlflowServer.Run, Boolean>comparing(run -> !claimed.contains(run.id()))
                    .thenComparing(MlflowServer.Run::start)
                    .thenComparing(MlflowServer.Run::id));
            found.put(each.get(0).id(), each.get(0));
            starts.add(each.get(0).start());
            each.subList(1, each.size()).forEach(run -> trash(run.id()));
        }
        return found;
    }

    private MlflowServer.Run create(long number, RunImage image) {
        long start = image.start().toEpochMilli();
        while (number != PARENT && !starts.add(start)) {
            start++;
        }
        Map<String, String> tags = new LinkedHashMap<>(image.tags());
        if (number != PARENT) {
            channel.commit().ifPresent(commit -> tags.put("mlflow.source.git.commit", commit));
        }
        return channel.server().create(experiment, image.label(), Instant.ofEpochMilli(start), tags);
    }

    private void trash(String run) {
        try {
            channel.server().delete(run);
        } catch (ServerFailure e) {
            boolean gone = e.kind() == ServerFailure.Kind.MISSING
                    || (e.kind() == ServerFailure.Kind.REFUSED
                            && !channel.server().get(run).active());
            if (!gone) {
                throw e;
            }
        }
    }

    private Pages share(MlflowServer.Experiment found, String parent) {
        Links links = new Links(channel.destination().server(), experiment);
        String name = "ablate-" + comparison.key().substring(0, 16);
        String value = Links.view(parent);
        try {
            if (!value.equals(found.tags().get(Links.SHARED_VIEW + name))) {
                channel.server().tagExperiment(experiment, Links.SHARED_VIEW + name, value);
            }
            return new Pages(links.grouped(name), links.run(parent));
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.REFUSED) {
                throw e;
            }
            return new Pages(links.ungrouped(parent), links.run(parent));
        }
    }

    private RunDelivery delivery(Ledger.Entry entry, MlflowServer.Run run, boolean doubtful) {
        return new RunDelivery(channel, experiment, entry, run, doubtful);
    }

    private List<Ledger.Entry> entries() {
        return entries(channel.store().ledger().entries(channel.destination().id()), comparison);
    }

    /** Of all that the ledger has of a destination, what belongs to a comparison. */
    static List<Ledger.Entry> entries(List<Ledger.Entry> all, ComparisonRecord comparison) {
        return all.stream()
                .filter(entry -> entry.comparison().equals(comparison.key())
                        && entry.experiment().equals(comparison.experiment()))
                .toList();
    }

    private static String identity(Map<String, String> tags) {
        return tags.getOrDefault(RunImages.ROLE, "") + " " + tags.getOrDefault(RunImages.KEY, "");
    }
}
