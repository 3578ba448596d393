package dev.ablate.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void replacesAFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "old");
        AtomicFile.write(file, "new: \u00e4");
        assertThat(file).hasContent("new: \u00e4");
        assertThat(folder.toFile().list()).containsExactly("a.txt");
    }

    @Test
    void keepsALinkToAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void makesNoFolders() {
        Path file = folder.resolve("none/a.txt");
        assertThatThrownBy(() -> AtomicFile.write(file, "x"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be written: its folder takes no file");
    }

    @Test
    void namesTheFileAndNotItsDraft() {
        Path file = folder.resolve("x".repeat(300));
        assertThatThrownBy(() -> AtomicFile.write(file, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " cannot be written: ")
                .hasMessageNotContaining(".tmp");
    }

    @Test
    void leavesTheOldFileWhereTheNewOneCannotBeWritten() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        assertThatThrownBy(() -> AtomicFile.write(inner, "x")).isInstanceOf(IOException.class);
        assertThat(inner).isEmptyDirectory();
    }
}
