package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer {@code dl4j} in the assembled application: asleep unless a spec names it, and the program without it. */
class Deeplearning4jTest {

    private static final String SPEC = """
            version: 1
            name: agree
            dataset: { plugin: or-gate }
            trainer: { plugin: perceptron, learning_rate: 0.05, epochs: 20, initial_weights: [0.1, 0.2] }
            variants:
              dl4j: { trainer: { plugin: dl4j, learning_rate: 0.05, epochs: 20, initial_weights: [0.1, 0.2] } }
              own: { trainer.bias: true }
            """;

    @TempDir
    private Path folder;

    private Path jar;
    private Path loaded;
    private Ablate ablate;

    @BeforeEach
    void layOut() {
        jar = ShippedPlugins.layOut(folder.resolve("shipped"));
        loaded = folder.resolve("loaded.txt");
        ablate = new Ablate(folder)
                .plugins(folder.resolve("shipped"))
                .java("-Xlog:class+load:file=" + loaded.getFileName());
        ablate.write("agree.yaml", SPEC);
    }

    @Test
    void learnsWhatThePerceptronLearnsAndSaysNothingElse() {
        Ablate.Result result = ablate.run("run", "agree.yaml", "--offline", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContainIgnoringCase("nd4j").doesNotContain("WARN");
        JsonObject effect = result.json().getAsJsonArray("effects").get(0).getAsJsonObject();
        assertThat(effect.get("verdict").getAsString()).isEqualTo("identical");
        assertThat(librariesLoaded()).as("what the next test looks for").isNotEmpty();
    }

    @Test
    void sleepsWhileNoSpecNamesIt() {
        for (List<String> command : List.of(
                List.of("list", "trainers"),
                List.of("list", "datasets"),
                List.of("describe", "dataset", "or-gate"),
                List.of("describe", "trainer", "dl4j"),
                List.of("run", "or-gate-bias", "--offline"))) {
            Ablate.Result result = ablate.run(command.toArray(String[]::new));
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(librariesLoaded()).as(command.toString()).isEmpty();
        }
    }

    @Test
    void isListedAndDescribed() {
        assertThat(ablate.run("list", "trainers").out()).contains("dl4j", "Deeplearning4j", "perceptron");
        assertThat(ablate.run("describe", "trainer", "dl4j").out())
                .contains("hidden: list of whole numbers")
                .contains("initial_layers: list of { weights: lists of numbers, bias: list of numbers }");
    }

    @Test
    void refusesWhatItCannotDoBeforeAnythingRuns() {
        ablate.write(
                "slip.yaml",
                SPEC.replace("{ plugin: dl4j, learning_rate", "{ plugin: dl4j, gradient: as-published, learning_rate"));
        Ablate.Result result = ablate.run("run", "slip.yaml", "--offline");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("gradient is an option of perceptron, not of dl4j");
    }

    @Test
    void isMissedByNothingElseWhenItsLibrariesAreGone() throws IOException {
        try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
            for (Path library : libraries.toList()) {
                Files.delete(library);
            }
        }
        assertThat(ablate.run("list", "trainers").out()).contains("dl4j", "perceptron");
        assertThat(ablate.run("describe", "trainer", "dl4j").code()).isZero();
        assertThat(ablate.run("describe", "dataset", "house-price").code()).isZero();
        assertThat(ablate.run("run", "or-gate-bias", "--offline").code()).isZero();

        Ablate.Result result = ablate.run("run", "agree.yaml", "--offline");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("agree.yaml:6:30: error: trainer 'dl4j' of ablate-dl4j.jar cannot be made:"
                        + " class org.deeplearning4j.nn.multilayer.MultiLayerNetwork is missing;"
                        + " put the jar that has it beside " + jar);
    }

    @Test
    void isUnknownWhenThePluginIsGone() throws IOException {
        Files.delete(jar);
        Ablate.Result result = ablate.run("validate", "agree.yaml");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "agree.yaml:6:30: error: no trainer 'dl4j'; there are baseline, exact, mlp, perceptron, program, python (searched:");
        assertThat(ablate.run("list", "trainers").out()).contains("perceptron").doesNotContain("dl4j");
        assertThat(ablate.run("run", "or-gate-bias", "--offline").code()).isZero();
    }

    private List<String> librariesLoaded() {
        try (Stream<String> lines = Files.lines(loaded)) {
            return lines.filter(line -> Stream.of("org.deeplearning4j.", "org.nd4j.", "org.bytedeco.")
                            .anyMatch(line::contains))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
