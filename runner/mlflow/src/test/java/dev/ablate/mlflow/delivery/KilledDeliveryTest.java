package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.delivery.FaultyServer.Pass;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that trains and delivers, and is killed. */
@ManagedMlflow
@Order(8)
class KilledDeliveryTest {

    /** Of the 60 or so requests that an undisturbed program makes; it trains until the 20th or so. */
    private static final int LAST_MOMENT = 45;

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;
    private final Reliability.Row row = new Reliability.Row("the program killed (SIGKILL)");
    private final AtomicInteger inTraining = new AtomicInteger();

    KilledDeliveryTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @Test
    void theNextRunOrSyncDeliversTheRest() throws Exception {
        int kills = Reliability.times("kills", 10);
        SplittableRandom random = new SplittableRandom(20_261_122);
        List<Callable<Void>> tries = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            int number = kill;
            int moment = random.nextInt(2, LAST_MOMENT);
            boolean reached = random.nextBoolean();
            tries.add(() -> {
                play(number, moment, reached);
                return null;
            });
        }
        try {
            Reliability.play("kills of the program", 2, tries);
        } finally {
            Reliability.write("2-program.md", List.of(row));
        }
        assertThat(row.problems()).isEmpty();
        assertThat(row.tries()).isEqualTo(kills);
        if (kills >= 10) {
            assertThat(inTraining.get()).isBetween(1, kills - 1);
        }
    }

    /**
     * Kills by SIGKILL, at a request.
     *
     * @param reached whether that has reached the server, or not
     */
    private void play(int kill, int moment, boolean reached) {
        String name = "kill " + kill;
        Path folder = home.resolve("kill-" + kill);
        AtomicInteger requests = new AtomicInteger();
        CountDownLatch due = new CountDownLatch(1);
        CountDownLatch dead = new CountDownLatch(1);
        FaultyServer.Mood killing = (method, path, body) -> {
            if (requests.incrementAndGet() < moment) {
                return new Pass();
            }
            due.countDown();
            if (!reached) {
                awaitQuietly(dead);
                return new FaultyServer.Break();
            }
            return new FaultyServer.Lose();
        };
        try (FaultyServer faulty = new FaultyServer(server, killing)) {
            Process victim = DeliveringProcess.start(folder, name, faulty.address());
            boolean arrived = false;
            while (!arrived && victim.isAlive()) {
                arrived = due.await(50, TimeUnit.MILLISECONDS);
            }
            victim.destroyForcibly();
            victim.waitFor();
            dead.countDown();
            if (requests.get() < moment) {
                row.fail(name, "the program ended by itself: " + Files.readString(DeliveringProcess.log(folder)));
                return;
            }
            faulty.change((method, path, body) -> new Pass());
            recover(name, folder, Lab.at(faulty.address()), kill % 2 == 0);
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            row.fail(name, e.toString());
        }
    }

    /** @param synced whether what is there is delivered before the rest is trained */
    private void recover(String name, Path folder, Endpoint destination, boolean synced) {
        try (Lab lab = DeliveringProcess.lab(folder, name)) {
            if (lab.store
                    .comparison(lab.plan.key())
                    .map(KilledDeliveryTest::isFinished)
                    .filter(finished -> finished)
                    .isEmpty()) {
                inTraining.incrementAndGet();
            }
            long begin = System.nanoTime();
            boolean recorded = lab.store.comparison(lab.plan.key()).isPresent();
            if (synced && recorded) {
                Delivery.Report report = lab.sync(destination, Duration.ofSeconds(60));
                report.problem().ifPresent(problem -> row.fail(name, problem));
                row.add(name + ", synced", StoreOnServer.of(lab, rest));
            }
            Delivery.Report report = lab.run(destination);
            double seconds = (System.nanoTime() - begin) / 1e9;
            report.problem().ifPresent(problem -> row.fail(name, problem));
            row.add(name, 1, StoreOnServer.of(lab, rest), seconds);
        }
    }

    private static boolean isFinished(ComparisonRecord comparison) {
        return comparison.members().size() == 2
                && comparison.members().stream().allMatch(member -> member.run().status() == RunStatus.FINISHED);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the program was not killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
