package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Sync;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.exchange.RunSink;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@ManagedMlflow
@Order(12)
class DeliveryTest {

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;
    private String experiment = "";

    DeliveryTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @BeforeEach
    void nameTheExperiment(TestInfo test) {
        experiment = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void deliversAComparisonAsParentAndChildren() {
        try (Lab lab = new Lab(home, experiment, List.of(42L, 43L))) {
            lab.trainAll(30);
            Delivery.Report report = lab.deliver(Lab.at(server));

            assertThat(report.problem()).isEmpty();
            assertThat(report.complete()).containsExactly(lab.plan.key());
            assertThat(report.undelivered()).isZero();

            Rest.Run parent = rest.parent(experiment);
            assertThat(report.parents()).containsEntry(lab.plan.key(), parent.id());
            assertThat(parent.info("run_name")).isEqualTo(experiment);
            assertThat(parent.info("status")).isEqualTo("FINISHED");
            assertThat(parent.info("start_time")).isEqualTo("" + Lab.START.toEpochMilli());
            assertThat(parent.info("end_time"))
                    .isEqualTo("" + Lab.START.plusSeconds(60).toEpochMilli());
            assertThat(parent.tags())
                    .containsEntry("ablate.comparison", lab.plan.key())
                    .containsEntry("mlflow.source.name", "ablate")
                    .containsEntry("mlflow.note.content", "bias: train/mse is lower.\n\n| variant | train/mse |");
            assertThat(parent.metrics())
                    .isEqualTo(Map.of(
                            "comparison/train/mse/bias/learning_rate_0.5/difference",
                            -0.25,
                            "comparison/train/mse/bias/learning_rate_0.5/p",
                            0.03125));
            assertThat(rest.artifacts(parent.id())).containsExactlyInAnyOrder("charts", "report.json", "spec.yaml");
            assertThat(rest.artifact(parent.id(), "spec.yaml")).isEqualTo(lab.plan.resolved());
            assertThat(rest.artifact(parent.id(), "charts/a chart.svg")).isEqualTo("<svg/>");

            List<Rest.Run> children = rest.children(experiment);
            assertThat(children)
                    .extracting(run -> run.info("run_name"))
                    .containsExactly("no-bias/seed=42", "bias/seed=42", "no-bias/seed=43", "bias/seed=43");
            Rest.Run child = children.get(1);
            assertThat(child.info("status")).isEqualTo("FINISHED");
            assertThat(child.info("start_time"))
                    .isEqualTo("" + Lab.START.plusSeconds(15).toEpochMilli());
            assertThat(child.info("end_time"))
                    .isEqualTo("" + Lab.START.plusSeconds(30).toEpochMilli());
            assertThat(child.params()).isEqualTo(lab.run(1).params());
            assertThat(child.tags())
                    .containsAllEntriesOf(Map.of(
                            "ablate.role", "child",
                            "ablate.comparison", lab.plan.key(),
                            "ablate.key", lab.run(1).key().hex(),
                            "ablate.variant", "bias",
                            "ablate.cell", "bias",
                            "ablate.seed", "42",
                            "mlflow.parentRunId", parent.id(),
                            "mlflow.runColor", "#d55e00",
                            "mlflow.source.name", "ablate",
                            "mlflow.loggedArtifacts", "[{\"path\": \"predictions.json\", \"type\": \"table\"}]"))
                    .doesNotContainKey("ablate.error");
            assertThat(rest.artifact(child.id(), "predictions.json")).isEqualTo(Lab.PREDICTIONS);
            assertThat(child.metrics().keySet()).containsExactlyInAnyOrder("train/mse", "weights/x1", "weights/x2");
            assertThat(rest.history(child.id(), "train/mse"))
                    .hasSize(30)
                    .startsWith(new Rest.Value(
                            0, Lab.mse(0), Lab.START.plusSeconds(15).toEpochMilli()))
                    .endsWith(new Rest.Value(
                            290, Lab.mse(29), Lab.START.plusMillis(29_500).toEpochMilli()));
            assertThat(rest.history(child.id(), "weights/x2").get(29).value()).isEqualTo(-29 / 3.0);
        }
    }

    @Test
    void sendsNothingTwice() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(40);
            Delivery.Report first = lab.deliver(Lab.at(server));
            List<Rest.Run> before = rest.active(experiment);
            lab.record();
            Delivery.Report second = lab.deliver(Lab.at(server));

            assertThat(second).isEqualTo(first);
            // times of last change, points, files: all
            assertThat(rest.active(experiment)).isEqualTo(before);
            assertThat(before).hasSize(3);
            for (Rest.Run run : rest.children(experiment)) {
                assertThat(rest.history(run.id(), "train/mse")).hasSize(40);
            }
            assertThat(new Sync(lab.store, Lab.TRACKER, Lab.at(server)).pending())
                    .isEmpty();
        }
    }

    @Test
    void sendsPointsWhileARunIsTrained() throws Exception {
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                Delivery delivery = lab.begin(Lab.at(server))) {
            lab.record();
            delivery.watch(lab.plan.key());
            RunLog log = lab.store.begin(lab.run(0), false);
            lab.points(log, 0, 3);
            eventually(() -> assertThat(historyOfOnlyChild("train/mse")).hasSize(3));
            assertThat(rest.children(experiment).get(0).info("status")).isEqualTo("RUNNING");
            assertThat(rest.parent(experiment).info("status")).isEqualTo("RUNNING");
            lab.points(log, 3, 8);
            eventually(() -> assertThat(historyOfOnlyChild("train/mse")).hasSize(8));
            log.finish(true, 70, Map.of());
            eventually(() ->
                    assertThat(rest.children(experiment).get(0).info("status")).isEqualTo("FINISHED"));
            lab.publish();
            Delivery.Report report = delivery.finish(Duration.ofSeconds(60));

            assertThat(report.complete()).containsExactly(lab.plan.key());
            assertThat(report.runs()).containsOnlyKeys(log.id());
            assertThat(historyOfOnlyChild("train/mse")).hasSize(8);
            assertThat(rest.artifacts(rest.children(experiment).get(0).id())).containsExactly("predictions.json");
        }
    }

    @Test
    void deliversWhatWasKilledAndLaterTheRestToTheSameRun() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            RunLog log = lab.store.begin(lab.run(0), false);
            lab.points(log, 0, 5);
            log.kill(40);
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);
            Rest.Run killed = rest.children(experiment).get(0);
            assertThat(killed.info("status")).isEqualTo("KILLED");
            assertThat(rest.parent(experiment).info("status")).isEqualTo("KILLED");

            lab.train(lab.run(0), 9);
            lab.train(lab.run(1), 9);
            lab.publish();
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);

            List<Rest.Run> children = rest.children(experiment);
            assertThat(children).hasSize(2);
            assertThat(children.get(0).id()).isEqualTo(killed.id());
            assertThat(children.get(0).info("start_time")).isEqualTo(killed.info("start_time"));
            assertThat(children).extracting(run -> run.info("status")).containsOnly("FINISHED");
            assertThat(rest.history(killed.id(), "train/mse"))
                    .extracting(Rest.Value::step)
                    .containsExactly(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L);
            assertThat(rest.parent(experiment).info("status")).isEqualTo("FINISHED");
        }
    }

    @Test
    void callsARunKilledThatNobodyTrainsAnyMore() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            lab.points(lab.store.begin(lab.run(0), false), 0, 5);
        }
        // as after kill -9: the run is still said to be running, and nobody has its lease
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            Sync sync = new Sync(lab.store, Lab.TRACKER, Lab.at(server));
            assertThat(sync.pending()).hasSize(1);
            Delivery.Report report = lab.sync(Lab.at(server), Duration.ofSeconds(60));

            assertThat(report.problem()).isEmpty();
            assertThat(report.complete()).hasSize(1);
            Rest.Run child = rest.children(experiment).get(0);
            assertThat(child.info("status")).isEqualTo("KILLED");
            assertThat(child.info("end_time"))
                    .isEqualTo("" + Lab.START.plusSeconds(2).toEpochMilli());
            assertThat(sync.pending()).isEmpty();
        }
    }

    @Test
    void leavesARunAloneThatIsStillTrained() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            lab.points(lab.store.begin(lab.run(0), false), 0, 5);
            Delivery.Report report = lab.sync(Lab.at(server), Duration.ofSeconds(1));

            assertThat(report.complete()).isEmpty();
            assertThat(report.undelivered()).isEqualTo(1);
            assertThat(report.problem()).contains(experiment + ": runs are still being trained, by another process");
            assertThat(rest.children(experiment).get(0).info("status")).isEqualTo("RUNNING");
            assertThat(historyOfOnlyChild("train/mse")).hasSize(5);
        }
    }

    @Test
    void saysWhyARunFailed() {
        String error = "train/mse is not finite (last finite 3.1e305 at 1,150)\n" + "é".repeat(9000);
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            lab.store.begin(lab.run(0), false).fail(error, 0);
            lab.train(lab.run(1), 3);
            lab.publish();
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();

            Rest.Run failed = rest.children(experiment).get(0);
            assertThat(failed.info("status")).isEqualTo("FAILED");
            assertThat(failed.tags().get("ablate.error"))
                    .startsWith("train/mse is not finite (last finite 3.1e305 at 1,150)")
                    .endsWith("(the whole text: error.txt)")
                    .hasSizeLessThanOrEqualTo(8000);
            assertThat(rest.artifact(failed.id(), "error.txt")).isEqualTo(error);
            assertThat(rest.parent(experiment).info("status")).isEqualTo("FAILED");
        }
    }

    @Test
    void putsSupersededAttemptsIntoTheTrash() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            String old = rest.children(experiment).get(0).id();
            RunLog log = lab.store.begin(lab.run(0), true);
            lab.points(log, 0, 3);
            log.finish(true, 20, Map.of());
            assertThat(new Sync(lab.store, Lab.TRACKER, Lab.at(server)).pending())
                    .hasSize(1);
            Delivery.Report report = lab.deliver(Lab.at(server));

            assertThat(report.complete()).hasSize(1);
            assertThat(rest.runs(experiment, "DELETED_ONLY"))
                    .extracting(Rest.Run::id)
                    .containsExactly(old);
            assertThat(rest.children(experiment)).hasSize(2);
            assertThat(lab.store.ledger().superseded(Lab.at(server).id())).isEmpty();
        }
    }

    @Test
    void makesAgainWhatSomebodyDeletedOnlyWhereAskedTo() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            Sync sync = new Sync(lab.store, Lab.TRACKER, Lab.at(server));
            String child = rest.children(experiment).get(0).id();
            String parent = rest.parent(experiment).id();
            rest.post("/api/2.0/mlflow/runs/delete", "run_id", child);
            Delivery.Report report = lab.deliver(Lab.at(server));
            String wayOut =
                    "has the run in its trash, where somebody put it; restore it there, or have it made again: ablate sync "
                            + lab.plan.key().substring(0, 8) + " --recreate";
            assertThat(report.complete()).isEmpty();
            assertThat(report.problem().orElseThrow())
                    .isEqualTo("run no-bias/seed=1: MLflow at " + server + " " + wayOut);
            assertThat(rest.children(experiment)).hasSize(1);
            assertThat(standing(sync, lab).remarks())
                    .containsExactly("run no-bias/seed=1: refused: MLflow at " + server + " " + wayOut);
            assertThat(recreate(lab).complete()).hasSize(1);
            assertThat(standing(sync, lab).remarks()).isEmpty();
            assertThat(standing(sync, lab).verified()).isEqualTo(2);
            assertThat(rest.children(experiment))
                    .hasSize(2)
                    .noneMatch(run -> run.id().equals(child));

            rest.post("/api/2.0/mlflow/runs/delete", "run_id", parent);
            assertThat(lab.deliver(Lab.at(server)).problem().orElseThrow()).endsWith(wayOut);
            assertThat(recreate(lab).complete()).hasSize(1);
            String newParent = rest.parent(experiment).id();
            assertThat(newParent).isNotEqualTo(parent);
            assertThat(rest.children(experiment))
                    .hasSize(2)
                    .allMatch(run -> newParent.equals(run.tags().get("mlflow.parentRunId")));
        }
    }

    private Sync.Standing standing(Sync sync, Lab lab) {
        return sync.standing(lab.store.comparison(lab.plan.key()).orElseThrow());
    }

    private Delivery.Report recreate(Lab lab) {
        try (Delivery delivery = lab.begin(Lab.at(server), true)) {
            delivery.watch(lab.plan.key());
            return delivery.finish(Duration.ofSeconds(60));
        }
    }

    @Test
    void readsBackAgainWhatWasVerifiedAndSendsWhatDiffers() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            Sync sync = new Sync(lab.store, Lab.TRACKER, Lab.at(server));
            assertThat(standing(sync, lab)).extracting(Sync.Standing::verified).isEqualTo(2);
            assertThat(standing(sync, lab).remarks()).isEmpty();
            Rest.Run child = rest.children(experiment).get(0);
            rest.post(
                    "/api/2.0/mlflow/runs/set-tag",
                    Map.of("run_id", child.id(), "key", "ablate.variant", "value", "other"));
            rest.delete("/api/2.0/mlflow-artifacts/artifacts/" + rest.experiment(experiment) + "/" + child.id()
                    + "/artifacts/predictions.json");

            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);
            assertThat(rest.artifacts(child.id())).doesNotContain("predictions.json");
            sync.chosen(Optional.of(experiment)).forEach(sync::doubt);
            assertThat(sync.pending()).hasSize(1);
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);

            assertThat(rest.artifact(child.id(), "predictions.json")).isEqualTo(Lab.PREDICTIONS);
            assertThat(rest.children(experiment).get(0).tags()).containsEntry("ablate.variant", "no-bias");
            assertThat(standing(sync, lab).verified()).isEqualTo(2);
            assertThat(standing(sync, lab).remarks())
                    .containsExactly("run no-bias/seed=1: 1 file differs and 1 tag differs, sent again");
            assertThat(sync.chosen(Optional.of("no such"))).isEmpty();
            assertThat(sync.chosen(Optional.of(lab.plan.key().substring(0, 8)))).hasSize(1);
            assertThat(sync.chosen(Optional.of(lab.plan.key().substring(0, 7)))).isEmpty();
        }
    }

    @Test
    void goesOnWhereARunIsDeletedWhileItIsTrained() throws Exception {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            try (Delivery delivery = lab.begin(Lab.at(server))) {
                delivery.watch(lab.plan.key());
                RunLog log = lab.store.begin(lab.run(0), false);
                lab.points(log, 0, 3);
                eventually(() -> assertThat(historyOfOnlyChild("train/mse")).hasSize(3));
                rest.post(
                        "/api/2.0/mlflow/runs/delete",
                        "run_id",
                        rest.children(experiment).get(0).id());
                lab.points(log, 3, 6);
                log.finish(true, 50, Map.of());
                lab.publish();

                assertThat(delivery.finish(Duration.ofSeconds(60)).problem().orElseThrow())
                        .contains("has the run in its trash");
            }
            assertThat(recreate(lab).problem()).isEmpty();
            assertThat(historyOfOnlyChild("train/mse")).hasSize(6);
        }
    }

    @Test
    void asksToRestoreAnExperimentInTheTrash() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            rest.post("/api/2.0/mlflow/experiments/delete", "experiment_id", rest.experiment(experiment));
            Delivery.Report report = lab.deliver(Lab.at(server));

            assertThat(report.complete()).isEmpty();
            assertThat(report.problem().orElseThrow())
                    .contains("has the experiment " + experiment + " in its trash; restore it there");
            rest.post("/api/2.0/mlflow/experiments/restore", "experiment_id", rest.experiment(experiment));
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);
        }
    }

    @Test
    void keepsTheFirstOfTwoRunsThatTheServerMade() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            Rest.Run child = rest.children(experiment).get(0);
            JsonObject twin = new JsonObject();
            twin.addProperty("experiment_id", rest.experiment(experiment));
            twin.addProperty("start_time", 1);
            twin.add("tags", child.json().getAsJsonObject("data").get("tags"));
            rest.post("/api/2.0/mlflow/runs/create", twin);
            assertThat(rest.children(experiment)).hasSize(3);

            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);
            assertThat(rest.children(experiment))
                    .hasSize(2)
                    .extracting(Rest.Run::id)
                    .contains(child.id());
        }
    }

    @Test
    void adoptsTheEqualRunsOfAnotherStore(@TempDir Path other) {
        try (Lab first = new Lab(home, experiment, List.of(1L));
                Lab second = new Lab(other, experiment, List.of(1L))) {
            first.trainAll(20);
            first.deliver(Lab.at(server));
            List<Rest.Run> before = rest.active(experiment);
            second.tick(Duration.ofDays(1));
            second.trainAll(20);
            Delivery.Report report = second.deliver(Lab.at(server));

            assertThat(report.problem()).isEmpty();
            assertThat(rest.active(experiment))
                    .extracting(Rest.Run::id)
                    .isEqualTo(before.stream().map(Rest.Run::id).toList());
            assertThat(rest.history(before.get(2).id(), "train/mse")).hasSize(20);
        }
    }

    @Test
    void deliversOnceWhereTwoDeliverAtATime() throws Exception {
        try (Lab lab = new Lab(home, experiment, List.of(1L, 2L, 3L));
                Delivery one = lab.begin(Lab.at(server));
                Delivery two = lab.begin(Lab.at(server))) {
            lab.trainAll(10);
            one.watch(lab.plan.key());
            two.watch(lab.plan.key());
            var second = Lab.meanwhile(() -> two.finish(Duration.ofSeconds(60)));

            Delivery.Report first = one.finish(Duration.ofSeconds(60));
            assertThat(first.complete()).as("%s", first).hasSize(1);
            assertThat(second.get(90, TimeUnit.SECONDS).complete()).hasSize(1);
            assertThat(rest.active(experiment)).hasSize(7);
            assertThat(rest.runs(experiment, "DELETED_ONLY")).isEmpty();
        }
    }

    @Test
    void takesAnyNameAndAnyNumber() {
        Map<String, Double> values = new LinkedHashMap<>();
        List.of("x(1)", "x[1]", "x_1_", "größe", "数", "a//b", "..", "a b", "50%", "-", "e".repeat(300))
                .forEach(name -> values.put("weights/" + name, (double) values.size()));
        values.put("train/mse", Double.MAX_VALUE);
        values.put("train/mae", Double.MIN_VALUE);
        values.put("train/error_sum", -0.0);
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            RunLog log = lab.store.begin(lab.run(0), false);
            log.points(0, values);
            log.points(1, values);
            log.finish(true, 1, Map.of());
            lab.store.publish(lab.plan.key(), new Published("größer als 数 ✓", "", List.of(), Map.of(), Map.of()));
            Delivery.Report report = lab.deliver(Lab.at(server));

            assertThat(report.problem()).isEmpty();
            Rest.Run child = rest.children(experiment).get(0);
            assertThat(child.metrics())
                    .hasSize(values.size())
                    .containsEntry("weights/x_1_", 2.0)
                    .containsEntry("weights/größe", 3.0)
                    .containsEntry("weights/a/_/b", 5.0)
                    .containsEntry("weights/_", 6.0)
                    .containsEntry("weights/50_", 8.0)
                    .containsEntry("train/mse", Double.MAX_VALUE)
                    .containsEntry("train/mae", Double.MIN_VALUE);
            assertThat(rest.parent(experiment).tags()).containsEntry("mlflow.note.content", "größer als 数 ✓");
        }
    }

    @Test
    void putsManyWeightsIntoAFile() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            RunLog log = lab.store.begin(lab.run(0), false);
            for (int step = 0; step < 3; step++) {
                Map<String, Double> values = new LinkedHashMap<>();
                values.put("train/mse", 0.5);
                for (int k = 0; k < 65; k++) {
                    values.put("weights/x" + k, k + step / 2.0);
                }
                log.points(step, values);
            }
            log.finish(true, 2, Map.of());
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);

            Rest.Run child = rest.children(experiment).get(0);
            assertThat(child.metrics()).containsOnlyKeys("train/mse");
            assertThat(rest.artifact(child.id(), "weights.csv").lines())
                    .hasSize(4)
                    .startsWith("update,"
                            + IntStream.range(0, 65).mapToObj(k -> "x" + k).collect(Collectors.joining(",")))
                    .anyMatch(line -> line.startsWith("2,1.0,2.0,3.0,") && line.endsWith(",65.0"));
            assertThat(new Sync(lab.store, Lab.TRACKER, Lab.at(server)).pending())
                    .isEmpty();
        }
    }

    @Test
    void sendsWhatATrainerReportsBesideWeightsThatAreAFile() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            RunLog log = lab.store.begin(lab.run(0), false);
            // more of them than are read at once, before the first step of the grid
            for (int step = 0; step < 300; step++) {
                log.points(step, Map.of("loss", 1.0 / (step + 1)));
            }
            for (int step = 0; step < 2; step++) {
                Map<String, Double> values = new LinkedHashMap<>();
                values.put("train/mse", 0.5);
                values.put("train/within", 0.25);
                IntStream.range(0, 65).forEach(k -> values.put("weights/x" + k, 1.0));
                log.points(step, values);
            }
            log.finish(true, 1, Map.of());
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);

            Rest.Run child = rest.children(experiment).get(0);
            assertThat(child.metrics()).containsOnlyKeys("train/mse", "train/within", "loss");
            assertThat(rest.history(child.id(), "loss")).hasSize(300);
            assertThat(rest.artifact(child.id(), "weights.csv").lines()).hasSize(3);
        }
    }

    @Test
    void seesOnlyFromTheFirstStepHowManyWeightsThereAre() throws Exception {
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                Delivery delivery = lab.begin(Lab.at(server))) {
            lab.record();
            delivery.watch(lab.plan.key());
            RunLog log = lab.store.begin(lab.run(0), false);
            eventually(() -> assertThat(rest.children(experiment)).hasSize(1));
            Map<String, Double> values = new LinkedHashMap<>();
            IntStream.range(0, 65).forEach(k -> values.put("weights/x" + k, 1.0));
            values.put("train/mse", 0.5);
            log.points(0, values);
            eventually(() -> assertThat(historyOfOnlyChild("train/mse")).hasSize(1));
            log.finish(true, 0, Map.of());

            assertThat(delivery.finish(Duration.ofSeconds(60)).complete()).hasSize(1);
            Rest.Run child = rest.children(experiment).get(0);
            assertThat(child.metrics()).containsOnlyKeys("train/mse");
            assertThat(rest.artifacts(child.id())).containsExactly("weights.csv");
        }
    }

    /** What a trainer keeps are artifacts of its run, byte for byte, also where names need care. */
    @Test
    void sendsWhatATrainerKeeps() {
        Map<String, byte[]> kept = Map.of(
                "notes.txt", "met 9 targets\n".getBytes(StandardCharsets.UTF_8),
                "größe 1.bin", new byte[] {0, -1, 13, 10, 127},
                "empty", new byte[0]);
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.record();
            RunLog log = lab.store.begin(lab.run(0), false);
            lab.points(log, 0, 3);
            kept.forEach((name, content) -> log.file(RunSink.KEPT + name, content));
            log.finish(false, 20, Map.of());
            Delivery.Report report = lab.deliver(Lab.at(server));

            assertThat(report.problem()).isEmpty();
            Rest.Run child = rest.children(experiment).get(0);
            kept.forEach((name, content) ->
                    assertThat(rest.bytes(child.id(), "kept/" + name)).as(name).isEqualTo(content));
        }
    }

    @Test
    void sendsManyAndLongParams() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            PlannedRun run = lab.run(0);
            Map<String, String> params = new LinkedHashMap<>(run.params());
            for (int k = 0; k < 230; k++) {
                params.put("dataset.option-" + k + "[" + k + "]", "é".repeat(k * 12));
            }
            params.put("dataset.rows", "0,1;".repeat(5000));
            // the file of its value has a name, too, and file systems take 255 bytes
            params.put("dataset." + "é".repeat(240), "1,0;".repeat(5000));
            PlannedRun large = new PlannedRun(
                    run.variant(),
                    run.cell(),
                    run.sources(),
                    new RunContext(
                            PlannedRun.label(run.variant(), run.cell(), Pair.of(run.seed())),
                            run.seed(),
                            run.key(),
                            run.context().preparation(),
                            run.split(),
                            run.scale(),
                            run.trainer(),
                            run.decision(),
                            run.stop(),
                            run.timeout(),
                            run.weights(),
                            run.every(),
                            run.metrics(),
                            run.leaves(),
                            params));
            lab.record();
            lab.store.begin(large, false).finish(true, 0, Map.of());
            Delivery.Report report = lab.deliver(Lab.at(server));

            assertThat(report.problem()).isEmpty();
            Rest.Run child = rest.children(experiment).get(0);
            assertThat(child.params())
                    .hasSize(params.size())
                    .containsEntry("dataset.option-229_229_", "é".repeat(229 * 12));
            assertThat(child.params().get("dataset.rows")).hasSizeLessThanOrEqualTo(6000);
            assertThat(rest.artifact(child.id(), "params/dataset.rows.txt")).isEqualTo("0,1;".repeat(5000));
        }
    }

    @Test
    void listsChildrenOfOneTimeInTheirOrder() {
        try (Lab lab = new Lab(home, experiment, List.of(1L, 2L))) {
            lab.record();
            List<RunLog> logs = lab.plan.runs().stream()
                    .map(run -> lab.store.begin(run, false))
                    .toList();
            logs.forEach(log -> log.finish(true, 0, Map.of()));
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);

            assertThat(rest.children(experiment))
                    .extracting(run -> Long.parseLong(run.info("start_time")) - Lab.START.toEpochMilli())
                    .containsExactly(0L, 1L, 2L, 3L);
            assertThat(rest.children(experiment))
                    .extracting(run -> run.info("run_name"))
                    .containsExactly("no-bias/seed=1", "bias/seed=1", "no-bias/seed=2", "bias/seed=2");
        }
    }

    @Test
    void addsSeedsToTheSameParent() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            String parent = rest.parent(experiment).id();
            lab.plan = lab.plan(List.of(1L, 2L));
            lab.record();
            lab.train(lab.run(2), 3);
            lab.train(lab.run(3), 3);
            lab.publish();
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);

            assertThat(rest.parent(experiment).id()).isEqualTo(parent);
            assertThat(rest.children(experiment)).hasSize(4);
            assertThat(rest.parent(experiment).info("end_time"))
                    .isEqualTo("" + Lab.START.plusSeconds(6).toEpochMilli());
        }
    }

    @Test
    void bringsAnEffectThatIsSentAgainWithoutAnyRun() {
        String metric = "comparison/train/mse/bias/learning_rate_0.5/difference";
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);
            // greater, less, and what was there before: all of the one time when the runs ended
            for (double difference : List.of(-0.125, -0.5, -0.125, -0.25)) {
                lab.publish(difference);
                Delivery.Report report = lab.deliver(Lab.at(server));

                assertThat(rest.parent(experiment).metrics()).containsEntry(metric, difference);
                assertThat(report.complete()).as(report.problem().toString()).hasSize(1);
            }
        }
    }

    @Test
    void leavesWhatIsNotTrackedWhereItIs() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.plan = new Plan(
                    lab.plan.name(),
                    "",
                    lab.plan.key(),
                    lab.plan.dataset(),
                    lab.plan.variants(),
                    lab.plan.cells(),
                    lab.plan.baseline(),
                    lab.plan.seeds(),
                    lab.plan.runs(),
                    lab.plan.metrics(),
                    lab.plan.test(),
                    lab.plan.corrected(),
                    lab.plan.features(),
                    lab.plan.predict(),
                    lab.plan.differences(),
                    lab.plan.settings(),
                    new Spec.Track(false, Optional.empty(), true, OptionalLong.empty()),
                    lab.plan.resolved(),
                    List.of());
            lab.trainAll(3);
            assertThat(new Sync(lab.store, Lab.TRACKER, Lab.at(server)).pending())
                    .isEmpty();
            Delivery.Report report = lab.deliver(Lab.at(server));
            assertThat(report.undelivered()).isZero();
            assertThat(report.parents()).isEmpty();
        }
    }

    @Test
    void sharesAViewOfTheGroups() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            Delivery.Report report = lab.deliver(Lab.at(server));

            String name = "ablate-" + lab.plan.key().substring(0, 16);
            String id = rest.experiment(experiment);
            String parent = rest.parent(experiment).id();
            assertThat(report.links().get(lab.plan.key()))
                    .isEqualTo(server + "/#/experiments/" + id
                            + "/runs?workflowType=machine_learning&compareRunsMode=CHART&viewStateShareKey=" + name);
            assertThat(report.pages().get(lab.plan.key()))
                    .isEqualTo(server + "/#/experiments/" + id + "/runs/" + parent + "?workflowType=machine_learning");
            assertThat(rest.experimentJson(experiment).getAsJsonArray("tags"))
                    .extracting(tag -> tag.getAsJsonObject().get("key").getAsString() + " "
                            + tag.getAsJsonObject().get("value").getAsString())
                    .contains(
                            "mlflow.sharedViewState." + name
                                    + " {\"searchFilter\":\"tags.`mlflow.parentRunId` = '" + parent
                                    + "'\",\"orderByKey\":\"tags.`ablate.cell`\",\"orderByAsc\":true,\"startTime\":\"ALL\","
                                    + "\"lifecycleFilter\":\"Active\",\"datasetsFilter\":[],\"modelVersionFilter\":\"All Runs\","
                                    + "\"groupBy\":{\"aggregateFunction\":\"average\",\"groupByKeys\":[{\"mode\":\"tag\","
                                    + "\"groupByData\":\"ablate.cell\"}]},\"useGroupedValuesInCharts\":false,\"runsHiddenMode\":\"SHOW_ALL\",\"viewMaximized\":false,"
                                    + "\"isAccordionReordered\":true,\"compareRunSections\":[{\"uuid\":\"ablate-section-train\",\"name\":\"train\",\"display\":true,\"isReordered\":true}],"
                                    + "\"compareRunCharts\":[{\"type\":\"BAR\",\"uuid\":\"ablate-chart-train/mse\",\"metricSectionId\":\"ablate-section-train\",\"metricKey\":\"train/mse\",\"isGenerated\":true,\"deleted\":false}]}",
                            "mlflow.note.content [The comparisons alone](#/experiments/" + id
                                    + "/runs?workflowType=machine_learning&searchFilter=tags.%60ablate.role%60%20%3D%20%27parent%27):"
                                    + " one row each, without their runs.");
        }
    }

    private List<Rest.Value> historyOfOnlyChild(String key) {
        List<Rest.Run> children = rest.children(experiment);
        assertThat(children).hasSize(1);
        return rest.history(children.get(0).id(), key);
    }

    static void eventually(Runnable claim) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                claim.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }
}
