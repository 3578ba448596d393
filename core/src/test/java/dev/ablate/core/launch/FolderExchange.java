package dev.ablate.core.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An exchange of tests, whose logs are in its folder. */
public interface FolderExchange extends Exchange {

    @Override
    default Path logs() {
        try {
            return Files.createDirectories(folder().resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
