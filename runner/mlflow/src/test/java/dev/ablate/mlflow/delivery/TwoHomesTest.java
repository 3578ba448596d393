package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.Registration;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Sync;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two homes have the same comparison, and deliver it to one server at the same time. */
@ManagedMlflow
@Order(9)
class TwoHomesTest {

    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    @TempDir
    private Path folder;

    private final URI server;
    private final Rest rest;
    private final Reliability.Row row = new Reliability.Row("two homes at once");

    TwoHomesTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @Test
    void everyRunIsThereOnceAndWholeAndBothSaySo() throws Exception {
        int rounds = Reliability.times("two_homes", 3);
        SplittableRandom random = new SplittableRandom(20_261_129);
        List<Callable<Void>> tries = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int number = round;
            int delay = random.nextInt(300);
            tries.add(() -> {
                play(number, delay);
                return null;
            });
        }
        try {
            Reliability.play("two homes", 1, tries);
        } finally {
            Reliability.write("4-homes.md", List.of(row));
        }
        assertThat(row.problems()).isEmpty();
        assertThat(row.tries()).isEqualTo(rounds);
    }

    /** @param delay of one of the two, in milliseconds */
    private void play(int round, int delay) throws Exception {
        String name = "two homes " + round;
        Path one = folder.resolve("one-" + round);
        Path other = folder.resolve("other-" + round);
        long begin = System.nanoTime();
        switch (round % 3) {
            case 0 -> inProcesses(name, one, other, delay);
            case 1 -> stored(name, one, other, delay);
            default -> trainedMeanwhile(name, one, other, delay);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        for (Path home : List.of(one, other)) {
            try (Lab lab = lab(home, name, round)) {
                Sync sync = new Sync(lab.store, Lab.TRACKER, Lab.at(server));
                Sync.Standing standing =
                        sync.standing(lab.store.comparison(lab.plan.key()).orElseThrow());
                if (!standing.complete() || !sync.pending().isEmpty()) {
                    row.fail(name + ", " + home.getFileName(), "says " + standing);
                }
                row.add(name + ", " + home.getFileName(), StoreOnServer.of(lab, rest, false));
            }
        }
        assertOnce(name, round);
        try (Lab lab = lab(other, name, round)) {
            Delivery.Report report = lab.verify(Lab.at(server));
            report.problem().ifPresent(problem -> row.fail(name + ", verified", problem));
            row.add(name + ", verified", 1, StoreOnServer.of(lab, rest, false), seconds);
        }
    }

    private void assertOnce(String name, int round) {
        int versions = Rest.array(
                        rest.get("/api/2.0/mlflow/model-versions/search?filter=name%3D%27two-homes-" + round + "%27"),
                        "model_versions")
                .size();
        if (round % 3 != 2 && versions != 1) {
            row.fail(name, versions + " registered versions");
        }
        Map<String, Double> results = rest.parent(name).metrics();
        results.keySet().forEach(key -> {
            if (rest.history(rest.parent(name).id(), key).size() != 1) {
                row.fail(name, "result " + key + " is there more than once");
            }
        });
        rest.parent(name).tags().keySet().stream()
                .filter(tag -> tag.startsWith("ablate.at_work"))
                .forEach(tag -> row.fail(name, "left " + tag));
    }

    /** Runs that were trained before, delivered by two programs. */
    private void inProcesses(String name, Path one, Path other, int delay) throws Exception {
        fill(name, one, 0, 0);
        fill(name, other, 0, 1);
        Process first = TwoHomesProcess.start(one, name, server);
        Thread.sleep(delay);
        Process second = TwoHomesProcess.start(other, name, server);
        for (Process process : List.of(first, second)) {
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
            if (process.exitValue() != 0) {
                row.fail(
                        name,
                        "exit code " + process.exitValue() + ": "
                                + Files.readString(DeliveringProcess.log(process == first ? one : other)));
            }
        }
    }

    /** Runs that were trained before, with models, of which one is registered. */
    private void stored(String name, Path one, Path other, int delay) throws Exception {
        fill(name, one, 1, 0);
        fill(name, other, 1, 1);
        try (Lab first = lab(one, name, 1);
                Lab second = lab(other, name, 1)) {
            Future<Delivery.Report> meanwhile = Lab.meanwhile(() -> {
                Thread.sleep(delay);
                return second.deliver(Lab.at(server));
            });
            check(name, first, first.deliver(Lab.at(server)));
            check(name, second, meanwhile.get(120, TimeUnit.SECONDS));
        }
    }

    /** Runs that are trained while they are delivered. */
    private void trainedMeanwhile(String name, Path one, Path other, int delay) throws Exception {
        try (Lab first = lab(one, name, 2);
                Lab second = lab(other, name, 2)) {
            Future<Delivery.Report> meanwhile = Lab.meanwhile(() -> {
                Thread.sleep(delay);
                return second.run(Lab.at(server));
            });
            check(name, first, first.run(Lab.at(server)));
            check(name, second, meanwhile.get(180, TimeUnit.SECONDS));
        }
    }

    private void check(String name, Lab lab, Delivery.Report report) {
        report.problem().ifPresent(problem -> row.fail(name, problem));
        if (!report.complete().contains(lab.plan.key())) {
            row.fail(name, "not complete: " + report);
        }
    }

    static Lab lab(Path home, String name, int kind) {
        return kind % 3 == 2 ? Lab.training(home, name, SEEDS, 40, Duration.ofMillis(10)) : new Lab(home, name, SEEDS);
    }

    /** Both homes have equal runs, at other times. */
    private static void fill(String name, Path home, int kind, int day) {
        try (Lab lab = lab(home, name, kind)) {
            lab.tick(Duration.ofDays(day));
            lab.trainAllWithModels(12);
            lab.store.register(
                    lab.plan.key(),
                    Optional.of(
                            new Registration(name.replace(' ', '-'), lab.run(1).key(), "the best")));
        }
    }

    @Test
    void takesOverWhatAnotherHomeLeft(@TempDir Path other) throws Exception {
        String name = "left by another";
        try (Lab left = new Lab(folder.resolve("left"), name, SEEDS);
                Lab lab = new Lab(other, name, SEEDS)) {
            left.silence = Duration.ofSeconds(2);
            lab.silence = Duration.ofSeconds(2);
            lab.tick(Duration.ofDays(1));
            lab.trainAll(12);
            // as one that is killed: its tag stays at work, and a run has half of its points
            left.record();
            Delivery gone = left.begin(Lab.at(server));
            gone.watch(left.plan.key());
            RunLog log = left.store.begin(left.run(0), false);
            left.points(log, 0, 5);
            DeliveryTest.eventually(() -> assertThat(rest.children(name))
                    .singleElement()
                    .satisfies(run ->
                            assertThat(rest.history(run.id(), "train/mse")).hasSize(5)));
            gone.close();

            check(name, lab, lab.deliver(Lab.at(server)));
            assertThat(row.problems()).isEmpty();
            assertThat(StoreOnServer.of(lab, rest, false)).isEqualTo(new StoreOnServer(List.of(), List.of()));
            assertThat(rest.children(name)).hasSize(6);
            assertThat(rest.runs(name, "DELETED_ONLY"))
                    .singleElement()
                    .satisfies(run -> assertThat(run.tags()).containsKey("ablate.replaced"));

            // and when it comes back it finds the other's run instead of its own, without being asked
            left.points(log, 5, 12);
            log.finish(false, 110, Map.of("x1", 1.5, "x2", -0.5));
            left.plan.runs().stream().skip(1).forEach(run -> left.train(run, 12));
            left.publish();
            check(name, left, left.deliver(Lab.at(server)));
            assertThat(row.problems()).isEmpty();
            assertThat(StoreOnServer.of(left, rest, false)).isEqualTo(new StoreOnServer(List.of(), List.of()));
        }
    }

    @Test
    void aRunKeepsTheCommitOfTheHomeThatTrainedIt(@TempDir Path other) {
        String name = "commits of two";
        try (Lab first = new Lab(folder.resolve("first"), name, List.of(1L));
                Lab second = new Lab(other, name, List.of(1L))) {
            first.provenance = new Provenance(Map.of("git_commit", "c0ffee", "git_state", "clean"));
            second.provenance =
                    new Provenance(Map.of("git_commit", "decade", "git_state", "dirty", "git_patch_sha256", "5ea1"));
            first.trainAll(5);
            second.trainAll(5);
            check(name, first, first.deliver(Lab.at(server)));
            check(name, second, second.deliver(Lab.at(server)));
            check(name, first, first.verify(Lab.at(server)));
            check(name, second, second.verify(Lab.at(server)));
            assertThat(row.problems()).isEmpty();
            assertThat(rest.children(name))
                    .hasSize(2)
                    .allSatisfy(run -> assertThat(run.tags())
                            .containsEntry("mlflow.source.git.commit", "c0ffee")
                            .containsEntry("ablate.git_state", "clean")
                            .doesNotContainKey("ablate.git_patch_sha256"));
        }
    }

    @Test
    void aRunWhosePointsAreThereTwiceIsSaidAndMadeAgainWhereAskedTo() {
        String name = "doubled";
        try (Lab lab = new Lab(folder.resolve("doubled"), name, List.of(1L))) {
            lab.trainAll(5);
            check(name, lab, lab.deliver(Lab.at(server)));
            Rest.Run child = rest.children(name).get(0);
            rest.history(child.id(), "train/mse").forEach(value -> log(child.id(), value));
            Delivery.Report report = lab.verify(Lab.at(server));

            String words = "the points of metric train/mse are there more than once; to make the run again from here:"
                    + " ablate sync " + lab.plan.key().substring(0, 8) + " --recreate";
            assertThat(report.complete()).isEmpty();
            assertThat(report.undelivered()).isEqualTo(1);
            assertThat(report.problem().orElseThrow()).isEqualTo("run no-bias/seed=1: " + words);
            Sync sync = new Sync(lab.store, Lab.TRACKER, Lab.at(server));
            assertThat(sync.standing(lab.store.comparison(lab.plan.key()).orElseThrow())
                            .remarks())
                    .containsExactly("run no-bias/seed=1: " + words);
            assertThat(sync.pending()).hasSize(1);
            assertThat(rest.children(name)).extracting(Rest.Run::id).contains(child.id());

            assertThat(lab.recreate(Lab.at(server)).complete()).hasSize(1);
            assertThat(rest.children(name)).hasSize(2).extracting(Rest.Run::id).doesNotContain(child.id());
            assertThat(StoreOnServer.of(lab, rest)).isEqualTo(new StoreOnServer(List.of(), List.of()));
            assertThat(sync.pending()).isEmpty();
        }
    }

    /** The same value, a second later: as another home would have it. */
    private void log(String run, Rest.Value value) {
        JsonObject metric = new JsonObject();
        metric.addProperty("key", "train/mse");
        metric.addProperty("step", value.step());
        metric.addProperty("timestamp", value.timestamp() + 1000);
        metric.addProperty("value", value.value());
        JsonArray metrics = new JsonArray();
        metrics.add(metric);
        JsonObject batch = new JsonObject();
        batch.addProperty("run_id", run);
        batch.add("metrics", metrics);
        rest.post("/api/2.0/mlflow/runs/log-batch", batch);
    }
}
