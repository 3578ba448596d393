package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.experiments.Ablate.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever runs are trained, they give to the bit what one thread gives that nobody disturbs, once each: normally, where whoever trains
 * them is killed, and where two shells ask for them at once.
 *
 * <p>A launcher's test extends it, and says how the launcher is chosen and how its worker is killed.
 */
abstract class LaunchedCases {

    static final String TOYS = """
            version: 1
            name: toys
            dataset: { plugin: xor-gate }
            trainer: { plugin: mlp, hidden: [3], learning_rate: 0.5, epochs: 50 }
            variants: { slow: {}, fast: { trainer: { learning_rate: 1.0 } } }
            seeds: [1, 2, 3]
            """;

    /** Of seconds. */
    static final String LONGER = TOYS.replace("epochs: 50", "epochs: 300000");

    private static final int RUNS = 6;

    @TempDir
    Path folder;

    Ablate ablate;

    /** What the spec says of where its runs are trained: nothing, or {@code run: { launcher: ... }}. */
    abstract String launcher();

    /** Gives a program what it needs to use the launcher. */
    abstract void prepare(Ablate program);

    /** Kills a process that trains runs, as soon as there is one. */
    abstract void killWorker(Process command) throws InterruptedException;

    @BeforeEach
    final void open() {
        ablate = new Ablate(folder);
        prepare(ablate);
    }

    @Test
    final void givesTheAnswerOfOneThread() throws Exception {
        ablate.write("toys.yaml", TOYS + launcher());
        assertAnswer(TOYS, answer());
    }

    @Test
    final void losesNothingWhereItsWorkerIsKilled() throws Exception {
        ablate.write("toys.yaml", LONGER + launcher());
        Process command = ablate.start("run", "toys.yaml", "--offline", "--wait");
        killWorker(command);
        command.waitFor();
        assertAnswer(LONGER, answer());
    }

    @Test
    final void trainsNothingTwiceForTwoShells() throws Exception {
        ablate.write("toys.yaml", LONGER + launcher());
        List<Path> answers = List.of(folder.resolve("one.json"), folder.resolve("other.json"));
        List<Process> shells = new ArrayList<>();
        for (Path answer : answers) {
            shells.add(ablate.start(
                    "run", "toys.yaml", "--offline", "--wait", "-f", "json", "--series", "-o", answer.toString()));
        }
        Map<JsonElement, Integer> trained = new HashMap<>();
        for (int k = 0; k < answers.size(); k++) {
            assertThat(shells.get(k).waitFor()).isZero();
            JsonObject answer =
                    JsonParser.parseString(Files.readString(answers.get(k))).getAsJsonObject();
            for (JsonElement run : answer.getAsJsonArray("runs")) {
                boolean reused = run.getAsJsonObject().get("reused").getAsBoolean();
                trained.merge(run.getAsJsonObject().get("key"), reused ? 0 : 1, Integer::sum);
            }
            assertAnswer(LONGER, answer);
        }
        assertThat(trained)
                .hasSize(RUNS)
                .allSatisfy((key, times) -> assertThat(times).isOne());
    }

    /** What it prints once all runs have ended. */
    final JsonObject answer() {
        Result result = ablate.run("run", "toys.yaml", "--offline", "--wait", "-f", "json", "--series");
        assertThat(result.code()).as(result.err()).isZero();
        return result.json();
    }

    /** Equal to the bit to that of a home of its own, where one thread has trained; nothing is stored twice, and no task is left. */
    final void assertAnswer(String text, JsonObject answer) throws IOException {
        Ablate other = new Ablate(folder)
                .with("ABLATE_HOME", folder.resolve("undisturbed").toString());
        other.write("undisturbed.yaml", text);
        Result expected = other.run("run", "undisturbed.yaml", "--offline", "--jobs", "1", "-f", "json", "--series");
        assertThat(expected.code()).as(expected.err()).isZero();
        assertThat(figures(answer)).hasSize(RUNS).isEqualTo(figures(expected.json()));
        assertThat(answer.get("effects")).isEqualTo(expected.json().get("effects"));
        try (RunStore store = RunStore.open(ablate.home(), Clock.systemUTC())) {
            assertThat(store.newest(2 * RUNS))
                    .hasSize(RUNS)
                    .extracting(RunRecord::status)
                    .containsOnly(RunStatus.FINISHED);
        }
        assertThat(left()).isEmpty();
    }

    private static List<List<JsonElement>> figures(JsonObject answer) {
        return answer.getAsJsonArray("runs").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(run -> Stream.of("key", "parameters", "metrics", "steps", "series", "predictions")
                        .map(run::get)
                        .toList())
                .toList();
    }

    /** Folders that launchers have left, in which tasks were. */
    final List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.endsWith(".ablate-jobs")).toList();
        }
    }
}
