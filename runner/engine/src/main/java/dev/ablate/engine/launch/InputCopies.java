package dev.ablate.engine.launch;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.worker.catalog.ContentHash;
import dev.ablate.worker.spec.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/** Copies of input files in an exchange's folder, each content once: {@code inputs/HASH/NAME}. */
final class InputCopies {

    /** Where they are. */
    static final String FOLDER = "inputs";

    private final Path folder;

    /** By where it lies outside. */
    private final Map<Path, InputFile> taken = new HashMap<>();

    /**
     * @param folder the exchange's
     */
    InputCopies(Path folder) {
        this.folder = folder;
    }

    /** A copy of a file or folder, as a part of a task. */
    InputFile take(Path file) {
        return taken.compute(
                file.toAbsolutePath().normalize(),
                // another process may have removed the copy with what it thought the last task
                (from, copy) -> copy != null && Files.exists(folder.resolve(copy.path())) ? copy : copy(from));
    }

    /** Copies first and hashes the copy, so that a file which changes meanwhile is one or the other. */
    private InputFile copy(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            Path inputs = Files.createDirectories(folder.resolve(FOLDER));
            Path unfinished = Files.createTempDirectory(inputs, "unfinished-");
            try {
                copy(file, unfinished.resolve(name));
                String hash = ContentHash.of(unfinished.resolve(name));
                Path kept = inputs.resolve(hash);
                if (!Files.exists(kept.resolve(name))) {
                    Files.createDirectories(kept);
                    Files.move(unfinished.resolve(name), kept.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
                return new InputFile(FOLDER + "/" + hash + "/" + name, hash);
            } finally {
                MoreFiles.deleteRecursively(unfinished, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be taken along: " + e, e);
        }
    }

    /** Copies a file, or a folder with all in it. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(inner).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path inner, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        inner,
                        inner.equals(from)
                                ? to
                                : to.resolve(from.relativize(inner).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
