package dev.ablate.engine.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.provenance.GitTree.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What git says of real checkouts, and what is left where it says nothing. */
class GitTreeTest {

    /** Enough on a machine that is busy with other tests. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path tree;
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    @BeforeEach
    void makeACommit() throws Exception {
        tree = Files.createDirectories(folder.resolve("tree"));
        environment.put("GIT_CONFIG_GLOBAL", folder.resolve("gitconfig").toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        git("init", "--quiet");
        write("spec.yaml", "version: 1\n");
        write("deep/data.csv", "a,b\n");
        git("add", ".");
        git("commit", "--quiet", "-m", "first");
    }

    private GitTree look() {
        return GitTree.of(tree.resolve("deep"), environment, tree.resolve("home"), PATIENCE);
    }

    private String head() throws Exception {
        return new String(git("rev-parse", "HEAD"), StandardCharsets.UTF_8).strip();
    }

    @Test
    void aTreeIsCleanUntilAFileChanges() throws Exception {
        GitTree clean = look();
        assertThat(clean.commit()).contains(head());
        assertThat(clean.state()).isEqualTo(State.CLEAN);
        assertThat(clean.patchHash()).isEmpty();
        assertThat(clean.patch()).isEmpty();
        write("spec.yaml", "version: 2\n");
        GitTree dirty = look();
        assertThat(dirty.commit()).contains(head());
        assertThat(dirty.state()).isEqualTo(State.DIRTY);
        byte[] patch = git("diff", "--full-index", "--binary", "--no-renames", "HEAD");
        assertThat(dirty.patchHash()).contains(sha256(patch));
        assertThat(dirty.patch()).contains(new String(patch, StandardCharsets.UTF_8));
    }

    /** Git knows by the time of its index alone that such a file may have changed since. */
    @Test
    void aChangeInTheSecondOfTheCommitThatKeepsTheLengthIsInThePatch() throws Exception {
        git("config", "core.trustctime", "false");
        FileTime before = FileTime.from(Instant.now().minusSeconds(60));
        Path spec = tree.resolve("spec.yaml");
        Files.setLastModifiedTime(spec, before);
        git("add", "--renormalize", ".");
        git("update-index", "--refresh");
        write("spec.yaml", "version: 2\n");
        Files.setLastModifiedTime(spec, before);
        Files.setLastModifiedTime(tree.resolve(".git/index"), before);
        GitTree dirty = look();
        assertThat(dirty.state()).isEqualTo(State.DIRTY);
        assertThat(dirty.patch()).hasValueSatisfying(patch -> assertThat(patch).contains("+version: 2"));
    }

    @Test
    void whatIsStagedAndWhatIsUntrackedCounts() throws Exception {
        write("staged.txt", "staged\n");
        git("add", "staged.txt");
        write("deep/new.csv", "new\n");
        write("odd\\name.txt", "odd\n");
        write(".gitignore", "ignored/\n");
        write("ignored/file", "no part of it\n");
        GitTree dirty = look();
        String patch =
                new String(git("diff", "--full-index", "--binary", "--no-renames", "HEAD"), StandardCharsets.UTF_8)
                        + sha256("ignored/\n") + "  .gitignore\n"
                        + sha256("new\n") + "  deep/new.csv\n"
                        + "\\" + sha256("odd\n") + "  odd\\\\name.txt\n";
        assertThat(dirty.patch()).contains(patch);
        assertThat(dirty.patchHash()).contains(sha256(patch));
    }

    @Test
    void whatAblateWritesIsNoPartOfIt() throws Exception {
        write("home/runs.db", "runs");
        assertThat(look().state()).isEqualTo(State.CLEAN);
        write("homes/runs.db", "runs");
        assertThat(look().state()).isEqualTo(State.DIRTY);
    }

    @Test
    void thePatchIsTheSameWhateverIsConfigured() throws Exception {
        write("spec.yaml", "version: 2\n");
        git("mv", "deep/data.csv", "deep/moved.csv");
        GitTree before = look();
        Files.writeString(folder.resolve("gitconfig"), """
                [diff]
                    noprefix = true
                    external = false
                    renames = copies
                    context = 0
                    algorithm = patience
                    relative = true
                [color]
                    ui = always
                [core]
                    pager = false
                    fsmonitor = false
                    abbrev = 5
                """);
        assertThat(look()).isEqualTo(before);
        assertThat(before.state()).isEqualTo(State.DIRTY);
    }

