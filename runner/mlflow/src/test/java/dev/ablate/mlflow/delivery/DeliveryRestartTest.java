package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Sync;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.delivery.FaultyServer.Pass;
import dev.ablate.mlflow.server.KillableServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own, which is killed. */
@ManagedMlflow
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the server is started again by a fork")
class DeliveryRestartTest {

    /** Of a run that is filled by hand: three of its four batches are full. */
    private static final int STEPS = 1_100;

    /** Of the 60 or so requests of a delivery. */
    private static final int LAST_MOMENT = 40;

    @TempDir
    private Path home;

    private final Reliability.Row row = new Reliability.Row("the server killed (SIGKILL) and started again");

    @Test
    void deliversOnceInSpiteOfAKilledServer() throws Exception {
        int kills = Reliability.times("server_kills", 5);
        SplittableRandom random = new SplittableRandom(20_261_122);
        Map<String, Lab> labs = new LinkedHashMap<>();
        try (KillableServer server = KillableServer.begin(home.resolve("server"), MlflowExtension.shared())) {
            server.start();
            Rest rest = new Rest(server.address());
            List<Runnable> tries = new ArrayList<>();
            for (int kill = 0; kill < kills; kill++) {
                String name = "server kill " + kill;
                Path folder = home.resolve("kill-" + kill);
                boolean trains = kill % 2 == 0;
                Lab lab = trains
                        ? Lab.training(folder, name, List.of(1L), 60, Duration.ofMillis(10))
                        : new Lab(folder, name, List.of(1L));
                labs.put(name, lab);
                int moment = random.nextInt(2, LAST_MOMENT);
                // up to about as long as a request takes
                long delay = random.nextLong(TimeUnit.MILLISECONDS.toNanos(20));
                tries.add(() -> play(server, rest, name, lab, trains, moment, delay));
            }
            try {
                Reliability.play(
                        "kills of the server",
                        1,
                        tries.stream().map(Executors::callable).toList());
                // nor did a later kill take anything away
                labs.forEach((name, lab) -> row.add(name + ", in the end", StoreOnServer.of(lab, rest)));
            } finally {
                Reliability.write("3-server.md", List.of(row));
            }
        } finally {
            labs.values().forEach(Lab::close);
        }
        assertThat(row.problems()).isEmpty();
        assertThat(row.tries()).isEqualTo(kills);
    }

    /**
     * Kills the server at a request.
     *
     * @param trains whether delivery goes on meanwhile, beside the training; else it ends, and the next one delivers the rest
     * @param delay in nanoseconds, after the request arrived
     */
    private void play(KillableServer server, Rest rest, String name, Lab lab, boolean trains, int moment, long delay) {
        AtomicInteger requests = new AtomicInteger();
        CountDownLatch due = new CountDownLatch(1);
        FaultyServer.Mood counting = (method, path, body) -> {
            if (requests.incrementAndGet() == moment) {
                due.countDown();
            }
            return new Pass();
        };
        try (FaultyServer faulty = new FaultyServer(server.address(), counting)) {
            Endpoint destination = Lab.at(faulty.address());
            Delivery.Report report;
            long begin;
            if (trains) {
                Future<Delivery.Report> going = Lab.meanwhile(() -> lab.run(destination));
                await(due);
                LockSupport.parkNanos(delay);
                server.kill();
                faulty.leave();
                server.start();
                begin = System.nanoTime();
                faulty.comeBack();
                report = going.get();
            } else {
                lab.trainAll(STEPS);
                try (Delivery delivery = lab.begin(destination)) {
                    delivery.watch(lab.plan.key());
                    await(due);
                    LockSupport.parkNanos(delay);
                    server.kill();
                    faulty.leave();
                    Delivery.Report broken = delivery.finish(Duration.ofSeconds(1));
                    if (broken.undelivered() == 0
                            || !broken.problem().orElse("").startsWith("MLflow at " + faulty.address() + " ")) {
                        row.fail(name, "took no notice of the kill: " + broken);
                    }
                }
                server.start();
                begin = System.nanoTime();
                faulty.comeBack();
                if (new Sync(lab.store, Lab.TRACKER, destination).pending().size() != 1) {
                    row.fail(name, "nothing was left to deliver");
                }
                report = lab.sync(destination, Duration.ofSeconds(60));
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            report.problem().ifPresent(problem -> row.fail(name, problem));
            row.add(name, 1, StoreOnServer.of(lab, rest), seconds);
        } catch (Exception | AssertionError e) {
            row.fail(name, e.toString());
        }
    }

    private static void await(CountDownLatch due) throws InterruptedException {
        if (!due.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the request at which to kill did not come");
        }
    }
}
