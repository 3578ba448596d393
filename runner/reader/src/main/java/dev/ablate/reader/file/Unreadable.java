package dev.ablate.reader.file;

import dev.ablate.core.data.DataException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Words why a file cannot be read. */
public final class Unreadable {

    private Unreadable() {}

    /** Runs what reads a file. */
    @FunctionalInterface
    public interface Reading<T> {

        /**
         * Reads.
         *
         * @throws IOException if the file cannot be read
         */
        T read() throws IOException;
    }

    /**
     * What a reading gives.
     *
     * @param relativeTo what a path is relative to, as the end of a sentence
     * @throws DataException if the file cannot be read, with the reason
     */
    public static <T> T reported(Path file, String relativeTo, Reading<T> reading) {
        try {
            return reading.read();
        } catch (NoSuchFileException e) {
            throw new DataException(file.toString(), "there is no such file" + relativeTo);
        } catch (AccessDeniedException e) {
            throw new DataException(file.toString(), "may not be read: change its permissions");
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw new DataException(file.toString(), "was not read to its end: the reading was interrupted");
        } catch (IOException e) {
            throw new DataException(file.toString(), "cannot be read: " + e);
        } catch (UncheckedIOException e) {
            throw new DataException(file.toString(), "cannot be read: " + e.getCause());
        }
    }
}
