package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What {@code run} stores of code, program and machine, and which command says what of it. It sets a property that others read. */
@Isolated
class ProvenanceCommandsTest {

    private static final String SPEC = """
            version: 1
            name: origin
            dataset: { plugin: or-gate }
            trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 20 }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    private String spec;

    @BeforeEach
    void open() throws Exception {
        shell = new Shell(folder).with("PATH", System.getenv("PATH"));
        spec = shell.write("spec.yaml", SPEC);
        git("init", "--quiet");
        git("add", "spec.yaml");
        git("commit", "--quiet", "-m", "first");
    }

    @Test
    void aCommandThatTrainsNothingDoesNotSayThatRunsWereTrainedHere() {
        run("run", spec, "--offline");
        JsonObject trained = environment();
        String version = System.getProperty("os.version");
        assertThat(trained.get("operating_system_version").getAsString()).isEqualTo(version);
        shell.write("spec.yaml", SPEC + "# another tree\n");
        System.setProperty("os.version", "another machine");
        try {
            run("run", spec, "--offline");
            assertThat(environment()).isEqualTo(trained);
            assertThat(shell.run(
                                    "report",
                                    spec,
                                    "-o",
                                    folder.resolve("page.html").toString())
                            .code())
                    .isZero();
            assertThat(folder.resolve("page.html")).content().contains(version).doesNotContain("another machine");
            // what is trained here is said beside it
            run("run", spec, "--offline", "--repeats", "2");
        } finally {
            System.setProperty("os.version", version);
        }
        JsonArray both = environment().getAsJsonArray("operating_system_version");
        assertThat(both)
                .extracting(element -> element.getAsString())
                .containsExactlyInAnyOrder(version, "another machine");
        assertThat(environment().getAsJsonArray("git_state"))
                .extracting(element -> element.getAsString())
                .containsExactly("clean", "dirty");
    }

    @Test
    void theTextOfThePatchIsKeptWhereTheSpecAsksForIt() {
        shell.write("spec.yaml", SPEC + "# edited\n");
        run("run", spec, "--offline");
        assertThat(provenance().values())
                .containsEntry("git_state", "dirty")
                .containsKey("git_patch_sha256")
                .doesNotContainKey("git_patch");
        run("run", spec, "--offline", "--force", "--set", "track.patch=true");
        assertThat(provenance().values())
                .containsEntry("command", "ablate run " + spec + " --offline --force --set 'track.patch=***'")
                .hasEntrySatisfying("git_patch", patch -> assertThat(patch).contains("\n+# edited\n"));
        assertThat(files().values())
                .allSatisfy(file ->
                        assertThat(new String(file, StandardCharsets.UTF_8)).doesNotContain("+# edited"));
    }

    @Test
    void whatThePersonDoesNotWantIsNotKept() {
        shell.with("ABLATE_PROVENANCE_WITHOUT", "git, host, command");
        run("run", spec, "--offline");
        assertThat(provenance().values())
                .containsKeys("java", "plugins")
                .doesNotContainKeys("git_commit", "git_state", "host", "command");
        assertThat(provenance().get("plugins").orElseThrow()).contains("dev.ablate.");
        shell.with("ABLATE_PROVENANCE_WITHOUT", "hots");
        Shell.Result refused = shell.run("run", spec, "--offline");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith(
                        "error: ABLATE_PROVENANCE_WITHOUT: there is no 'hots' in a run's provenance; names: ablate, ");
    }

    private void run(String... words) {
        Shell.Result result = shell.run(words);
        assertThat(result.code()).as(result.err()).isZero();
    }

    private Provenance provenance() {
        try (RunStore store = RunStore.open(shell.home(), Clock.systemUTC())) {
            return store.provenance(store.newest(1).get(0).id());
        }
    }

    private Map<String, byte[]> files() {
        try (RunStore store = RunStore.open(shell.home(), Clock.systemUTC())) {
            return store.files(store.comparisons().get(0).key());
        }
    }

    private JsonObject environment() {
        byte[] file = files().get("environment.json");
        assertThat(file).isNotNull();
        return JsonParser.parseString(new String(file, StandardCharsets.UTF_8)).getAsJsonObject();
    }

    private void git(String... words) throws Exception {
        List<String> line =
                new ArrayList<>(List.of("git", "-c", "user.name=A. Tester", "-c", "user.email=a@example.org"));
        line.addAll(List.of(words));
        ProcessBuilder git = new ProcessBuilder(line).directory(folder.toFile()).inheritIO();
        git.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        git.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        assertThat(git.start().waitFor()).as(String.join(" ", line)).isZero();
    }
}
