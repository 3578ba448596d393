package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a run comes from is said of it wherever it goes, whichever command brings it there. */
@ManagedMlflow
@Order(12)
class DeliveredProvenanceTest {

    private static final String COMMIT = "mlflow.source.git.commit";

    @TempDir
    private Path folder;

    private final URI server;

    private Shell shell;

    DeliveredProvenanceTest(URI server) {
        this.server = server;
    }

    @BeforeEach
    void makeARepository() throws Exception {
        shell = new Shell(folder, folder.resolve("home")).with("PATH", System.getenv("PATH"));
        Files.writeString(folder.resolve(".gitignore"), "home/\n");
        git("init", "--quiet");
    }

    @Test
    void aRunThatIsDeliveredLaterHasTheCommitThatItWasTrainedAt() throws Exception {
        String commit = commit(spec("provenance-later", 20));
        run("run", folder.resolve("spec.yaml").toString(), "--offline");
        // what is there when it is delivered does not matter
        commit(spec("provenance-later", 30));
        run("sync", "--tracking-uri", server.toString());
        assertThat(children("provenance-later"))
                .hasSize(2)
                .allSatisfy(tags -> assertThat(tags)
                        .containsEntry(COMMIT, commit)
                        .containsEntry("ablate.git_state", "clean")
                        .doesNotContainKey("ablate.git_patch_sha256"));
    }

    @Test
    void anEditedSpecDoesNotPassForTheCommitBelowIt() throws Exception {
        String commit = commit(spec("provenance-edited", 20));
        spec("provenance-edited", 30);
        byte[] patch = git("diff", "--full-index", "--binary", "HEAD");
        run("run", folder.resolve("spec.yaml").toString(), "--tracking-uri", server.toString());
        assertThat(children("provenance-edited"))
                .hasSize(2)
                .allSatisfy(tags -> assertThat(tags)
                        .containsEntry(COMMIT, commit)
                        .containsEntry("ablate.git_state", "dirty")
                        .containsEntry("ablate.git_patch_sha256", sha256(patch)));
    }

    private List<Map<String, String>> children(String experiment) {
        return new MlflowReader(server)
                .runs(experiment).stream()
                        .map(MlflowReader.Run::tags)
                        .filter(tags -> "child".equals(tags.get("ablate.role")))
                        .toList();
    }

    private String spec(String name, int epochs) {
        return shell.write("spec.yaml", """
                version: 1
                name: %s
                dataset: { plugin: or-gate }
                trainer: { plugin: perceptron, learning_rate: 0.5, epochs: %d }
                variants: { bias: { trainer.bias: true }, no-bias: { trainer.bias: false } }
                """.formatted(name, epochs));
    }

    private Shell.Result run(String... words) {
        Shell.Result result = shell.run(words);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private String commit(String file) throws Exception {
        git("add", ".gitignore", file);
        git("commit", "--quiet", "-m", "a change");
        return new String(git("rev-parse", "HEAD"), StandardCharsets.UTF_8).strip();
    }

    /** With no settings but its own, whoever builds this. */
    private byte[] git(String... words) throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(List.of("git", "-c", "user.name=A. Tester", "-c", "user.email=a@example.org"));
        line.addAll(List.of(words));
        ProcessBuilder git = new ProcessBuilder(line).directory(folder.toFile());
        git.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        git.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        git.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = git.start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(String.join(" ", line)).isZero();
        return out;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
