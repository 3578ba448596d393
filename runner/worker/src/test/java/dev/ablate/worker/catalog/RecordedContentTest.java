package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedContentTest {

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void aPlugin() throws IOException {
        jar = pack("plugin.jar", ServicesFile.PATH, "acme.Plugins");
    }

    @Test
    void whatIsRecordedOfAPluginIsItsHash() throws IOException {
        Path library = pack("library.jar", "acme/readme", "a library");
        assertThat(RecordedContent.of(jar)).isEmpty();
        RecordedContent.main(new String[] {folder.toString()});
        assertThat(RecordedContent.of(jar)).contains(ContentHash.ofJar(jar));
        assertThat(RecordedContent.of(library)).isEmpty();
    }

    @Test
    void aJarIsTakenToBeWhatWasRecordedWhileItHasNotChanged() throws IOException {
        RecordedContent.write(jar);
        FileTime time = Files.getLastModifiedTime(jar);
        String other = "0".repeat(64);
        Path record = folder.resolve("plugin.jar.content");
        Files.writeString(record, Files.readString(record).replaceAll("[0-9a-f]{64}", other));
        assertThat(new Jar(Optional.of(jar)).contentHash()).isEqualTo(other);

        Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() + 1));
        assertThat(new Jar(Optional.of(jar)).contentHash()).isEqualTo(ContentHash.ofJar(jar));

        pack("plugin.jar", ServicesFile.PATH, "acme.OtherPlugins");
        Files.setLastModifiedTime(jar, time);
        assertThat(new Jar(Optional.of(jar)).contentHash()).isEqualTo(ContentHash.ofJar(jar));
    }

    @Test
    void aRecordThatIsCutIsNone() throws IOException {
        RecordedContent.write(jar);
        Path record = folder.resolve("plugin.jar.content");
        Files.writeString(record, Files.readString(record).substring(0, 40));
        assertThat(new Jar(Optional.of(jar)).contentHash()).isEqualTo(ContentHash.ofJar(jar));
    }

    private Path pack(String name, String entry, String text) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
