package dev.ablate.runner.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes a file whole or not at all. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Replaces a file, in UTF-8; whoever reads it meanwhile finds the old text or the new. */
    public static void write(Path file, String text) throws IOException {
        // through a link, so that it stays one
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            // /dev/stdout, a pipe: there is nothing to replace
            Files.writeString(target, text, StandardCharsets.UTF_8);
            return;
        }
        Path folder = Objects.requireNonNull(target.getParent(), "a file has a folder");
        Path name = Objects.requireNonNull(target.getFileName(), "a file has a name");
        Path draft = folder.resolve("." + name + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(draft, text, StandardCharsets.UTF_8);
            try {
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            try {
                Files.deleteIfExists(draft);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            // a person knows nothing of the draft
            throw e instanceof FileSystemException failure
                    ? new IOException(file + " cannot be written: " + words(failure), e)
                    : e;
        }
    }

    private static String words(FileSystemException e) {
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        return e.getReason() == null ? "its folder takes no file" : e.getReason();
    }
}
