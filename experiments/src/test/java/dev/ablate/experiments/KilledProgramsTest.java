package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scripts that go on from their checkpoints, with Ablate killed at several moments: {@code -Dablate.programs.kills=50} for more.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are ended by signals")
class KilledProgramsTest {

    private static final int KILLS = Integer.getInteger("ablate.programs.kills", 5);

    /** How many steps a run has. */
    private static final int STEPS = 25;

    /** Each step follows from the one before; the trail, which no run knows of, says how far all have come. */
    private static final String SCRIPT = """
            import json, os, sys, time
            state = os.path.join(os.environ["ABLATE_CHECKPOINT"], "state.json")
            step, loss = json.load(open(state)) if os.path.exists(state) else (0, 1.0)
            rate, steps, pause = float(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
            while step < steps:
                step, loss = step + 1, loss * (1 - rate / (1 + int(os.environ["ABLATE_SEED"])))
                time.sleep(pause)
                with open(os.environ["ABLATE_REPORT"], "a") as report:
                    report.write(json.dumps({"step": step, "loss": loss}) + "\\n")
                with open(state + ".new", "w") as file:
                    json.dump([step, loss], file)
                os.replace(state + ".new", state)
                with open(os.environ["TRAIL"], "a") as trail:
                    trail.write(f"{os.environ['ABLATE_VARIANT']} {step}\\n")
                part = state + str(step)
                if len(sys.argv) > 4 and step in (2, 4) and not os.path.exists(part):
                    open(part, "w").close()
                    time.sleep(1000)
            """;

    @TempDir
    private Path folder;

    private Ablate ablate(String home) {
        return new Ablate(folder)
                .with("ABLATE_HOME", folder.resolve(home).toString())
                .with("TRAIL", folder.resolve(home + ".trail").toString());
    }

    private String spec(int seeds, String arguments) {
        ablate("any").write("steps.py", SCRIPT);
        return ablate("any")
                .write("steps.yaml", """
                        version: 1
                        name: steps
                        dataset: { plugin: none }
                        trainer:
                          plugin: program
                          command: [python3, steps.py, "{rate}", %s]
                          options: { rate: 0.1 }
                          inputs: [steps.py]
                          metrics: { loss: minimize }
                        seeds: { count: %d }
                        variants: { fast: { trainer.options.rate: 0.2 }, slow: {} }
                        """.formatted(arguments, seeds))
                .toString();
    }

    @Test
    void nothingIsLostOrDoubledWhereAblateIsKilled() throws Exception {
        int seeds = 1 + KILLS / 10;
        String spec = spec(seeds, "\"" + STEPS + "\", \"0.04\"");
        Path trail = folder.resolve("killed.trail");
        for (int kill = 1; kill <= KILLS; kill++) {
            Process process = ablate("killed").start("run", spec, "--offline");
            long until = (long) kill * 2 * seeds * STEPS / (KILLS + 1);
            while (process.isAlive() && lines(trail) < until) {
                Thread.sleep(5);
            }
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        assertEqual(run("killed", spec), run("undisturbed", spec));
    }

    @Test
    void aRunInThreePartsEqualsAnUndisturbedOne() {
        String spec = spec(1, "\"6\", \"0\", parts");
        for (int part = 1; part <= 2; part++) {
            Ablate.Result result = ablate("parts")
                    .run("run", spec, "--offline", "--only", "slow", "--retry-failed", "--set", "run.timeout=3s");
            assertThat(result.out()).contains("timed out after 3s");
        }
        JsonObject parts = run("parts", spec, "--only", "slow", "--retry-failed");
        JsonObject one = run("one", spec(1, "\"6\", \"0\""), "--only", "slow");
        assertThat(first(parts).get("series")).isEqualTo(first(one).get("series"));
        assertThat(first(parts).get("metrics")).isEqualTo(first(one).get("metrics"));
        assertThat(first(parts).getAsJsonObject("metrics").get("loss").getAsDouble())
                .isEqualTo(Math.pow(0.95, 6), offset(1e-12));
    }

    private JsonObject run(String home, String spec, String... more) {
        List<String> words = new ArrayList<>(List.of("run", spec, "--offline", "-f", "json", "--series"));
        words.addAll(List.of(more));
        Ablate.Result result = ablate(home).run(words.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return result.json();
    }

    private static JsonObject first(JsonObject report) {
        return report.getAsJsonArray("runs").get(0).getAsJsonObject();
    }

    private static void assertEqual(JsonObject actual, JsonObject expected) {
        JsonArray runs = expected.getAsJsonArray("runs");
        assertThat(actual.getAsJsonArray("runs")).hasSameSizeAs(runs);
        for (int i = 0; i < runs.size(); i++) {
            JsonObject one = actual.getAsJsonArray("runs").get(i).getAsJsonObject();
            JsonElement other = runs.get(i);
            for (String what : List.of("key", "metrics", "steps", "series")) {
                assertThat(one.get(what))
                        .as(what)
                        .isEqualTo(other.getAsJsonObject().get(what));
            }
        }
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
}
