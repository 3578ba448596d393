package dev.ablate.engine.launch;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.worker.catalog.ContentHash;
import dev.ablate.worker.exchange.RunSpecFile;
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

/** A folder with tasks and copies of their input files, each content once; their results appear in it. */
final class TaskFolder {

    private static final String INPUTS = "inputs";

    private final Path folder;

    /** By where it lies outside. */
    private final Map<Path, InputFile> taken = new HashMap<>();

    TaskFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Writes the task of a run, with its input files.
     *
     * @throws IllegalArgumentException if the run cannot be trained elsewhere
     * @throws UncheckedIOException if a file cannot be read or written
     */
    TaskFile write(PlannedRun run, Provenance provenance) {
        Path file = folder.resolve(run.key().hex() + RunSpecFile.ENDING);
        try {
            Home.create(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
        RunSpecFile.write(RunSpecs.of(run, provenance, this::take), file);
        return new TaskFile(run.label(), file, RunSpecFile.result(file));
    }

    private InputFile take(Path file) {
        return taken.computeIfAbsent(file.toAbsolutePath().normalize(), this::copy);
    }

    /** Copies first and hashes the copy, so that a file which changes meanwhile is one or the other. */
    private InputFile copy(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            Path inputs = Files.createDirectories(folder.resolve(INPUTS));
            Path unfinished = Files.createTempDirectory(inputs, "unfinished-");
            try {
                copy(file, unfinished.resolve(name));
                String hash = ContentHash.of(unfinished.resolve(name));
                Path kept = inputs.resolve(hash);
                if (!Files.exists(kept.resolve(name))) {
                    Files.createDirectories(kept);
                    Files.move(unfinished.resolve(name), kept.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
                return new InputFile(INPUTS + "/" + hash + "/" + name, hash);
            } finally {
                MoreFiles.deleteRecursively(unfinished, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be taken along: " + e, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) throws IOException {
                Files.createDirectory(to.resolve(from.relativize(inner).toString()));
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
