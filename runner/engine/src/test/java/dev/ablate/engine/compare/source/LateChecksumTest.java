package dev.ablate.engine.compare.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.worker.catalog.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checksum is that of what was read, or none. */
class LateChecksumTest {

    private static final String UNKNOWN = "not known, as the file has changed since it was read";

    @TempDir
    private Path folder;

    private Path file;
    private LateChecksum checksum;

    @BeforeEach
    void read() throws IOException {
        file = Files.writeString(folder.resolve("results.csv"), "variant,seed,loss\n");
        checksum = LateChecksum.of(file);
    }

    @Test
    void isThatOfTheFile() throws IOException {
        assertThat(checksum.text()).isEqualTo("SHA-256 " + ContentHash.of(file));
    }

    @Test
    void isNotThatOfAFileWrittenSince() throws IOException {
        Files.writeString(file, "variant,seed,loss\nbias,1,0.5\n");
        assertThat(checksum.text()).isEqualTo(UNKNOWN);
    }

    @Test
    void isNotThatOfAFileThatIsGone() throws IOException {
        Files.delete(file);
        assertThat(checksum.text()).isEqualTo(UNKNOWN);
    }
}
