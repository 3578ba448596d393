package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedExperimentsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.ablate.experiments.ShippedDocuments#all")
    void opensWithAQuestionOrAFindingAndWhatToLookFor(String name) throws IOException {
        Path spec = Ablate.SPECS.resolve(name + ".yaml");
        List<String> comment = Files.readAllLines(spec).stream()
                .takeWhile(line -> line.startsWith("#"))
                .toList();
        assertThat(comment).hasSizeGreaterThan(3);
        assertThat(comment.get(0)).matches("# .*[.?]");
        assertThat(comment.get(1)).isEqualTo("#");
        assertThat(Files.readAllLines(spec)).contains("name: " + name);
    }

    @ParameterizedTest
    @MethodSource("dev.ablate.experiments.ShippedDocuments#names")
    void runsAndAnswersWithAnEffect(String name) {
        JsonObject document = ShippedDocuments.of(name);
        assertThat(document.get("comparison").getAsString()).isEqualTo(name);
        assertThat(document.getAsJsonArray("effects")).isNotEmpty();
        assertThat(document.getAsJsonArray("runs").asList().stream()
                        .map(run -> run.getAsJsonObject().get("status").getAsString())
                        .filter(status -> !status.equals("finished")))
                .hasSize(ShippedDocuments.exitCode(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"or-gate-bias", "virus-symptoms", "eight-points-online"})
    void isReachedByItsFileTooAndRunsTheSameForAnyNumberOfJobs(String name) {
        String[] asked = {"--offline", "-f", "json", "--series", "--repeats", "3"};
        JsonObject first = document(new Shell(folder, folder.resolve("home")), asked, name, "--jobs", "1");
        Shell elsewhere = new Shell(folder, folder.resolve("other"));
        String file = Ablate.SPECS.resolve(name + ".yaml").toString();
        JsonObject second = document(elsewhere, asked, file, "--jobs", "4");

        List<JsonElement> runs = second.getAsJsonArray("runs").asList();
        assertThat(first.getAsJsonArray("runs")).hasSameSizeAs(runs);
        for (int i = 0; i < runs.size(); i++) {
            JsonObject run = first.getAsJsonArray("runs").get(i).getAsJsonObject();
            for (String what : List.of("key", "variant", "seed", "parameters", "metrics", "series", "predictions")) {
                assertThat(run.get(what))
                        .as(what)
                        .isEqualTo(runs.get(i).getAsJsonObject().get(what));
            }
        }
    }

    private static JsonObject document(Shell shell, String[] asked, String... more) {
        List<String> command = new ArrayList<>(List.of("run"));
        command.addAll(List.of(more));
        command.addAll(List.of(asked));
        Shell.Result result = shell.run(command.toArray(new String[0]));
        assertThat(result.code()).as(result.err()).isZero();
        return result.json();
    }
}
