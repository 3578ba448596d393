package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.StoreException;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.mlflow.client.Backoff;
import dev.ablate.mlflow.client.Capabilities;
import dev.ablate.mlflow.client.Connection;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.client.Movement;
import dev.ablate.mlflow.client.Obstacle;
import dev.ablate.mlflow.client.ServerFailure;
import dev.ablate.mlflow.delivery.ComparisonDelivery.Pass;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the store now and then, on its one thread, and delivers what is new in the watched comparisons. */
final class StoreDelivery implements Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(StoreDelivery.class);

    private static final int MOST_STRANGERS = 3;

    private final RunStore store;
    private final Endpoint destination;
    private final Pace pace;
    private final Backoff backoff;
    private final Connection connection;
    private final Movement movement;
    private final Channel channel;
    private final Thread thread;

    // all below is guarded by this

    private final Map<String, ComparisonDelivery> watched = new LinkedHashMap<>();
    private final Map<String, Pass> passes = new HashMap<>();

    /** Comparisons of which the store has all that this process will give it. */
    private final Set<String> last = new HashSet<>();

    private boolean closed;
    private boolean nudged;

    /** Why the last pass was broken off; empty while all goes well. */
    private Optional<Obstacle> failure = Optional.empty();

    /** Whether the last failure was one that does not pass. */
    private boolean hopeless;

    /** Answers in a row that were not MLflow's: one may be a gateway's while its server restarts. */
    private int strangers;

    /** Refused connections since {@link #finish} was called, where there never was another answer. */
    private int absences;

    StoreDelivery(RunStore store, Endpoint destination, boolean recreate, Pace pace) {
        this.store = store;
        this.destination = destination;
        this.pace = pace;
        this.backoff = new Backoff(pace.firstPause(), pace.lastPause(), pace.seed());
        this.connection = new Connection(destination);
        this.movement = connection.movement();
        this.channel = new Channel(
                store,
                connection,
                recreate,
                new Capabilities(destination.server(), connection::version),
                new Remarks(),
                new Claims.WriterId(store.ledger()),
                pace.silence());
        this.thread = new Thread(this::work, "ablate-delivery");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /**
     * How fast it goes about it.
     *
     * @param poll between two looks into the store
     * @param firstPause after a first failure, about
     * @param lastPause after many, at most
     * @param seed of the jitter in these pauses
     * @param silence how long another home may say nothing before what it left is taken over
     */
    record Pace(Duration poll, Duration firstPause, Duration lastPause, long seed, Duration silence) {
        static final Pace USUAL = new Pace(
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                ProcessHandle.current().pid(),
                Duration.ofSeconds(30));
    }

    @Override
    public Endpoint destination() {
        return destination;
    }

    @Override
    public synchronized void watch(String comparison) {
        last.remove(comparison);
        passes.remove(comparison);
        watched.computeIfAbsent(comparison, key -> new ComparisonDelivery(channel, key));
        nudge();
    }

    @Override
    public Report finish(Duration patience) {
        synchronized (this) {
            last.addAll(watched.keySet());
            passes.clear();
            absences = 0;
            strangers = 0;
            hopeless = false;
            backoff.reset();
            movement.begin();
            nudge();
            try {
                while (!isOver()) {
                    Duration left = patience.minus(movement.idle());
                    if (left.isNegative()) {
                        break;
                    }
                    wait(left.toMillis() + 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Obstacle silence = new Obstacle(
                    "MLflow at " + destination.server() + " has not answered for " + patience.toSeconds() + " s",
                    "When it is up");
            return new Reporter(store, destination).report(watched, passes, failure, silence, remarks());
        }
    }

    private List<String> remarks() {
        return Stream.concat(channel.capabilities().remarks().stream(), channel.remarks().all().stream())
                .toList();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        // no interrupt: it might meet the store at work
        connection.close();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void nudge() {
        nudged = true;
        notifyAll();
    }

    private boolean isOver() {
        // at the second refusal in a row: the server may have been about to listen
        return closed
                || hopeless
                || (!movement.ever() && absences >= 2)
                || watched.keySet().stream().allMatch(key -> {
                    Pass pass = passes.get(key);
                    return pass == Pass.COMPLETE || pass == Pass.STUCK;
                });
    }

    private void work() {
        try {
            boolean known = false;
            while (true) {
                Duration pause = pace.poll();
                try {
                    if (!known && !isIdle()) {
                        String version = connection.version();
                        LOG.debug("MLflow {} at {}", version, destination.server());
                        known = true;
                    }
                    pass();
                    succeeded();
                } catch (ServerFailure e) {
                    known = false;
                    pause = failed(e);
                }
                if (!rest(pause)) {
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            dies(e);
        } finally {
            synchronized (this) {
                watched.values().forEach(ComparisonDelivery::close);
                closed = true;
                notifyAll();
            }
        }
    }

    private synchronized boolean isIdle() {
        return watched.isEmpty();
    }

    /** Looks once into each watched comparison that is not complete yet. */
    private void pass() {
        Map<String, Boolean> due = new LinkedHashMap<>();
        synchronized (this) {
            watched.keySet().stream()
                    .filter(key -> passes.get(key) != Pass.COMPLETE || !last.contains(key))
                    .forEach(key -> due.put(key, last.contains(key)));
        }
        Optional<ServerFailure> busy = Optional.empty();
        for (Map.Entry<String, Boolean> each : due.entrySet()) {
            ComparisonDelivery delivery;
            synchronized (this) {
                delivery = watched.get(each.getKey());
            }
            if (delivery == null) {
                continue;
            }
            Pass pass;
            try {
                pass = delivery.advance(each.getValue());
            } catch (ServerFailure e) {
                if (e.kind() != ServerFailure.Kind.BUSY) {
                    throw e;
                }
                // perhaps with this comparison alone
                busy = busy.or(() -> Optional.of(e));
                continue;
            }
            if (pass == Pass.COMPLETE) {
                delivery.close();
            }
            synchronized (this) {
                if (last.contains(each.getKey()) == each.getValue()) {
                    passes.put(each.getKey(), pass);
                    notifyAll();
                }
            }
        }
        if (busy.isPresent()) {
            throw busy.get();
        }
    }

    private synchronized void succeeded() {
        backoff.reset();
        hopeless = false;
        strangers = 0;
        failure = Optional.empty();
    }

    /** Returns how long to leave the server alone. */
    private synchronized Duration failed(ServerFailure e) {
        failure = Optional.of(Obstacle.of(e));
        if (movement.failed()) {
            // a failure now and then, in a delivery that goes on, is not one after the other
            backoff.reset();
            strangers = 0;
        }
        strangers = e.kind() == ServerFailure.Kind.FOREIGN ? strangers + 1 : 0;
        hopeless = !e.passing() || strangers >= MOST_STRANGERS;
        if (e.kind() == ServerFailure.Kind.ABSENT) {
            absences++;
        }
        LOG.debug("delivery pauses", e);
        notifyAll();
        return backoff.next();
    }

    /** The store cannot be read, or there is a bug: training goes on, and the store keeps what it has. */
    private synchronized void dies(Throwable e) {
        if (closed) {
            return;
        }
        if (!(e instanceof StoreException)) {
            LOG.error("delivery to {} ended", destination.server(), e);
        }
        failure = Optional.of(new Obstacle("delivery ended: " + e.getMessage(), "Then"));
    }

    /** Waits for the next pass; false: there is none. */
    private synchronized boolean rest(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            while (!closed && !nudged) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            return false;
        }
        nudged = false;
        return !closed;
    }
}
