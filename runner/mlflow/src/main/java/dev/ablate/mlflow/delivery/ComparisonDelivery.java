package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.ComparisonRecord.Member;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.mlflow.client.Obstacle;
import dev.ablate.mlflow.client.ServerFailure;
import dev.ablate.mlflow.image.RunImage;
import dev.ablate.mlflow.image.RunImages;
import dev.ablate.mlflow.image.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Delivers one comparison: its parent run, and a child a member. Used by one thread. */
final class ComparisonDelivery implements AutoCloseable {

    /** How far a pass came. */
    enum Pass {
        /** All is delivered and read back. */
        COMPLETE,
        /** Something is still to come, from the store, the server or another process. */
        WAITING,
        /** What is left was refused. */
        STUCK
    }

    /** How often one looks for what another home writes while runs are trained here. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Channel channel;
    private final RunStore store;
    private final String key;

    private final Claims claims;

    private RunStore.@Nullable Lease lease;
    private @Nullable OpenComparison open;

    /** How each run stood when it was complete or refused: not looked at again until that changes. */
    private final Map<Long, Object> settled = new HashMap<>();

    /** Why the runs that were refused were, in words. */
    private final Map<Long, Obstacle> refusals = new LinkedHashMap<>();

    /** Failures in a row: what fails comes last, so that it holds up nothing else. */
    private final Map<Long, Integer> failures = new HashMap<>();

    /** How many runs another home writes, in this pass. */
    private int waiting;

    /** Whether there is another pass to come, whatever the runs came to in this one. */
    private boolean again;

    /** Whether the parent was delivered while some of its runs were still to come. */
    private boolean early;

    /** When {@link #open} was made. */
    private long opened;

    /** Runs that were refused once, and looked for on the server again. */
    private final Set<Long> lookedFor = new HashSet<>();

    private volatile Optional<OpenComparison.Pages> pages = Optional.empty();
    /** How far another process came that delivers the comparison. */
    private List<DeliveryLedger.Entry> othersEntries = List.of();

    private Optional<Obstacle> obstacle = Optional.empty();
    private volatile Optional<Obstacle> problem = Optional.empty();

    ComparisonDelivery(Channel channel, String key) {
        this.channel = channel;
        this.store = channel.store();
        this.claims = new Claims(channel);
        this.key = key;
    }

    /**
     * Delivers what the store has now.
     *
     * @param last whether nothing more will come from this process: what has not ended, and nobody trains, counts as killed
     * @throws ServerFailure that concerns more than one run, or that may pass
     */
    Pass advance(boolean last) {
        Optional<ComparisonRecord> comparison = store.comparison(key);
        if (comparison.isEmpty()) {
            return last ? Pass.STUCK : Pass.WAITING;
        }
        if (!comparison.get().tracked()) {
            return Pass.COMPLETE;
        }
        try {
            return leased(comparison.get()) ? deliver(comparison.get(), last) : Pass.WAITING;
        } catch (ServerFailure e) {
            forget();
            throw e;
        } finally {
            problem = obstacle.or(this::refusal);
        }
    }

    /** The pages that show the comparison, once the server has been reached; from any thread. */
    Optional<OpenComparison.Pages> links() {
        return pages;
    }

    /** Why it is not delivered, where it is not for want of a server; from any thread. */
    Optional<Obstacle> problem() {
        return problem;
    }

    private Optional<Obstacle> refusal() {
        int more = refusals.size() - 1;
        return refusals.values().stream()
                .findFirst()
                .map(first ->
                        more == 0 ? first : first.before(" (and " + more + (more == 1 ? " more run)" : " more runs)")));
    }

    /** Gives the comparison free for other processes. */
    @Override
    public void close() {
        if (lease != null) {
            lease.close();
            lease = null;
        }
        forget();
    }

    private boolean leased(ComparisonRecord comparison) {
        if (lease == null) {
            lease = store.lease("delivery " + channel.destination().id() + " " + comparison.experiment() + " " + key)
                    .orElse(null);
        }
        if (lease != null) {
            obstacle = Optional.empty();
            return true;
        }
        obstacle = Optional.of(Obstacle.passing("another process is delivering " + comparison.name()));
        List<DeliveryLedger.Entry> entries = DeliveryLedger.of(
                comparison, store.ledger().entries(channel.destination().id()));
        if (!entries.equals(othersEntries)) {
            othersEntries = entries;
            channel.movement().recorded();
        }
        return false;
    }

    /** What is known of the server may be wrong now: a run made or not, another database after a restart. */
    private void forget() {
        open = null;
        settled.clear();
        refusals.clear();
    }

