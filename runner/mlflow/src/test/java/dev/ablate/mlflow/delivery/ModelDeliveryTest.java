package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ablate.engine.runs.Registration;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Sync;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.worker.spec.RunKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes with runs is there once, whatever becomes of a request, and where it can be on an old server. */
@ManagedMlflow
@Order(3)
class ModelDeliveryTest {

    private static final FaultyServer.Fate NOT_FOUND =
            new FaultyServer.Answer(404, "text/html", "<!doctype html><title>404 Not Found</title>");

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;
    private String experiment = "";

    ModelDeliveryTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @BeforeEach
    void nameTheExperiment(TestInfo test) {
        experiment = getClass().getSimpleName()
                + test.getTestMethod().orElseThrow().getName()
                + test.getDisplayName().replaceAll("[^a-z]", "");
    }

    @Test
    void deliversModelsAndDataOnce() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAllWithModels(3);
            Delivery.Report first = lab.deliver(Lab.at(server));
            assertThat(first.problem()).isEmpty();
            assertThat(first.remarks()).isEmpty();
            assertThereOnce();
            List<Rest.Run> before = rest.active(experiment);

            // as if the ledger had been lost: everything is sent to the same runs again
            lab.store.ledger().entries(Lab.at(server).id()).forEach(lab.store.ledger()::remove);
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            assertThereOnce();
            assertThat(rest.active(experiment)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/2.0/mlflow/logged-models",
                "/api/2.0/mlflow/runs/outputs",
                "/api/2.0/mlflow/runs/log-inputs",
                "/api/2.0/mlflow/model-versions/create",
                "/api/2.0/mlflow/registered-models/create"
            })
    void isThereOnceWhereAnAnswerIsLost(String path) {
        Set<String> lost = ConcurrentHashMap.newKeySet();
        FaultyServer.Mood mood = (method, asked, body) -> asked.equals(path) && lost.add(body)
                ? new FaultyServer.LoseAnswer(502, "text/html", "<html>Bad gateway</html>")
                : new FaultyServer.Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, mood)) {
            lab.trainAllWithModels(3);
            register(lab, lab.run(1).key(), "the best");
            assertThat(lab.deliver(at(faulty)).problem()).isEmpty();
            assertThat(lost).isNotEmpty();
            assertThereOnce();
            assertThat(versions()).hasSize(1);
        }
    }

    /** In the search before a model is made, or in that which makes sure of it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void makesNoTwinWhereASearchFindsNothingThoughThereIsSomething(int search) {
        // another home each time
        experiment += search;
        AtomicInteger searches = new AtomicInteger();
        FaultyServer.Mood forgetful =
                (method, path, body) -> path.endsWith("logged-models/search") && searches.getAndIncrement() == search
                        ? new FaultyServer.Answer(200, "application/json", "{}")
                        : new FaultyServer.Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, forgetful)) {
            lab.trainAllWithModels(3);
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            lab.store.ledger().entries(Lab.at(server).id()).forEach(lab.store.ledger()::remove);
            assertThat(lab.deliver(at(faulty)).problem()).isEmpty();
            assertThat(searches.get()).isGreaterThan(search);
            assertThereOnce();
        }
    }

    /** Something takes a file, and says that all is well. */
    @Test
    void sendsAFileAgainThatWasSwallowed() {
        AtomicInteger swallowed = new AtomicInteger();
        FaultyServer.Mood lying =
                (method, path, body) -> path.endsWith("model.onnx") && swallowed.getAndIncrement() == 0
                        ? new FaultyServer.Answer(200, "application/json", "{}")
                        : new FaultyServer.Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, lying)) {
            lab.trainAllWithModels(3);
            assertThat(lab.deliver(at(faulty)).problem()).isEmpty();
            assertThat(swallowed.get()).isEqualTo(3);
            StoreOnServer found = StoreOnServer.of(lab, rest);
            assertThat(found.lost()).isEmpty();
            assertThat(found.doubled()).isEmpty();
        }
    }

    @Test
    void takesTwinsAwayAndLeavesOtherPeoplesModels() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAllWithModels(3);
            lab.deliver(Lab.at(server));
            String run = rest.children(experiment).get(0).id();
            create(run, "twin", true);
            create(run, "mine", false);
            lab.store.ledger().entries(Lab.at(server).id()).forEach(lab.store.ledger()::remove);
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();

            assertThat(models(run))
                    .extracting(model -> model.get("name").getAsString())
                    .containsExactlyInAnyOrder("no-bias_seed=1", "mine");
        }
    }

    @Test
    void putsModelsAmongTheFilesOfRunsWhereTheServerIsOldAndSaysItOnce() {
        FaultyServer.Mood old = (method, path, body) -> path.equals("/version")
                ? new FaultyServer.Answer(200, "text/plain", "2.22.1")
                : isOfModels(path) ? NOT_FOUND : new FaultyServer.Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, old)) {
            lab.trainAllWithModels(3);
            register(lab, lab.run(1).key(), "the best");
            Delivery.Report report = lab.deliver(at(faulty));

            assertThat(report.problem()).isEmpty();
            assertThat(report.remarks()).singleElement().asString().contains("has no logged models");
            for (Rest.Run child : rest.children(experiment)) {
                assertThat(rest.artifacts(child.id())).contains("model");
                assertThat(rest.artifact(child.id(), "model/MLmodel"))
                        .contains("loader_module: mlflow.onnx", "run_id: \"" + child.id() + "\"")
                        .doesNotContain("model_id");
                assertThat(models(child.id())).isEmpty();
            }
            assertThat(versions()).hasSize(1);
            assertThat(faulty.requests.stream().filter(request -> request.contains("logged-models")))
                    .hasSize(1);
        }
    }

    @Test
    void asksAgainWhereAGatewaySaysThatThereAreNoModels() {
        AtomicInteger denied = new AtomicInteger();
        FaultyServer.Mood restarting =
                (method, path, body) -> isOfModels(path) && Set.of(0, 1, 8).contains(denied.getAndIncrement())
                        ? NOT_FOUND
                        : new FaultyServer.Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, restarting)) {
            lab.trainAllWithModels(3);
            Delivery.Report report = lab.deliver(at(faulty));
            assertThat(report.problem()).isEmpty();
            assertThat(report.remarks()).isEmpty();
            assertThereOnce();
            assertThat(denied.get()).isGreaterThan(8);
        }
    }

    @Test
    void believesANewServerInTheEndThatItHasNoModels() {
        FaultyServer.Mood closed = (method, path, body) -> isOfModels(path) ? NOT_FOUND : new FaultyServer.Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, closed)) {
            lab.trainAllWithModels(3);
            Delivery.Report report = lab.deliver(at(faulty));
            assertThat(report.problem()).isEmpty();
            assertThat(report.remarks())
                    .singleElement()
                    .asString()
                    .startsWith("MLflow there says that it is 3.17.2, answers like one older than 3.0 and has no");
            assertThat(rest.children(experiment))
                    .hasSize(2)
                    .allSatisfy(child -> assertThat(rest.artifacts(child.id())).contains("model"));
        }
    }

    private static boolean isOfModels(String path) {
        return path.startsWith("/api/2.0/mlflow/logged-models") || path.equals("/api/2.0/mlflow/runs/outputs");
    }

    @Test
    void registersTheBestAndChangesItsDescription() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAllWithModels(3);
            register(lab, lab.run(1).key(), "the best");
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            String bias = rest.children(experiment).get(1).id();
            assertThat(versions()).singleElement().satisfies(version -> {
                assertThat(version.get("run_id").getAsString()).isEqualTo(bias);
                assertThat(version.get("description").getAsString()).isEqualTo("the best");
            });

            register(lab, lab.run(1).key(), "still the best");
            assertThat(new Sync(lab.store, Lab.TRACKER, Lab.at(server)).pending())
                    .hasSize(1);
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            assertThat(versions())
                    .singleElement()
                    .extracting(version -> version.get("description").getAsString())
                    .isEqualTo("still the best");

            register(lab, lab.run(0).key(), "another");
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            assertThat(versions()).hasSize(2);
            assertThat(new Sync(lab.store, Lab.TRACKER, Lab.at(server)).pending())
                    .isEmpty();
        }
    }

    @Test
    void knowsARegisteredModelThatWasRenamed() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAllWithModels(3);
            register(lab, lab.run(1).key(), "the best");
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            rest.post(
                    "/api/2.0/mlflow/registered-models/rename",
                    Map.of("name", experiment, "new_name", experiment + "-2026"));
            register(lab, lab.run(1).key(), "still the best");
            Delivery.Report report = lab.deliver(Lab.at(server));

            assertThat(report.problem()).isEmpty();
            assertThat(report.remarks())
                    .containsExactly("The registered model " + experiment + " is called " + experiment
                            + "-2026 in MLflow now, and versions join it there.");
            assertThat(versions()).isEmpty();
            assertThat(versions(experiment + "-2026"))
                    .singleElement()
                    .extracting(version -> version.get("description").getAsString())
                    .isEqualTo("still the best");
            register(lab, lab.run(0).key(), "another");
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            assertThat(versions(experiment + "-2026")).hasSize(2);
        }
    }

    @Test
    void doesNotRegisterAgainUnaskedWhatSomebodyDeleted() {
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAllWithModels(3);
            register(lab, lab.run(1).key(), "the best");
            assertThat(lab.deliver(Lab.at(server)).problem()).isEmpty();
            rest.delete("/api/2.0/mlflow/model-versions/delete", Map.of("name", experiment, "version", "1"));
            Delivery.Report report = lab.verify(Lab.at(server));

            assertThat(report.problem().orElseThrow())
                    .contains(
                            "the registered model " + experiment + ", or its version, was deleted there; to register it"
                                    + " again: ablate sync " + lab.plan.key().substring(0, 8) + " --recreate");
            assertThat(versions()).isEmpty();
            assertThat(lab.recreate(Lab.at(server)).problem()).isEmpty();
            assertThat(versions()).hasSize(1);

            rest.delete("/api/2.0/mlflow/registered-models/delete", Map.of("name", experiment));
            assertThat(lab.verify(Lab.at(server)).problem().orElseThrow())
                    .contains("the registered model " + experiment + " was deleted there");
            assertThat(versions()).isEmpty();
            assertThat(lab.recreate(Lab.at(server)).problem()).isEmpty();
            assertThat(versions()).hasSize(1);
        }
    }

    private void register(Lab lab, RunKey run, String description) {
        lab.store.register(lab.plan.key(), Optional.of(new Registration(experiment, run, description)));
    }

    private void assertThereOnce() {
        List<Rest.Run> children = rest.children(experiment);
        assertThat(children).hasSize(2);
        for (Rest.Run child : children) {
            List<JsonObject> models = models(child.id());
            assertThat(models).hasSize(1);
            assertThat(models.get(0).get("status").getAsString()).isEqualTo("LOGGED_MODEL_READY");
            assertThat(child.json().getAsJsonObject("outputs").getAsJsonArray("model_outputs"))
                    .singleElement()
                    .extracting(output -> output.getAsJsonObject().get("model_id"))
                    .isEqualTo(models.get(0).get("model_id"));
            assertThat(child.json().getAsJsonObject("inputs").getAsJsonArray("dataset_inputs"))
                    .hasSize(1);
        }
    }

    private List<JsonObject> models(String run) {
        JsonObject query = new JsonObject();
        JsonArray ids = new JsonArray();
        ids.add(rest.experiment(experiment));
        query.add("experiment_ids", ids);
        query.addProperty("filter", "source_run_id = '" + run + "'");
        return objects(rest.post("/api/2.0/mlflow/logged-models/search", query), "models").stream()
                .map(model -> model.getAsJsonObject("info"))
                .toList();
    }

    private List<JsonObject> versions() {
        return versions(experiment);
    }

    private List<JsonObject> versions(String model) {
        return objects(
                rest.get("/api/2.0/mlflow/model-versions/search?filter=name%3D%27" + model + "%27"), "model_versions");
    }

    private void create(String run, String name, boolean ours) {
        JsonObject model = new JsonObject();
        model.addProperty("experiment_id", rest.experiment(experiment));
        model.addProperty("source_run_id", run);
        model.addProperty("name", name);
        if (ours) {
            JsonObject tag = new JsonObject();
            tag.addProperty("key", "ablate.role");
            tag.addProperty("value", "model");
            JsonArray tags = new JsonArray();
            tags.add(tag);
            model.add("tags", tags);
        }
        rest.post("/api/2.0/mlflow/logged-models", model);
    }

    private static List<JsonObject> objects(JsonObject parent, String name) {
        List<JsonObject> found = new ArrayList<>();
        if (parent.has(name)) {
            parent.getAsJsonArray(name).forEach(each -> found.add(each.getAsJsonObject()));
        }
        return found;
    }

    private static Endpoint at(FaultyServer faulty) {
        return new Endpoint("test", faulty.address(), Access.open());
    }
}