    @Test
    void aHookThatRunsAblateDoesNotLeadItElsewhere() throws Exception {
        environment.put("GIT_DIR", folder.resolve("nowhere").toString());
        environment.put("GIT_INDEX_FILE", folder.resolve("no-index").toString());
        assertThat(look().state()).isEqualTo(State.CLEAN);
    }

    @Test
    void aLargePatchIsHashedWholeAndKeptInPart() throws Exception {
        write("spec.yaml", "a line of text\n".repeat(20_000));
        GitTree dirty = look();
        byte[] patch = git("diff", "--full-index", "--binary", "--no-renames", "HEAD");
        assertThat(dirty.patchHash()).contains(sha256(patch));
        String kept = dirty.patch().orElseThrow();
        assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(99_900, GitTree.LONGEST_PATCH);
        assertThat(kept).endsWith("+a line of text\n... (cut here: it has " + patch.length + " bytes)\n");
    }

    @Test
    void itTakesNoLock() throws Exception {
        Path index = tree.resolve(".git/index");
        // git would rewrite its index, since the files are of another time
        Files.setLastModifiedTime(
                tree.resolve("spec.yaml"), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
        byte[] before = Files.readAllBytes(index);
        assertThat(look().state()).isEqualTo(State.CLEAN);
        assertThat(Files.readAllBytes(index)).isEqualTo(before);
        write("deep/data.csv", "b,a\n");
        assertThat(look().patchHash()).isPresent();
        assertThat(Files.readAllBytes(index)).isEqualTo(before);
    }

    @Test
    void withoutGitTheCommitComesFromItsFiles() throws Exception {
        environment.put("PATH", "." + java.io.File.pathSeparator + folder.resolve("nothing"));
        assertThat(look())
                .isEqualTo(new GitTree(
                        java.util.Optional.of(head()),
                        State.UNKNOWN,
                        java.util.Optional.empty(),
                        java.util.Optional.empty()));
    }

    @Test
    void outsideOfACheckoutAndBeforeTheFirstCommitNothingIsKnown() throws Exception {
        environment.put("GIT_CEILING_DIRECTORIES", folder.toString());
        Path plain = Files.createDirectories(folder.resolve("plain"));
        assertThat(GitTree.of(plain, environment, folder.resolve("home"), PATIENCE)
                        .state())
                .isEqualTo(State.UNKNOWN);
        tree = Files.createDirectories(folder.resolve("unborn"));
        git("init", "--quiet");
        write("deep/file", "new\n");
        GitTree unborn = look();
        assertThat(unborn.state()).isEqualTo(State.UNKNOWN);
        assertThat(unborn.commit()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // a script stands in for a git that hangs
    void aGitThatHangsIsNotWaitedFor() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path git = Files.writeString(bin.resolve("git"), "#!/bin/sh\necho begun\nexec sleep 60\n");
        assertThat(git.toFile().setExecutable(true)).isTrue();
        environment.put("PATH", bin + java.io.File.pathSeparator + environment.get("PATH"));
        long begin = System.nanoTime();
        GitTree unknown = GitTree.of(tree, environment, folder.resolve("home"), Duration.ofMillis(300));
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(30));
        assertThat(unknown.state()).isEqualTo(State.UNKNOWN);
        assertThat(unknown.commit()).contains(head());
        // it is killed; that it is gone takes the machine a moment
        for (ProcessHandle child : hanging()) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(hanging()).isEmpty();
    }

    private static List<ProcessHandle> hanging() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("sleep 60"))
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private byte[] git(String... words) throws Exception {
        List<String> line =
                new ArrayList<>(List.of("git", "-c", "user.name=A. Tester", "-c", "user.email=a@example.org"));
        line.addAll(List.of(words));
        ProcessBuilder git = new ProcessBuilder(line).directory(tree.toFile());
        git.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        git.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        git.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = git.start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(String.join(" ", line)).isZero();
        return out;
    }

    private static String sha256(String text) throws Exception {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
