package dev.ablate.worker.train;

import dev.ablate.core.note.RunNotes;
import dev.ablate.worker.exchange.RunSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a trainer leaves files: those that are kept with its run, and what a later attempt can go on from. */
interface RunFolder {

    /** A larger file has no place in the store. */
    long MOST_BYTES = 100_000_000;

    /** See {@link dev.ablate.core.training.Training#keep}. */
    void keep(Path file);

    /** See {@link dev.ablate.core.training.Training#checkpoint}. */
    Path checkpoint();

    /** See {@link dev.ablate.core.training.Training#notes}. */
    RunNotes notes();

    /** That of an attempt, in the store. */
    static RunFolder of(RunSink sink) {
        RunNotes notes = new SinkNotes(sink);
        return new RunFolder() {
            @Override
            public void keep(Path file) {
                sink.file(RunSink.KEPT + file.getFileName(), content(file));
            }

            @Override
            public Path checkpoint() {
                return sink.checkpoint();
            }

            @Override
            public RunNotes notes() {
                return notes;
            }
        };
    }

    /**
     * What a file holds.
     *
     * @throws IllegalArgumentException if it is not a regular file, or too large
     * @throws UncheckedIOException if it cannot be read
     */
    static byte[] content(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is not a regular file, and cannot be kept");
        }
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new IllegalArgumentException(
                        file + " has " + size + " bytes, and a file that is kept may have " + MOST_BYTES);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read, and is not kept", e);
        }
    }
}
