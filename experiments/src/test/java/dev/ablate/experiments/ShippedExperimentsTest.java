package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedExperimentsTest {

    @TempDir
    private Path folder;

    static List<Path> specs() throws IOException {
        try (Stream<Path> files = Files.list(Ablate.SPECS)) {
            List<Path> specs = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(specs).isNotEmpty();
            return specs;
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void opensWithAQuestionOrAFindingAndWhatToLookFor(Path spec) throws IOException {
        List<String> comment = Files.readAllLines(spec).stream()
                .takeWhile(line -> line.startsWith("#"))
                .toList();
        assertThat(comment).hasSizeGreaterThan(3);
        assertThat(comment.get(0)).matches("# .*[.?]");
        assertThat(comment.get(1)).isEqualTo("#");
        assertThat(Files.readAllLines(spec)).contains("name: " + name(spec));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void isReachedByItsNameAndItsFileAndRunsTheSameForAnyNumberOfJobs(Path spec) {
        Ablate one = new Ablate(folder);
        Ablate.Result first = one.run("run", name(spec), "-f", "json", "--series", "--jobs", "1");
        assertThat(first.code()).as(first.err()).isZero();

        Ablate other =
                new Ablate(folder).with("ABLATE_HOME", folder.resolve("other").toString());
        Ablate.Result second =
                other.run("run", spec.toString(), "-f", "json", "--series", "--jobs", "4", "--repeats", "3");
        assertThat(second.code()).as(second.err()).isZero();
        Ablate.Result third = one.run("run", name(spec), "-f", "json", "--series", "--repeats", "3");

        List<JsonElement> runs = second.json().getAsJsonArray("runs").asList();
        assertThat(third.json().getAsJsonArray("runs")).hasSameSizeAs(runs);
        for (int i = 0; i < runs.size(); i++) {
            for (String what : List.of("key", "variant", "seed", "parameters", "metrics", "series", "predictions")) {
                assertThat(third.json()
                                .getAsJsonArray("runs")
                                .get(i)
                                .getAsJsonObject()
                                .get(what))
                        .as(what)
                        .isEqualTo(runs.get(i).getAsJsonObject().get(what));
            }
        }
    }

    private static String name(Path spec) {
        return spec.getFileName().toString().replace(".yaml", "");
    }
}
