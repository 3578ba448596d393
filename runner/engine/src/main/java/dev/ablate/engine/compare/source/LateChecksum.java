package dev.ablate.engine.compare.source;

import dev.ablate.worker.catalog.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** The checksum of a file as it was read, computed where it is asked for: that of a large file takes a while. */
public final class LateChecksum {

    private final Path file;
    private final Optional<State> before;

    private LateChecksum(Path file) {
        this.file = file;
        this.before = state(file);
    }

    /** By which a file that was written again is recognised. */
    private record State(FileTime written, long size) {}

    /** Of a file that is read next. */
    public static LateChecksum of(Path file) {
        return new LateChecksum(file);
    }

    private static Optional<State> state(Path file) {
        try {
            return Optional.of(new State(Files.getLastModifiedTime(file), Files.size(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@code SHA-256 0f3a...}; a checksum of something else than what was read is not given. */
    public String text() {
        try {
            String hash = ContentHash.of(file);
            if (before.isPresent() && state(file).equals(before)) {
                return "SHA-256 " + hash;
            }
        } catch (IOException e) {
            // it was there a moment ago, and is there no more
        }
        return "not known, as the file has changed since it was read";
    }
}