    private Pass deliver(ComparisonRecord comparison, boolean last) {
        if (open == null) {
            try {
                open = new OpenComparison(channel, comparison, claims);
                opened = System.nanoTime();
            } catch (ServerFailure e) {
                if (e.kind() != ServerFailure.Kind.REFUSED) {
                    throw e;
                }
                obstacle = Optional.of(Obstacle.of(e));
                OpenComparison.refused(channel, comparison, DeliveryLedger.PARENT, String.valueOf(e.getMessage()));
                return Pass.STUCK;
            }
        }
        OpenComparison found = open;
        pages = Optional.of(found.pages());
        found.trashSuperseded();
        waiting = 0;
        again = false;
        boolean complete = true;
        boolean underWay = false;
        for (Member member : inOrder(comparison.members(), found.isGuest())) {
            long number = member.run().id();
            boolean running = member.run().status() == RunStatus.RUNNING;
            boolean abandoned = running && last && !store.isTrained(member.run().key());
            underWay |= running && !abandoned;
            List<Object> version = List.of(member, abandoned);
            complete &= isSettled(number, version)
                    || deliver(
                            comparison,
                            number,
                            version,
                            found,
                            RunImages.child(comparison, member, Stored.of(store, number), found.parent(), abandoned));
        }
        if (waiting == 0 && !again && early) {
            // what it shows may hang on runs that were still to come then
            settled.remove(DeliveryLedger.PARENT);
            early = false;
        }
        boolean ended = comparison.ended().isPresent() || last;
        List<Object> version = List.of(comparison, ended);
        if (ended && !isSettled(DeliveryLedger.PARENT, version)) {
            // by now it is known what is compared, and of how many runs
            found.share(comparison.members().size());
            pages = Optional.of(found.pages());
            RunImage parent = RunImages.parent(store, comparison);
            complete &= deliver(comparison, DeliveryLedger.PARENT, version, found, parent);
            early |= waiting > 0 || again;
        } else if (!ended && !complete) {
            // a comparison that is asked for again, and trains nothing, is left as it is
            deliver(comparison, DeliveryLedger.PARENT, version, found, RunImages.begunParent(comparison));
        }
        if (last && underWay) {
            obstacle = Optional.of(
                    Obstacle.passing(comparison.name() + ": runs are still being trained, by another process"));
        }
        if (waiting > 0) {
            waitsForOthers(comparison, last);
        }
        if (!last || underWay || open == null || again || waiting > 0) {
            return Pass.WAITING;
        }
        if (!complete || !refusals.isEmpty()) {
            claims.end();
            return Pass.STUCK;
        }
        if (!found.stands()) {
            lookAgain();
            return Pass.WAITING;
        }
        claims.end();
        return Pass.COMPLETE;
    }

    /** Another home writes some of the runs: looks now and then how far it came. */
    private void waitsForOthers(ComparisonRecord comparison, boolean last) {
        if (last) {
            obstacle = Optional.of(Obstacle.passing(comparison.name() + ": another home is delivering "
                    + (waiting == 1 ? "one of its runs" : waiting + " of its runs")));
            claims.waits();
        }
        if (last || System.nanoTime() - opened > LOOK.toNanos()) {
            lookAgain();
        }
    }

    /** What is known of the server is not true any more, or may soon not be. */
    private void lookAgain() {
        open = null;
        settled.keySet().removeIf(number -> number != DeliveryLedger.PARENT || !early);
    }

    /** @param turned whether the last comes first, so that two homes meet in the middle, and do not make the same all along */
    private List<Member> inOrder(List<Member> members, boolean turned) {
        List<Member> sorted = new ArrayList<>(members);
        if (turned) {
            Collections.reverse(sorted);
        }
        sorted.sort(Comparator.comparingInt(
                member -> failures.getOrDefault(member.run().id(), 0)));
        return sorted;
    }

    private boolean isSettled(long number, Object version) {
        return version.equals(settled.get(number)) && !refusals.containsKey(number);
    }

    /** Delivers a run as it now stands; returns whether it is complete. */
    private boolean deliver(
            ComparisonRecord comparison, long number, Object version, OpenComparison opened, RunImage image) {
        if (version.equals(settled.get(number))) {
            return false;
        }
        refusals.remove(number);
        try {
            DeliveryOutcome outcome = opened.run(number, image).advance(image);
            failures.remove(number);
            lookedFor.remove(number);
            switch (outcome.stage()) {
                case UNDER_WAY -> {}
                case WAITING -> waiting++;
                case LOST -> {
                    again = true;
                    lookAgain();
                }
                case SPOILT -> {
                    again = true;
                    opened.replace(number);
                }
                case DIFFERENT -> {
                    settled.put(number, version);
                    List<String> differences = outcome.differences();
                    String more = differences.size() == 1 ? "" : " (and " + (differences.size() - 1) + " more)";
                    refusals.put(
                            number, new Obstacle("run " + image.label() + ": " + differences.get(0) + more, "Then"));
                }
                case VERIFIED -> {
                    if (image.ended()) {
                        claims.moved();
                        settled.put(number, version);
                        return true;
                    }
                }
            }
        } catch (ServerFailure e) {
            if (e.passing()) {
                failures.merge(number, 1, Integer::sum);
            }
            if (e.passing() || e.kind() == ServerFailure.Kind.CLOSED) {
                throw e;
            }
            if (lookedFor.add(number)) {
                // perhaps somebody deleted it: then the next pass finds it missing, and makes another
                open = null;
                settled.clear();
            } else {
                settled.put(number, version);
                refusals.put(number, Obstacle.of(e).after("run " + image.label() + ": "));
                OpenComparison.refused(channel, comparison, number, String.valueOf(e.getMessage()));
            }
        }
        return false;
    }
}
