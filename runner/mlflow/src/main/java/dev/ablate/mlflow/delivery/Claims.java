package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.mlflow.client.MlflowServer.Run;
import dev.ablate.mlflow.client.ServerFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who writes which run of a comparison, where several homes deliver it to one server.
 *
 * <p>A run's points are written by the home that made the run, and by no other: points have the times of the home that trained, so the
 * points of two homes would all be there twice. Others wait while that home is at work, which it shows by a tag at the parent run that
 * changes every few seconds, and then compare what is there with what they have. A run that was left before it was whole is not
 * finished by others, but put into the trash, where the server takes no more points for it, and made again. So a home that was taken
 * for gone, and was only slow, spoils nothing: its next write is refused, it looks again, and finds the other run. How long others
 * wait decides how much is done in vain, and never what is there in the end.
 */
final class Claims {

    /** With a writer's id, the name of its tag at the parent run. */
    private static final String AT_WORK = "ablate.at_work.";

    private final Channel channel;

    /** Ids of all writers of this home. */
    private Set<String> home = Set.of();

    /** What the others' tags were, and since when, by writer. */
    private final Map<String, Seen> seen = new HashMap<>();

    /** The parent run at which this writer's tag is. */
    private @Nullable String parent;

    private long beats;
    private long lastBeat;
    private long waitingSince;
    private boolean waiting;

    Claims(Channel channel) {
        this.channel = channel;
    }

    /** A value of another's tag, and when it was first seen. */
    private record Seen(String value, long since) {}

    /** Reads who is at work from all parent runs that there are: while two homes agree on one, each tag is at some of them. */
    void observe(Collection<Run> parents) {
        home = channel.ledger().writers();
        long now = System.nanoTime();
        Set<String> present = new HashSet<>();
        for (Run each : parents) {
            each.tags().forEach((name, value) -> {
                if (name.startsWith(AT_WORK)) {
                    String writer = name.substring(AT_WORK.length());
                    present.add(writer);
                    Seen before = seen.get(writer);
                    if (before == null || !before.value().equals(value)) {
                        seen.put(writer, new Seen(value, now));
                    }
                }
            });
        }
        seen.keySet().retainAll(present);
    }

    /**
     * Whether this home made a run.
     *
     * @param claimed whether the ledger names it: older versions left no tag
     */
    boolean isOurs(Run run, boolean claimed) {
        String writer = Twins.writer(run);
        return home.contains(writer) || writer.equals(id()) || (writer.isEmpty() && claimed);
    }

    /** Whether others go first with a run that this home did not make: the one that made it while it is at work. */
    boolean isAhead(Run run) {
        return isAtWork(Twins.writer(run));
    }

    /**
     * Whether others go first with a parent run that this home did not make: all may write to it, but one after the other.
     *
     * <p>That is the one that made it, or else the first of those at work.
     */
    boolean isAheadAtParent(Run run) {
        return isAhead(run)
                || seen.keySet().stream().anyMatch(writer -> isAtWork(writer) && writer.compareTo(id()) < 0);
    }

    /** Whether no other home was at work when that was last looked at. */
    boolean isAlone() {
        return home.containsAll(seen.keySet());
    }

    private boolean isAtWork(String writer) {
        Seen last = seen.get(writer);
        return last != null
                && !home.contains(writer)
                && System.nanoTime() - last.since() < channel.silence().toNanos();
    }

    /** Tags of a new run: who makes it; of a parent, that its maker is at work, too. */
    Map<String, String> tags(boolean ofParent) {
        Map<String, String> tags = new HashMap<>();
        tags.put(Twins.WRITER, id());
        if (ofParent) {
            tags.put(AT_WORK + id(), Long.toString(++beats));
        }
        return tags;
    }

    /** This home made a parent run, or found it; what earlier processes of it left there is taken away. */
    void settle(Run run) {
        String mine = AT_WORK + id();
        if (!run.id().equals(parent)) {
            parent = run.id();
            lastBeat = System.nanoTime() - channel.silence().toNanos();
        }
        for (String name : Set.copyOf(run.tags().keySet())) {
            if (name.startsWith(AT_WORK) && !name.equals(mine) && home.contains(name.substring(AT_WORK.length()))) {
                take(run.id(), name);
                run.tags().remove(name);
            }
        }
    }

    /** Shows that this writer is at work, now and then; called before anything is written. */
    void beat() {
        String at = parent;
        Duration pause = channel.silence().dividedBy(6);
        if (at == null || System.nanoTime() - lastBeat < pause.toNanos()) {
            return;
        }
        try {
            channel.server().setTags(at, Map.of(AT_WORK + id(), Long.toString(++beats)));
            lastBeat = System.nanoTime();
        } catch (ServerFailure e) {
            if (e.passing() || e.kind() == ServerFailure.Kind.CLOSED) {
                throw e;
            }
            // the parent is in the trash: whoever delivers it sees that
        }
    }

    /** The parent run is another one: shows there that this writer is at work, before the old one goes. */
    void move(Run other) {
        if (beats > 0) {
            parent = other.id();
            lastBeat = System.nanoTime() - channel.silence().toNanos();
            beat();
        }
    }

    /** Shows that this writer has done what it can. */
    void end() {
        String at = parent;
        if (at != null && beats > 0) {
            take(at, AT_WORK + id());
            beats = 0;
            lastBeat = System.nanoTime() - channel.silence().toNanos();
        }
    }

    /** Another goes first: for a while that counts as movement, as it ends by itself. */
    void waits() {
        long now = System.nanoTime();
        if (!waiting) {
            waiting = true;
            waitingSince = now;
        }
        if (now - waitingSince < 2 * channel.silence().toNanos()) {
            channel.movement().recorded();
        }
    }

    /** What was waited for came. */
    void moved() {
        waiting = false;
    }

    private void take(String run, String tag) {
        try {
            channel.server().deleteTag(run, tag);
        } catch (ServerFailure e) {
            // then it stays, and is silent
        }
    }

    private String id() {
        return channel.writer().get();
    }

    /** The id of one who writes to a server, made when first asked for; no other process has it, of this home or another. */
    static final class WriterId {

        private final DeliveryLedger ledger;
        private @Nullable String id;

        WriterId(DeliveryLedger ledger) {
            this.ledger = ledger;
        }

        synchronized String get() {
            String known = id;
            if (known == null) {
                known = ledger.newWriter();
                id = known;
            }
            return known;
        }
    }
}
