package dev.ablate.worker.task;

import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunSpecFile;
import dev.ablate.worker.spec.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A task with what belongs to it, in files or in memory; its text form is what messages call it. */
final class Assignment {

    private final Path file;
    private final Path left;
    private final Supplier<RunSpec> reading;
    private final Optional<Path> result;
    private final Consumer<RunResult> results;
    private @Nullable RunSpec spec;

    private Assignment(
            Path file, Path left, Supplier<RunSpec> reading, Optional<Path> result, Consumer<RunResult> results) {
        this.file = file;
        this.left = left;
        this.reading = reading;
        this.result = result;
        this.results = results;
    }

    /**
     * In files.
     *
     * @param task beside its input files
     * @param result where the result belongs; what the next attempt goes on from lies in the same folder
     */
    static Assignment inFiles(Path task, Path result) {
        return new Assignment(
                task,
                folder(result),
                () -> RunSpecFile.read(task),
                Optional.of(result),
                made -> ResultFile.write(made, result));
    }

    /**
     * In memory.
     *
     * @param file where the task would lie: its input files, and what the next attempt goes on from, are in the same folder
     * @param task what that file would hold
     * @param results takes what the file of its result would hold
     */
    static Assignment inMemory(Path file, byte[] task, Consumer<byte[]> results) {
        return new Assignment(
                file,
                folder(file),
                () -> RunSpecFile.read(task, file.toString()),
                Optional.empty(),
                made -> results.accept(ResultFile.bytes(made)));
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }

    /**
     * What is to be trained, which is read once.
     *
     * @throws ExchangeException if it cannot be read
     */
    RunSpec spec() {
        RunSpec known = spec;
        if (known == null) {
            known = reading.get();
            spec = known;
        }
        return known;
    }

    /** The folder with its input files. */
    Path inputs() {
        return folder(file);
    }

    /** What attempts at it leave. */
    Checkpoint checkpoint() {
        return new Checkpoint(left, spec().key());
    }

    /**
     * Stores its result, whole or not at all; again, if it was stored before.
     *
     * @throws java.io.UncheckedIOException if that is not possible
     */
    void store(RunResult made) {
        results.accept(made);
    }

    /** Whether it has the result of a run that was not ended from outside; who trained it may have been ended later. */
    boolean isDone() {
        if (result.isEmpty() || !Files.exists(result.get())) {
            return false;
        }
        try {
            RunResult there = ResultFile.read(result.get());
            return there.status() != RunResult.Status.KILLED
                    && there.key().equals(spec().key().hex())
                    && there.leaves().equals(spec().leaves());
        } catch (ExchangeException e) {
            // it is written again, or the task says what is wrong with it
            return false;
        }
    }

    /** Whether a later attempt has something to go on from. */
    boolean isResumable() {
        try {
            return Files.exists(checkpoint().points());
        } catch (ExchangeException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
