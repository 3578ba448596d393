package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Sync;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Experiments and runs that people rename, delete and restore on the server are known by their ids. */
@ManagedMlflow
class ExperimentIdentityTest {

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;
    private String experiment = "";

    ExperimentIdentityTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @BeforeEach
    void nameTheExperiment(TestInfo test) {
        experiment = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void newRunsJoinARenamedExperiment() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            String parent = rest.parent(experiment).id();
            rename(experiment, experiment + "-2026");
            addSeed(lab);
            Delivery.Report report = lab.deliver(Lab.at(server));

            assertThat(report.problem()).isEmpty();
            assertThat(report.complete()).hasSize(1);
            assertThat(report.remarks())
                    .containsExactly("The experiment " + experiment + " is called " + experiment
                            + "-2026 in MLflow now, and its runs join it there.");
            assertThat(rest.hasExperiment(experiment)).isFalse();
            assertThat(rest.parent(experiment + "-2026").id()).isEqualTo(parent);
            assertThat(rest.children(experiment + "-2026")).hasSize(4);
            assertThat(report.pages().get(lab.plan.key()))
                    .contains("/experiments/" + rest.experiment(experiment + "-2026") + "/runs/" + parent);
            assertThat(lab.verify(Lab.at(server)).complete()).hasSize(1);
            assertThat(rest.hasExperiment(experiment)).isFalse();
        }
    }

    @Test
    void learnsTheIdWhereAnOlderLedgerHasNone() throws SQLException {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("runs.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM delivery_place");
        }
        rename(experiment, experiment + "-2026");
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            addSeed(lab);
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);
            assertThat(rest.hasExperiment(experiment)).isFalse();
            assertThat(rest.children(experiment + "-2026")).hasSize(4);
        }
    }

    @Test
    void leavesDeletedRunsAloneAfterARename() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            rest.active(experiment).forEach(run -> rest.post("/api/2.0/mlflow/runs/delete", "run_id", run.id()));
            String renamed = experiment + "-2026";
            rename(experiment, renamed);
            Delivery.Report report = lab.verify(Lab.at(server));

            assertThat(report.complete()).isEmpty();
            assertThat(report.problem().orElseThrow()).contains("has the run in its trash");
            Sync.Standing standing = new Sync(lab.store, Lab.TRACKER, Lab.at(server))
                    .standing(lab.store.comparison(lab.plan.key()).orElseThrow());
            assertThat(standing.verified()).isZero();
            assertThat(standing.remarks()).hasSize(3).allMatch(remark -> remark.contains("has the run in its trash"));
            assertThat(rest.hasExperiment(experiment)).isFalse();
            assertThat(rest.active(renamed)).isEmpty();
            assertThat(lab.recreate(Lab.at(server)).complete()).hasSize(1);
            assertThat(rest.active(renamed)).hasSize(3);
        }
    }

    @Test
    void saysThatAnotherExperimentHasTheNameNow() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            rename(experiment, experiment + "-2026");
            rest.post("/api/2.0/mlflow/experiments/create", "name", experiment);
            addSeed(lab);
            Delivery.Report report = lab.deliver(Lab.at(server));

            assertThat(report.complete()).hasSize(1);
            assertThat(report.remarks()).singleElement().asString().contains("Another one is called " + experiment);
            assertThat(new Rest(server).active(experiment)).isEmpty();
            assertThat(rest.children(experiment + "-2026")).hasSize(4);
        }
    }

    @Test
    void saysThatARenamedExperimentIsInTheTrashAndBeginsAgainWhereAskedTo() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            String id = rest.experiment(experiment);
            rename(experiment, experiment + "-old");
            rest.post("/api/2.0/mlflow/experiments/delete", "experiment_id", id);
            Delivery.Report report = lab.verify(Lab.at(server));

            assertThat(report.complete()).isEmpty();
            assertThat(report.problem().orElseThrow())
                    .contains("has the experiment " + experiment + " (called " + experiment
                            + "-old there) in its trash; restore it there (mlflow experiments restore -x " + id + ")");
            assertThat(rest.hasExperiment(experiment)).isFalse();
            assertThat(lab.recreate(Lab.at(server)).complete()).hasSize(1);
            assertThat(new Rest(server).active(experiment)).hasSize(3);
        }
    }

    @Test
    void saysThatAnExperimentWasDeletedForGood() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            forget(lab);
            Delivery.Report report = lab.verify(Lab.at(server));

            assertThat(report.problem().orElseThrow())
                    .contains(
                            "no longer has the experiment " + experiment + " (its id was 987654321): it was deleted for"
                                    + " good; to have it made again: ablate sync "
                                    + lab.plan.key().substring(0, 8) + " --recreate");
            assertThat(lab.recreate(Lab.at(server)).complete()).hasSize(1);
        }
    }

    @Test
    void takesTheSameIdInAnotherDatabaseForAnotherExperiment() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            DeliveryLedger.Place place = new DeliveryLedger.Place(Lab.at(server).id(), experiment, "0", 1, 2);
            lab.store.ledger().put(place);
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);
            assertThat(rest.active(experiment)).hasSize(3);
            assertThat(lab.store.ledger().place(place.destination(), experiment).orElseThrow())
                    .extracting(DeliveryLedger.Place::id)
                    .isEqualTo(rest.experiment(experiment));
        }
    }

    @Test
    void keepsAParentWhoseRunWasRenamed() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(3);
            lab.deliver(Lab.at(server));
            String parent = rest.parent(experiment).id();
            rest.post(
                    "/api/2.0/mlflow/runs/update", Map.of("run_id", parent, "run_name", "a better name for the runs"));
            addSeed(lab);
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);
            assertThat(lab.verify(Lab.at(server)).complete()).hasSize(1);
            assertThat(rest.parent(experiment).id()).isEqualTo(parent);
            assertThat(rest.parent(experiment).info("run_name")).isEqualTo("a better name for the runs");
        }
    }

    /** As after a purge: the server is the same, and no longer knows the experiment or its runs. */
    private void forget(Lab lab) {
        DeliveryLedger ledger = lab.store.ledger();
        DeliveryLedger.Place place =
                ledger.place(Lab.at(server).id(), experiment).orElseThrow();
        ledger.put(new DeliveryLedger.Place(
                place.destination(), experiment, "987654321", place.created(), place.origin()));
    }

    private static void addSeed(Lab lab) {
        lab.plan = lab.plan(List.of(1L, 2L));
        lab.record();
        lab.train(lab.run(2), 3);
        lab.train(lab.run(3), 3);
        lab.publish();
    }

    private void rename(String name, String other) {
        JsonObject body = new JsonObject();
        body.addProperty("experiment_id", rest.experiment(name));
        body.addProperty("new_name", other);
        rest.post("/api/2.0/mlflow/experiments/update", body);
    }
}
