package dev.ablate.engine.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes a file whole or not at all: a draft beside it takes its place, or is taken away. */
public final class AtomicFile implements AutoCloseable {

    private final Path file;
    private final Path target;
    private final Path draft;

    private AtomicFile(Path file, Path target, Path draft) {
        this.file = file;
        this.target = target;
        this.draft = draft;
    }

    /**
     * Begins to write a file in several steps; creates nothing yet.
     *
     * @throws IOException if there is something else of this name: a folder, a device
     */
    public static AtomicFile begin(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is there and no file that could be replaced");
        }
        // through a link, so that it stays one
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = Objects.requireNonNull(target.getParent(), "a file has a folder");
        Path name = Objects.requireNonNull(target.getFileName(), "a file has a name");
        return new AtomicFile(
                file,
                target,
                folder.resolve("." + name + "." + ProcessHandle.current().pid() + ".tmp"));
    }

    /** Where to write what {@link #commit} then puts in the file's place. */
    public Path draft() {
        return draft;
    }

    /** Puts the draft in the file's place. */
    public void commit() throws IOException {
        try {
            try {
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (FileSystemException e) {
            throw failed(file, e);
        }
    }

    /** Takes the draft away, if it was not put in the file's place. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(draft);
    }

    /** A person knows nothing of the draft. */
    private static IOException failed(Path file, IOException e) {
        return new IOException(file + " cannot be written: " + words(e), e);
    }

    /** Replaces a file, in UTF-8; whoever reads it meanwhile finds the old text or the new. */
    public static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // /dev/stdout, a pipe: there is nothing to replace
            try {
                Files.writeString(file, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw failed(file, e);
            }
            return;
        }
        try (AtomicFile atomic = begin(file)) {
            try {
                Files.writeString(atomic.draft, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw failed(file, e);
            }
            atomic.commit();
        }
    }

    private static String words(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        if (e instanceof FileSystemException named) {
            return named.getReason() == null ? "its folder takes no file" : named.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
