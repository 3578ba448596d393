package dev.ablate.runner.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.runner.mlflow.FaultSchedule.Fault;
import dev.ablate.runner.mlflow.FaultyServer.Pass;
import dev.ablate.runner.mlflow.client.Access;
import dev.ablate.runner.mlflow.client.Destination;
import dev.ablate.runner.runs.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults by the seed: whatever happens, in the end the server has what the store has, each thing once. */
@ManagedMlflow
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
    void losesNothingAndDoublesNothingUnderAnySchedule() {
        List<List<Fault>> kinds = new ArrayList<>();
        Map<List<Fault>, Reliability.Row> rows = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            kinds.add(List.of(fault));
            rows.put(List.of(fault), new Reliability.Row(fault.words));
        }
        kinds.add(List.of(Fault.values()));
        rows.put(List.of(Fault.values()), new Reliability.Row("all of these, mixed"));
        Set<List<Fault>> seen = new HashSet<>();
        for (int seed = 0; seed < Reliability.times("schedules", 40); seed++) {
            List<Fault> faults = kinds.get(seed % kinds.size());
            FaultSchedule schedule = new FaultSchedule(faults, faults.contains(Fault.HUNG) ? 2 : MOST_FAULTS, seed);
            play(seed, schedule, Objects.requireNonNull(rows.get(faults)));
            if (schedule.done() > 0) {
                seen.add(faults);
            }
        }
        assertThat(seen).hasSameElementsAs(kinds);
        rows.values().forEach(Reliability.Row::write);
    }

    /** Delivers a small experiment, and goes on as a person would until it is delivered. */
    private void play(int seed, FaultSchedule schedule, Reliability.Row row) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> seeds =
                LongStream.rangeClosed(1, random.nextInt(1, 3)).boxed().toList();
        try (Lab lab = new Lab(home.resolve("schedule-" + seed), "schedule " + seed, seeds);
                FaultyServer faulty = new FaultyServer(server, schedule)) {
            lab.trainAll(random.nextInt(3, 8));
            long begin = System.nanoTime();
            Delivery.Report report = lab.deliver(destination(faulty, Duration.ofSeconds(1)));
            for (int times = 0; times < 8 && report.complete().isEmpty(); times++) {
                report = lab.deliver(destination(faulty, Duration.ofSeconds(10)));
            }
            double seconds = (System.nanoTime() - begin) / 1e9;

            StoreOnServer found = StoreOnServer.of(lab, rest);
            row.add(schedule.done(), found, seconds);
            assertThat(report.problem()).as("schedule %d", seed).isEmpty();
            assertThat(report.complete()).as("schedule %d", seed).hasSize(1);
            assertThat(found.lost()).as("schedule %d", seed).isEmpty();
            assertThat(found.doubled()).as("schedule %d", seed).isEmpty();
            assertThat(new Sync(lab.store, destination(faulty, Duration.ofSeconds(1))).pending())
                    .isEmpty();
        }
    }

    /** By SIGKILL, at a request that has not reached the server, or has, without its answer. */
    @Test
    void deliversTheRestOfAProgramThatWasKilled() throws Exception {
        SplittableRandom random = new SplittableRandom(20_261_122);
        Reliability.Row row = new Reliability.Row("the program killed (SIGKILL)");
        for (int kill = 0; kill < Reliability.times("kills", 4); kill++) {
            Path folder = home.resolve("kill-" + kill);
            String experiment = "kill " + kill;
            int moment = random.nextInt(2, 45);
            boolean reached = random.nextBoolean();
            AtomicInteger requests = new AtomicInteger();
            Process[] victim = new Process[1];
            FaultyServer.Mood killing = (method, path, body) -> {
                if (requests.incrementAndGet() != moment) {
                    return new Pass();
                }
                if (!reached) {
                    victim[0].destroyForcibly();
                }
                return reached ? new FaultyServer.Lose() : new FaultyServer.Break();
            };
            try (FaultyServer faulty = new FaultyServer(server, killing)) {
                victim[0] = DeliveringProcess.start(folder, experiment, faulty.address());
                while (requests.get() < moment && victim[0].isAlive()) {
                    Thread.sleep(1);
                }
                victim[0].destroyForcibly();
                victim[0].waitFor();
                assertThat(requests.get())
                        .as(() -> "the program ended by itself: " + log(folder))
                        .isGreaterThanOrEqualTo(moment);
                faulty.change((method, path, body) -> new Pass());

                long begin = System.nanoTime();
                try (Lab lab = new Lab(folder, experiment, DeliveringProcess.SEEDS)) {
                    lab.record();
                    lab.plan
                            .runs()
                            .forEach(run -> lab.store.tryBegin(run, Set.of()).ifPresent(log -> finish(lab, log)));
                    lab.publish();
                    Delivery.Report report = lab.deliver(destination(faulty, Duration.ofSeconds(10)));
                    StoreOnServer found = StoreOnServer.of(lab, rest);
                    row.add(1, found, (System.nanoTime() - begin) / 1e9);
                    assertThat(report.problem())
                            .as("killed at request %d", moment)
                            .isEmpty();
                    assertThat(found.lost()).as("killed at request %d", moment).isEmpty();
                    assertThat(found.doubled())
                            .as("killed at request %d", moment)
                            .isEmpty();
                }
            }
        }
        row.write();
    }

    private static String log(Path folder) {
        try {
            return Files.readString(DeliveringProcess.log(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void finish(Lab lab, RunLog log) {
        lab.points(log, 0, DeliveringProcess.STEPS);
        log.finish(false, (DeliveringProcess.STEPS - 1) * 10L, Map.of("x1", 1.5, "x2", -0.5));
    }

    private static Destination destination(FaultyServer faulty, Duration timeout) {
        Access access = new Access(Optional.empty(), Optional.empty(), Optional.empty(), false, timeout);
        return new Destination("test", faulty.address(), access);
    }
}
