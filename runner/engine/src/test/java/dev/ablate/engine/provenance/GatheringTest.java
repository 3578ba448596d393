package dev.ablate.engine.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.worker.task.ThisProgram;
import dev.ablate.worker.task.Version;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class GatheringTest {

    @TempDir
    private Path folder;

    private Gathering begin(Map<String, String> environment, String without) {
        return Gathering.begin(new Gathering.Settings(
                folder,
                environment,
                folder.resolve("home"),
                "ablate run spec.yaml",
                () -> List.of("acme.A, acme.jar", "acme.B, acme.jar"),
                Gathering.names(without)));
    }

    @Test
    void gathersWhatThereIs() throws Exception {
        // no checkout, wherever this folder lies
        Files.writeString(folder.resolve(".git"), "nothing");
        Gathering gathering = begin(Map.of(), "");
        Provenance provenance = gathering.get();
        assertThat(provenance.values())
                .containsEntry("ablate", Version.text())
                .containsEntry("java", System.getProperty("java.version"))
                .containsEntry("git_state", "unknown")
                .containsEntry("command", "ablate run spec.yaml")
                .containsEntry("plugins", "acme.A, acme.jar\nacme.B, acme.jar")
                .containsKeys("host", "libraries")
                .doesNotContainKeys("git_commit", "git_patch_sha256", "git_patch");
        assertThat(Provenance.NAMES).containsSubsequence(provenance.values().keySet());
        assertThat(gathering.get()).isEqualTo(provenance);
    }

    /** A program that goes on may be asked after its code was edited. */
    @Test
    void looksAgainEachTimeItIsAsked() throws Exception {
        git("init", "--quiet");
        Path spec = Files.writeString(folder.resolve("spec.yaml"), "version: 1\n");
        git("add", "spec.yaml");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "first");
        Gathering gathering = begin(Map.of("PATH", System.getenv("PATH")), "");
        assertThat(gathering.get().values()).containsEntry("git_state", "clean");
        Files.writeString(spec, "version: 1 # edited\n");
        assertThat(gathering.get().values()).containsEntry("git_state", "dirty");
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void leavesOutWhatIsNotWanted() {
        assertThat(begin(Map.of(), "host, git,command,libraries").get().values())
                .containsKeys("java", "plugins")
                .doesNotContainKeys("host", "git_state", "command", "libraries");
        assertThat(Gathering.names("git"))
                .isEqualTo(Set.of("git_commit", "git_state", "git_patch_sha256", "git_patch"));
        assertThatThrownBy(() -> Gathering.names("host,hots"))
                .isInstanceOf(RequestException.class)
                .hasMessageStartingWith("there is no 'hots' in a run's provenance; names: ablate, java, ");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // a script stands in for a git that hangs
    void doesNotWaitForAGitThatHangs() throws Exception {
        Path git = Files.writeString(folder.resolve("git"), "#!/bin/sh\nexec sleep 60\n");
        assertThat(git.toFile().setExecutable(true)).isTrue();
        long begin = System.nanoTime();
        Provenance provenance = begin(Map.of("PATH", folder + File.pathSeparator + System.getenv("PATH")), "")
                .get();
        // two seconds, and what a busy machine adds
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(20));
        assertThat(provenance.values()).containsEntry("git_state", "unknown").containsKey("java");
    }

    @Test
    void librariesAreTheJarsOfTheClassPath() {
        String path = String.join(File.pathSeparator, "lib/b-2.jar", "classes", "lib/a-1.jar", "other/a-1.jar", "");
        assertThat(ThisProgram.libraries(path)).isEqualTo("a-1.jar\nb-2.jar");
    }
}
