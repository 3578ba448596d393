package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void hashesAJarByItsEntriesAndNotByWhenAndHowItWasPacked() throws IOException {
        Map<String, String> entries = new TreeMap<>(Map.of(
                "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nCreated-By: 17 (Acme)\nAblate-SPI: 2\n",
                "META-INF/services/a", "acme.A",
                "acme/A.class", "bytes"));
        String hash = ContentHash.ofJar(pack("a.jar", 0, entries));
        assertThat(hash).matches("[0-9a-f]{64}");

        Map<String, String> backwards = new TreeMap<String, String>(Comparator.reverseOrder());
        backwards.putAll(entries);
        backwards.put("acme/", "");
        backwards.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nAblate-SPI: 2\r\nBuild-Jdk-Spec: 21\r\n\r\n");
        Path again = pack("b.jar", 1_700_000_000_000L, backwards);
        assertThat(Files.readAllBytes(again)).isNotEqualTo(Files.readAllBytes(folder.resolve("a.jar")));
        assertThat(ContentHash.ofJar(again)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "acme/A.class, bytez",
        "acme/B.class, ''",
        "META-INF/MANIFEST.MF, 'Manifest-Version: 1.0\nCreated-By: 17 (Acme)\nAblate-SPI: 2\nAcme-Mode: fast\n'",
        "META-INF/MANIFEST.MF, 'Manifest-Version: 1.0\nAblate-SPI: 2\n\nName: acme/A.class\nSealed: true\n'",
    })
    void aJarWithAnotherEntryHasAnotherHash(String name, String bytes) throws IOException {
        Map<String, String> entries = new TreeMap<>(Map.of(
                "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nCreated-By: 17 (Acme)\nAblate-SPI: 2\n",
                "acme/A.class", "bytes"));
        String hash = ContentHash.ofJar(pack("a.jar", 0, entries));
        entries.put(name, bytes);
        assertThat(ContentHash.ofJar(pack("b.jar", 0, entries))).isNotEqualTo(hash);
    }

    private Path pack(String file, long time, Map<String, String> entries) throws IOException {
        Path jar = folder.resolve(file);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setLevel(time == 0 ? Deflater.NO_COMPRESSION : Deflater.BEST_COMPRESSION);
            for (var entry : entries.entrySet()) {
                ZipEntry packed = new ZipEntry(entry.getKey());
                packed.setTime(time);
                zip.putNextEntry(packed);
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
