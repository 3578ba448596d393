package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Sync;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.delivery.FaultSchedule.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults by the seed: whatever happens, in the end the server has what the store has, each thing once. */
@ManagedMlflow
@Order(1)
class FaultSchedulesTest {

    private static final int MOST_FAULTS = 4;

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;

    FaultSchedulesTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @Test
    void losesNothingAndDoublesNothingUnderAnySchedule() throws Exception {
        List<List<Fault>> kinds = new ArrayList<>();
        Map<List<Fault>, Reliability.Row> rows = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            kinds.add(List.of(fault));
            rows.put(List.of(fault), new Reliability.Row(fault.words));
        }
        kinds.add(List.of(Fault.values()));
        rows.put(List.of(Fault.values()), new Reliability.Row("all of these, mixed"));
        List<Callable<Void>> schedules = new ArrayList<>();
        for (int seed = 0; seed < Reliability.times("schedules", 40); seed++) {
            List<Fault> faults = kinds.get(seed % kinds.size());
            Reliability.Row row = Objects.requireNonNull(rows.get(faults));
            // of each kind every third one trains meanwhile
            boolean trains = seed / kinds.size() % 3 == 0;
            int number = seed;
            schedules.add(() -> {
                play(number, faults, trains, row);
                return null;
            });
        }
        try {
            Reliability.play("schedules", 4, schedules);
        } finally {
            Reliability.write("1-schedules.md", rows.values());
        }
        assertThat(rows.values()).flatExtracting(Reliability.Row::problems).isEmpty();
        assertThat(rows.values()).extracting(Reliability.Row::tries).doesNotContain(0);
    }

    /** Delivers a small experiment, and goes on as a person would until it is delivered. */
    private void play(int seed, List<Fault> faults, boolean trains, Reliability.Row row) {
        String name = "schedule " + seed;
        boolean hangs = faults.contains(Fault.HUNG);
        FaultSchedule schedule = new FaultSchedule(faults, hangs ? 2 : MOST_FAULTS, seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> seeds = random.nextInt(4) == 0 ? List.of(1L, 2L) : List.of(1L);
        Path folder = home.resolve("schedule-" + seed);
        try (Lab lab = trains
                        ? Lab.training(folder, name, List.of(1L), random.nextLong(30, 80), Duration.ofMillis(10))
                        : new Lab(folder, name, seeds);
                FaultyServer faulty = new FaultyServer(server, schedule)) {
            // where nothing hangs, a busy machine shall not look as if something did
            Endpoint first = destination(faulty, Duration.ofSeconds(hangs ? 1 : 10));
            if (!trains) {
                lab.trainAll(random.nextInt(3, 8));
            }
            long begin = System.nanoTime();
            Delivery.Report report = trains ? lab.run(first) : lab.deliver(first);
            for (int times = 0; times < 8 && report.complete().isEmpty(); times++) {
                report = lab.deliver(destination(faulty, Duration.ofSeconds(10)));
            }
            double seconds = (System.nanoTime() - begin) / 1e9;

            report.problem().ifPresent(problem -> row.fail(name, problem));
            row.add(name, schedule.done(), StoreOnServer.of(lab, rest), seconds);
            if (!new Sync(lab.store, Lab.TRACKER, first).pending().isEmpty()) {
                row.fail(name, "something is still to be delivered");
            }
        } catch (RuntimeException | AssertionError e) {
            row.fail(name, e.toString());
        }
    }

    private static Endpoint destination(FaultyServer faulty, Duration timeout) {
        Access access = new Access(Optional.empty(), Optional.empty(), Optional.empty(), false, timeout);
        return new Endpoint("test", faulty.address(), access);
    }
}
