package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Layer;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.model.ModelGraphs;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.OldStore;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.Sync;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.image.ModelImage;
import dev.ablate.worker.model.ModelFiles;
import dev.ablate.worker.model.TrainedModel;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an older Ablate delivered out of a store, and this one would deliver out of it. */
class OldStoreTest {

    private static final URI SERVER = URI.create("http://localhost:5000");

    @TempDir
    private Path home;

    private Sync sync(RunStore store) {
        return new Sync(store, Lab.TRACKER, new Endpoint(SERVER.toString(), SERVER, Access.open()));
    }

    /** The ledger has the digest of all that was sent: params, tags, metrics to the bit and files to the byte. */
    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8})
    void wouldBeDeliveredAsItWas(int format) throws Exception {
        OldStore.write(home, format);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            ComparisonRecord comparison = store.comparisons().get(0);
            assertThat(store.effects(comparison.key())).hasSize(2);
            assertThat(sync(store).standing(comparison).verified()).isEqualTo(12);
            assertThat(sync(store).pending()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE effect SET difference = '0.026848087024239803' WHERE position = 0",
                "UPDATE effect SET low = NULL WHERE position = 1",
                "UPDATE effect SET cell = '{}' WHERE position = 1",
                "DELETE FROM attempt_file WHERE attempt = 3 AND path = 'model/input_example.json'",
            })
    void wouldBeDeliveredAgainIfAnythingWereAnother(String change) throws Exception {
        Path file = OldStore.write(home, 5);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(store.comparisons()).hasSize(1);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(change)).isEqualTo(1);
        }
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(sync(store).pending()).hasSize(1);
        }
    }

    /** The stored model says all that was stored then: the files that MLflow gets are the same to the byte. */
    @Test
    void drawsAModelAsItWasDelivered() throws Exception {
        OldStore.write(home, 5);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            ComparisonRecord.Member member =
                    store.comparisons().get(0).members().get(0);
            Map<String, byte[]> before = ModelImage.of(store.files(member.run().id()));
            assertThat(before).containsOnlyKeys("MLmodel", "input_example.json", "model.onnx");
            Map<String, Double> learned = member.run().parameters();
            assertThat(learned).containsOnlyKeys("x1", "x2", "bias");
            TrainedModel model = new TrainedModel(
                    List.of("x1", "x2"),
                    "y",
                    "",
                    List.of(),
                    Decision.DEFAULT,
                    List.of(),
                    List.of(new Layer(
                            List.of(
                                    List.of(learned.getOrDefault("x1", Double.NaN)),
                                    List.of(learned.getOrDefault("x2", Double.NaN))),
                            List.of(learned.getOrDefault("bias", Double.NaN)),
                            Activation.SIGMOID)),
                    TrainedModel.Scale.NONE,
                    List.of(0.0, 0.0),
                    null);
            Map<String, byte[]> kept = ModelGraphs.added(ModelFiles.of(model));
            assertThat(ModelImage.of(kept).keySet()).containsExactlyElementsOf(before.keySet());
            ModelImage.of(kept)
                    .forEach((path, content) -> assertThat(content).as(path).isEqualTo(before.get(path)));
        }
    }
}
