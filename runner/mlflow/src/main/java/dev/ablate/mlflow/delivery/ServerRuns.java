package dev.ablate.mlflow.delivery;

import dev.ablate.mlflow.client.MlflowServer.Run;
import dev.ablate.mlflow.client.ServerFailure;
import dev.ablate.mlflow.image.RunImage;
import dev.ablate.mlflow.image.RunImages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runs of one comparison on the server: searched, made, and put into the trash where there are several of one identity. */
final class ServerRuns {

    /** The tag of a run that Ablate put into the trash for another one of its identity; a person leaves none. */
    private static final String REPLACED = "ablate.replaced";

    private final Channel channel;
    private final String comparison;
    private final String experiment;
    private final Claims claims;

    /** Start times of children, in milliseconds: the server lists runs of one time in random order. */
    private final Set<Long> starts = new HashSet<>();

    /**
     * @param comparison its key
     * @param experiment the experiment's id in MLflow
     */
    ServerRuns(Channel channel, String comparison, String experiment, Claims claims) {
        this.channel = channel;
        this.comparison = comparison;
        this.experiment = experiment;
        this.claims = claims;
    }

    /** What a run is of the comparison: the parent, or the child of a key. */
    static String identity(Map<String, String> tags) {
        return tags.getOrDefault(RunImages.ROLE, "") + " " + tags.getOrDefault(RunImages.KEY, "");
    }

    /** Whether Ablate put a run into the trash, and not a person. */
    static boolean isReplaced(Run run) {
        return run.tags().containsKey(REPLACED);
    }

    /**
     * The comparison's runs by {@link #identity}: of several with one the one that stays.
     *
     * @param claimed the ids of runs that the ledger names
     */
    Map<String, Run> look(Set<String> claimed) {
        Map<String, List<Run>> alike = new LinkedHashMap<>();
        for (Run run : channel.server().search(experiment, Map.of(RunImages.COMPARISON, comparison))) {
            alike.computeIfAbsent(identity(run.tags()), identity -> new ArrayList<>())
                    .add(run);
        }
        claims.observe(alike.values().stream()
                .flatMap(List::stream)
                .filter(run -> isParent(run.tags()))
                .toList());
        Map<String, Run> found = new LinkedHashMap<>();
        starts.clear();
        alike.forEach((identity, each) -> {
            Run winner = winner(each, claimed);
            found.put(identity, winner);
            starts.add(winner.start());
        });
        return found;
    }

    /** The run that stays, of all that there are of one's identity by now. */
    Run standing(Run run, Set<String> claimed) {
        return find(run.tags(), claimed).orElse(run);
    }

    /** The run of an identity that stays, if there is any by now. */
    Optional<Run> find(Map<String, String> identity, Set<String> claimed) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(RunImages.COMPARISON, comparison);
        tags.put(RunImages.ROLE, identity.getOrDefault(RunImages.ROLE, ""));
        if (!isParent(identity)) {
            tags.put(RunImages.KEY, identity.getOrDefault(RunImages.KEY, ""));
        }
        List<Run> alike = channel.server().search(experiment, tags);
        return alike.isEmpty() ? Optional.empty() : Optional.of(winner(alike, claimed));
    }

    private Run winner(List<Run> alike, Set<String> claimed) {
        Twins twins = Twins.of(
                alike, run -> claims.isOurs(run, claimed.contains(run.id())), run -> claimed.contains(run.id()));
        for (Run loser : twins.trash()) {
            if (isParent(loser.tags())) {
                claims.move(twins.winner());
            }
            discard(loser, twins.winner().id());
        }
        return twins.winner();
    }

    /** Makes a run; not idempotent, and others may make the same meanwhile: {@link #standing} knows. */
    Run create(boolean parent, RunImage image) {
        long start = image.start().toEpochMilli();
        while (!parent && !starts.add(start)) {
            start++;
        }
        Map<String, String> tags = new LinkedHashMap<>(image.tags());
        if (!parent) {
            claims.beat();
        }
        tags.putAll(claims.tags(parent));
        return channel.server().create(experiment, image.label(), Instant.ofEpochMilli(start), tags);
    }

    /**
     * Puts a run into the trash, and leaves word there that it was not a person who did so.
     *
     * @param word what for
     */
    void discard(Run run, String word) {
        try {
            channel.server().setTags(run.id(), Map.of(REPLACED, word));
        } catch (ServerFailure e) {
            if (e.passing() || e.kind() == ServerFailure.Kind.CLOSED) {
                throw e;
            }
            // it is in the trash already
        }
        trash(run.id());
    }

    /** Puts a run into the trash, if it is not there, with those that its program began. */
    void trash(String run) {
        new FurtherRuns(channel, experiment, run).trash();
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

    private static boolean isParent(Map<String, String> tags) {
        return tags.getOrDefault(RunImages.ROLE, "").equals("parent");
    }
}
