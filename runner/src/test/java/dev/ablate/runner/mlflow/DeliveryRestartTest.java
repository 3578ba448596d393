package dev.ablate.runner.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.runner.mlflow.client.Destination;
import dev.ablate.runner.mlflow.server.LocalServer;
import dev.ablate.runner.runs.RunLog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own, which is killed. */
@ManagedMlflow
class DeliveryRestartTest {

    private static final int STEPS = 200;
    private static final int WEIGHTS = 20;
    private static final long POINTS = 2L * STEPS * WEIGHTS;

    @TempDir
    private Path home;

    @Test
    void deliversOnceInSpiteOfAKilledServer() throws Exception {
        int kills = Reliability.times("server_kills", 2);
        String experiment = "killed";
        Path folder = home.resolve("server");
        LocalServer server = new LocalServer(folder, MlflowExtension.shared(), Clock.systemUTC(), System.getenv());
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            lab.plan.runs().forEach(run -> fill(lab.store.begin(run, false)));
            lab.publish();
            URI again = server.start(line -> {});
            Sync sync = new Sync(lab.store, Destination.managed(again));
            SplittableRandom random = new SplittableRandom(20_261_122);
            long begin = 0;
            for (int kill = 1; kill <= kills; kill++) {
                URI address = again;
                try (Delivery delivery = lab.begin(Destination.managed(address))) {
                    delivery.watch(lab.plan.key());
                    eventuallySent(lab, kill == 1 ? random.nextLong(POINTS / 4) : (kill - 1) * POINTS / kills);
                    kill(folder);
                    Delivery.Report report = delivery.finish(Duration.ofSeconds(2));
                    assertThat(report.complete()).isEmpty();
                    assertThat(report.kept()).isPositive();
                    assertThat(report.problem().orElseThrow()).startsWith("MLflow at " + address + " ");
                }
                again = server.start(line -> {});
                assertThat(sync.pending()).hasSize(1);
                begin = System.nanoTime();
            }
            Delivery.Report report = lab.sync(Destination.managed(again), Duration.ofSeconds(60));
            double seconds = (System.nanoTime() - begin) / 1e9;
            assertThat(report.problem()).isEmpty();
            assertThat(report.complete()).hasSize(1);
            assertThat(sync.pending()).isEmpty();

            Rest rest = new Rest(again);
            assertThat(rest.active(experiment)).hasSize(3);
            assertThat(rest.runs(experiment, "DELETED_ONLY")).isEmpty();
            List<Long> steps = LongStream.range(0, STEPS).boxed().toList();
            for (Rest.Run child : rest.children(experiment)) {
                assertThat(child.info("status")).isEqualTo("FINISHED");
                for (int k = 0; k < WEIGHTS; k++) {
                    assertThat(rest.history(child.id(), "weights/x" + k))
                            .extracting(Rest.Value::step)
                            .containsExactlyElementsOf(steps);
                }
            }
            Reliability.Row row = new Reliability.Row("the server killed (SIGKILL) and started again");
            row.add(kills, new StoreOnServer(List.of(), List.of()), seconds);
            row.write();
        } finally {
            server.stop();
        }
    }

    private static void fill(RunLog log) {
        for (int step = 0; step < STEPS; step++) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (int k = 0; k < WEIGHTS; k++) {
                values.put("weights/x" + k, step / (k + 3.0));
            }
            log.points(step, values);
        }
        log.finish(false, STEPS - 1, Map.of());
    }

    private static void eventuallySent(Lab lab, long points) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        long sent = 0;
        while (sent < points) {
            assertThat(System.nanoTime())
                    .as("sent only %s points in time", sent)
                    .isLessThan(end);
            Thread.sleep(20);
            sent = lab.store.ledger().entries(Destination.MANAGED).stream()
                    .mapToLong(entry -> lab.store.points(entry.run(), 0, Integer.MAX_VALUE).stream()
                            .filter(point -> point.id() <= entry.pointsThrough())
                            .count())
                    .sum();
        }
    }

    /** As {@code kill -9} of the whole process group. */
    private static void kill(Path folder) {
        List<ProcessHandle> all = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(folder.toString()))
                        .isPresent())
                .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
                .distinct()
                .toList();
        assertThat(all).hasSizeGreaterThan(1);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }
}
