package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.delivery.FaultSchedule.Fault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many runs through faults, by one process: nothing is lost, and nothing grows; no part of a build. */
@ManagedMlflow
class SoakBench {

    private static final int RUNS_OF_A_COMPARISON = 100;

    /** Of the first comparison's runs: some 1,200 points each. */
    private static final long UPDATES = 130;

    /** What delivery may hold more at the end than after the first hundred runs. */
    private static final double MOST_GROWTH = 16;

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;

    SoakBench(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    /** Memory in MB, when so many runs were delivered. */
    private record Sample(long runs, double heap, double resident) {}

    @Test
    void deliversAllOfItInAFlatMemory() throws Exception {
        int runs = Reliability.times("runs", 1000);
        int each = Math.min(runs, RUNS_OF_A_COMPARISON);
        FaultSchedule faults = FaultSchedule.lasting(List.of(Fault.values()), 200, 20_261_122);
        List<Lab> labs = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        Reliability.Row row = new Reliability.Row("soak");
        long begin = System.nanoTime();
        double seconds;
        long points = 0;
        try (RunStore store = RunStore.open(home.resolve("store"), Clock.systemUTC());
                FaultyServer faulty = new FaultyServer(server, faults)) {
            faulty.forget();
            Access access =
                    new Access(Optional.empty(), Optional.empty(), Optional.empty(), false, Duration.ofSeconds(5));
            Endpoint destination = new Endpoint("test", faulty.address(), access);
            for (int number = 0; number < runs / each; number++) {
                List<Long> seeds = LongStream.rangeClosed(1, each / 2).boxed().toList();
                // one update less each: else they were the same runs
                labs.add(new Lab(store, Lab.trainable("soak " + number, seeds, UPDATES - number % 10, Duration.ZERO)));
            }
            try (Delivery delivery = Lab.TRACKER.begin(store, destination, Tracker.Purpose.DELIVERED)) {
                Future<Boolean> trained = Lab.meanwhile(() -> {
                    for (Lab lab : labs) {
                        lab.record();
                        delivery.watch(lab.plan.key());
                        lab.execute(1, new Quiet());
                        lab.publish();
                    }
                    return true;
                });
                sample(store, destination, samples, trained, false);
                Future<Delivery.Report> finished = Lab.meanwhile(() -> {
                    Delivery.Report report = delivery.finish(Duration.ofSeconds(60));
                    for (int times = 0; times < 10 && report.complete().size() < labs.size(); times++) {
                        report = delivery.finish(Duration.ofSeconds(60));
                    }
                    return report;
                });
                sample(store, destination, samples, finished, true);
                finished.get().problem().ifPresent(problem -> row.fail("soak", problem));
            }
            seconds = (System.nanoTime() - begin) / 1e9;
            for (Lab lab : labs) {
                row.add(lab.plan.name(), StoreOnServer.of(lab, rest));
                points += lab.store.comparison(lab.plan.key()).orElseThrow().members().stream()
                        .mapToLong(member -> store.points(member.run().id(), 0, Integer.MAX_VALUE)
                                .size())
                        .sum();
            }
        }
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        String table = String.format(
                Locale.ROOT,
                "| runs | points | faults | lost or doubled | seconds | points a second | heap after %d runs | heap at the end |"
                        + " most memory of the process | store |%n"
                        + "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|%n"
                        + "| %d | %d | %d | %d | %.0f | %.0f | %.1f MB | %.1f MB | %.0f MB | %.0f MB |%n",
                first.runs(),
                runs,
                points,
                faults.done(),
                row.problems().size(),
                seconds,
                points / seconds,
                first.heap(),
                last.heap(),
                samples.stream().mapToDouble(Sample::resident).max().orElse(0),
                size(home.resolve("store")) / 1e6);
        Reliability.write("soak.md", table);
        System.err.print(table);
        assertThat(row.problems()).isEmpty();
        assertThat(last.heap()).isLessThan(first.heap() + MOST_GROWTH);
    }

    /**
     * Looks at the memory every fifty runs, from the hundredth on, until something is done.
     *
     * @param end whether to look once more then
     */
    private static void sample(RunStore store, Endpoint destination, List<Sample> samples, Future<?> until, boolean end)
            throws Exception {
        boolean over = false;
        while (!over) {
            try {
                until.get(1, TimeUnit.SECONDS);
                over = true;
            } catch (TimeoutException notYet) {
                // the usual case
            }
            long delivered = store.ledger().entries(destination.id()).stream()
                    .filter(DeliveryLedger.Entry::complete)
                    .count();
            long before =
                    samples.isEmpty() ? 50 : samples.get(samples.size() - 1).runs();
            if (delivered >= before + 50 || (over && end)) {
                System.gc();
                double heap =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
                samples.add(new Sample(delivered, heap, resident()));
                System.err.println("[soak] " + samples.get(samples.size() - 1));
            }
        }
    }

    /** The memory of this process; 0 where the system does not say it. */
    private static double resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1000)
                .findFirst()
                .orElse(0);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
