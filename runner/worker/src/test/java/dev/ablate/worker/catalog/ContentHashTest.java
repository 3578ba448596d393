package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashTest {

    @TempDir
    private Path folder;

    @Test
    void hashesAFolderOfClassesByNamesAndBytes() throws IOException {
        Path one = Files.createDirectories(folder.resolve("one/inner"));
        Path two = Files.createDirectories(folder.resolve("two/inner"));
        for (Path root : List.of(one, two)) {
            Files.writeString(root.resolve("b"), "bytes");
            Files.writeString(root.resolve("a"), "more");
        }
        String before = ContentHash.of(folder.resolve("one"));
        assertThat(ContentHash.of(folder.resolve("two"))).isEqualTo(before);
        Files.move(two.resolve("b"), two.resolve("c"));
        assertThat(ContentHash.of(folder.resolve("two"))).isNotEqualTo(before);
        Files.move(two.resolve("c"), two.resolve("b"));
        Files.writeString(two.resolve("b"), "bytez");
        assertThat(ContentHash.of(folder.resolve("two"))).isNotEqualTo(before);
    }
}
