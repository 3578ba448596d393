package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
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

    /** Logs to MLflow and has no checkpoint: each attempt begins again. */
    private static final String LOGGING = """
            import json, os, sys, time, urllib.request
            def call(path, **body):
                request = urllib.request.Request(
                    os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/" + path, json.dumps(body).encode(),
                    {"Authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"], "Content-Type": "application/json"})
                return json.load(urllib.request.urlopen(request, timeout=20))
            run, loss = os.environ["MLFLOW_RUN_ID"], 1.0
            rate, steps, pause = float(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
            call("runs/log-parameter", run_id=run, key="script.rate", value=sys.argv[1])
            below = [{"key": "mlflow.parentRunId", "value": run}]
            fold = call("runs/create", run_name="fold", start_time=1, tags=below)["run"]["info"]["run_id"]
            for step in range(1, steps + 1):
                loss *= 1 - rate / (1 + int(os.environ["ABLATE_SEED"]))
                time.sleep(pause)
                values = [{"key": key, "value": loss, "timestamp": step, "step": step} for key in ("loss", "other")]
                call("runs/log-batch", run_id=run, metrics=values, tags=[{"key": "done", "value": str(step)}])
                call("runs/log-metric", run_id=fold, **values[0])
                with open(os.environ["TRAIL"], "a") as trail:
                    trail.write(f"{os.environ['ABLATE_VARIANT']} {step}\\n")
            call("runs/update", run_id=fold, status="FINISHED", end_time=2)
            """;

    @TempDir
    private Path folder;

    private Ablate ablate(String home) {
        return new Ablate(folder)
                .with("ABLATE_HOME", folder.resolve(home).toString())
                .with("TRAIL", folder.resolve(home + ".trail").toString());
    }

    private String spec(int seeds, String arguments) {
        return spec(SCRIPT, seeds, arguments);
    }

    private String spec(String script, int seeds, String arguments) {
        ablate("any").write("steps.py", script);
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
        kill(spec, false, kill -> kill * 2 * seeds * STEPS / (KILLS + 1));
        assertEqual(run("killed", spec), run("undisturbed", spec));
    }

    /** An attempt that begins again logs what is there already. */
    @Test
    void nothingThatWasLoggedIsLostOrDoubledWhereAblateIsKilled() throws Exception {
        String spec = spec(LOGGING, 1, "\"" + STEPS + "\", \"0.04\"");
        // the first run is left alone half way, so that both are killed
        kill(spec, true, kill -> 1 + kill * 7 % (STEPS - 1) + (kill == (KILLS + 1) / 2 ? STEPS : 0));
        assertEqual(run("killed", spec), run("undisturbed", spec));
        assertThat(notes("killed"))
                .isEqualTo(notes("undisturbed"))
                .hasSizeGreaterThanOrEqualTo(2 * 3 * STEPS)
                .allMatch(note -> note.endsWith(" 1"));
    }

    /** What is stored of all runs, without their numbers, and how often; of a tag the last value counts, however often it comes. */
    private List<String> notes(String home) throws SQLException {
        List<String> notes = new ArrayList<>();
        try (Connection store = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve(home).resolve("runs.db"));
                Statement ask = store.createStatement();
                ResultSet rows = ask.executeQuery("""
                        SELECT kind, name, step, CASE kind WHEN 'CHILD' THEN '' ELSE value END AS what, count(*)
                        FROM note WHERE kind <> 'TAG' GROUP BY kind, name, step, what, attempt, run ORDER BY 1, 2, 3, 4, 5
                        """)) {
            while (rows.next()) {
                notes.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getLong(3) + " " + rows.getString(4)
                        + " " + rows.getLong(5));
            }
        }
        return notes;
    }

    /**
     * Runs a spec and kills Ablate at several moments.
     *
     * @param fromStart whether steps are counted from the start that is killed, and not from the first
     * @param moments after how many steps each is made
     */
    private void kill(String spec, boolean fromStart, IntUnaryOperator moments) throws Exception {
        Path trail = folder.resolve("killed.trail");
        for (int kill = 1; kill <= KILLS; kill++) {
            long before = fromStart ? lines(trail) : 0;
            Process process = ablate("killed").start("run", spec, "--offline");
            long until = before + moments.applyAsInt(kill);
            while (process.isAlive() && lines(trail) < until) {
                Thread.sleep(5);
            }
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
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
