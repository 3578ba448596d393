package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.delivery.FaultSchedule.Fault;
import dev.ablate.mlflow.delivery.FaultyServer.Pass;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tracking costs training, in pairs of the same plan with it and without it; no part of a build. */
@ManagedMlflow
class TrainingTimeBench {

    @TempDir
    private Path home;

    private final URI server;
    private int plans;

    TrainingTimeBench(URI server) {
        this.server = server;
    }

    @Test
    void measuresPairs() {
        int pairs = Reliability.times("pairs", 20);
        long updates = updates();
        Map<String, FaultyServer.Mood> moods = new LinkedHashMap<>();
        moods.put("none", (method, path, body) -> new Pass());
        for (Fault fault : Fault.values()) {
            moods.put(fault.words, FaultSchedule.lasting(List.of(fault), 2, 1));
        }
        // the compiler's share is paid
        train(updates, Optional.empty());
        train(updates, Optional.empty());
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        List<Double> alone = new ArrayList<>();
        Duration busy = cpuOfTheServer();
        double beside = 0;
        for (int pair = 0; pair < pairs; pair++) {
            // fault by fault, so that what else the machine does meets all of them
            for (Map.Entry<String, FaultyServer.Mood> each : moods.entrySet()) {
                double with = pair % 2 == 0 ? train(updates, Optional.of(each.getValue())) : 0;
                double without = train(updates, Optional.empty());
                if (pair % 2 == 1) {
                    with = train(updates, Optional.of(each.getValue()));
                }
                alone.add(without);
                beside += with;
                ratios.computeIfAbsent(each.getKey(), key -> new ArrayList<>()).add(with / without);
            }
            System.err.println("[training] " + (pair + 1) + " of " + pairs + " pairs of each fault");
        }
        StringBuilder table =
                new StringBuilder("| fault, of every other request | pairs | time with tracking / without:"
                        + " median (least to most) |\n|---|---:|---:|\n");
        ratios.forEach((fault, all) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.3f (%.2f to %.2f) |%n",
                fault,
                all.size(),
                median(all),
                all.get(0),
                all.get(all.size() - 1))));
        table.append(String.format(
                Locale.ROOT,
                "%nTwo runs, one after the other: %.1f s without tracking (median). MLflow's server took %.0f %% of a processor of the"
                        + " same machine meanwhile, which has %d.%n",
                median(alone),
                100 * (cpuOfTheServer().minus(busy).toNanos() / 1e9) / beside,
                Runtime.getRuntime().availableProcessors()));
        Reliability.write("training.md", table.toString());
        System.err.print(table);
    }

    /** So that training takes more than a second. */
    private long updates() {
        long updates = 500_000;
        while (true) {
            double seconds = train(updates, Optional.empty());
            if (seconds > 0.5) {
                return (long) (updates * 2.2 / seconds);
            }
            updates *= 2;
        }
    }

    /** Seconds of two runs, one after the other. */
    private double train(long updates, Optional<FaultyServer.Mood> tracked) {
        String name = "pair " + plans++;
        try (Lab lab = Lab.training(home.resolve(name), name, List.of(1L), updates, Duration.ZERO)) {
            lab.record();
            if (tracked.isEmpty()) {
                return time(lab);
            }
            try (FaultyServer faulty = new FaultyServer(server, tracked.get())) {
                Access access =
                        new Access(Optional.empty(), Optional.empty(), Optional.empty(), false, Duration.ofSeconds(1));
                try (Delivery delivery = Lab.TRACKER.begin(
                        lab.store, new Endpoint("test", faulty.address(), access), Tracker.Purpose.DELIVERED)) {
                    delivery.watch(lab.plan.key());
                    double seconds = time(lab);
                    assertThat(faulty.requests).isNotEmpty();
                    return seconds;
                }
            }
        }
    }

    private static double time(Lab lab) {
        long begin = System.nanoTime();
        assertThat(lab.execute(1, new Quiet()))
                .allSatisfy(outcome -> assertThat(outcome.record().status()).isEqualTo(RunStatus.FINISHED));
        return (System.nanoTime() - begin) / 1e9;
    }

    private Duration cpuOfTheServer() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("mlflow") && line.contains("--port " + server.getPort()))
                        .isPresent())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static double median(List<Double> values) {
        values.sort(null);
        return values.get(values.size() / 2);
    }
}
