package dev.ablate.mlflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What servers of earlier versions wrote. */
public final class OldData {

    private OldData() {}

    /** Puts the data of a version into a server's folder. */
    public static void unpack(String version, Path folder) throws IOException {
        try (InputStream file = OldData.class.getResourceAsStream("mlflow-" + version + ".zip")) {
            assertThat(file).isNotNull();
            ZipInputStream zip = new ZipInputStream(file);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
    }
}
