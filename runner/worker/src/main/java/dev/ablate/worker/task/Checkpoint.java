package dev.ablate.worker.task;

import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.spec.RunKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder in which attempts at one run leave what the next one goes on from. */
public final class Checkpoint {

    /** Where they are, in the exchange's folder. */
    public static final String FOLDER = "checkpoints";

    private final Path folder;

    /** Of a run, in the exchange's folder. */
    public Checkpoint(Path exchange, RunKey key) {
        this.folder = exchange.resolve(FOLDER).resolve(key.hex());
    }

    /** Where it is, or would be. */
    public Path folder() {
        return folder;
    }

    /** Where a worker writes what was measured so far, for the attempt that goes on from the folder. */
    public Path points() {
        return folder.resolveSibling(folder.getFileName() + ".points");
    }

    /** What was measured before; empty if there is nothing to go on from. */
    Optional<RunResult> before() {
        return Files.isDirectory(folder) && Files.exists(points())
                ? Optional.of(ResultFile.read(points()))
                : Optional.empty();
    }

    Path make() {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Removes it; what cannot be removed does no harm. */
    void remove() {
        try {
            Files.deleteIfExists(points());
        } catch (IOException e) {
            points().toFile().deleteOnExit();
        }
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> inner = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inner) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // the run has its result, and another attempt at it makes the folder again
            folder.toFile().deleteOnExit();
        }
    }
}
