package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped experiments whose scripts need libraries, with the Python of the program's own MLflow, which has them. */
@ManagedMlflow
@Order(6)
class ShippedScriptsTest {

    @TempDir
    private Path folder;

    private final URI server;
    private final MlflowReader reader;
    private Ablate ablate = new Ablate(Path.of(""));

    ShippedScriptsTest(URI server) {
        this.server = server;
        this.reader = new MlflowReader(server);
    }

    @BeforeEach
    void open() throws IOException {
        Path bin = Path.of(PythonScriptsTest.python()).resolve("..").normalize();
        ablate = new Ablate(folder).with("PATH", bin + File.pathSeparator + System.getenv("PATH"));
    }

    private void assertBetter(String variant, Ablate.Result result) {
        assertThat(result.code()).as(result.err()).isZero();
        JsonObject effect = result.json().getAsJsonArray("effects").get(0).getAsJsonObject();
        assertThat(effect.get("variant").getAsString()).isEqualTo(variant);
        assertThat(effect.get("verdict").getAsString()).isEqualTo("better");
    }

    @Test
    void anEstimatorIsComparedWithoutAScript() {
        assertBetter("standardised", ablate.run("run", "nearest-neighbours", "--offline", "-f", "json"));
    }

    @Test
    void aScriptThatLogsToMlflowIsComparedAsItIs() {
        assertBetter(
                "scaled",
                ablate.run("run", "scaled-columns", "--tracking-uri", server.toString(), "-f", "json", "--jobs", "2"));
        assertThat(reader.runs("scaled-columns").stream()
                        .filter(run -> "child".equals(run.tags().get("ablate.role"))))
                .hasSize(20)
                .allSatisfy(run -> {
                    assertThat(run.params().keySet()).anyMatch(param -> param.endsWith("max_iter"));
                    assertThat(run.tags()).containsEntry("ablate.experiment", "tumours");
                    assertThat(reader.history(run, "test_log_loss")).hasSize(1);
                });
    }
}
