package dev.ablate.engine.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommitTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void followsTheBranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/refs/heads/main", COMMIT + "\n");
        write("deep/er/file", "");
        assertThat(GitCommit.of(folder.resolve("deep/er"))).contains(COMMIT);
    }

    @Test
    void findsAPackedBranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/packed-refs", "# pack-refs with: peeled\n" + COMMIT + " refs/heads/main\n^" + COMMIT + "\n");
        assertThat(GitCommit.of(folder)).contains(COMMIT);
    }

    @Test
    void readsADetachedHead() throws IOException {
        write(".git/HEAD", COMMIT + "\n");
        assertThat(GitCommit.of(folder)).contains(COMMIT);
    }

    @Test
    void followsAFurtherWorktree() throws IOException {
        write("main/.git/refs/heads/side", COMMIT + "\n");
        write("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
        write("main/.git/worktrees/side/commondir", "../..\n");
        write("side/.git", "gitdir: " + folder.resolve("main/.git/worktrees/side") + "\n");
        assertThat(GitCommit.of(folder.resolve("side"))).contains(COMMIT);
    }

    @Test
    void givesNothingWhereThereIsNone() throws IOException {
        write("unborn/.git/HEAD", "ref: refs/heads/main\n");
        assertThat(GitCommit.of(folder.resolve("unborn"))).isEmpty();
        write("broken/.git", "what?");
        assertThat(GitCommit.of(folder.resolve("broken"))).isEmpty();
        write("odd/.git/HEAD", "ref: refs/heads/main\n");
        Files.write(folder.resolve("odd/.git/packed-refs"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(GitCommit.of(folder.resolve("odd"))).isEmpty();
        // the temporary folder lies inside a checkout, if any
        assertThat(GitCommit.of(Path.of("/"))).isEmpty();
    }
}
