package dev.ablate.core.note;

import java.nio.file.Path;
import java.util.List;

/**
 * What a program logs of its own accord: stored with its run, and delivered with it.
 *
 * <p>Nothing of it is compared, and nothing of it changes what the run is: a value counts only where it is reported too, with
 * {@link dev.ablate.core.training.Training#report}. All of it is stored before a method returns, so that a run that is killed keeps what it has logged. Any
 * thread may use it while its trainer trains.
 */
public interface RunNotes {

    /**
     * Adds notes, all or none.
     *
     * <p>An attempt that begins again after an interrupt may add what is there already: the same value of a metric at the same step counts
     * once.
     */
    void add(List<? extends Note> notes);

    /**
     * Stores a file, instead of one of the same path.
     *
     * @param path where it belongs: names joined by {@code /}, none of them empty, {@code .} or {@code ..}
     * @param file a regular file
     * @throws java.io.UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if the path is not as said above, or the file larger than 100 MB
     */
    void artifact(String path, Path file);

    /**
     * Begins a further run below this one.
     *
     * <p>An attempt that begins again gets the same run for the same name again, the first for the first.
     *
     * @param name what it is called; may be empty
     * @param time when it began, in milliseconds since 1970
     */
    RunNotes child(String name, long time);
}
