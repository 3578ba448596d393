package dev.ablate.worker.exchange;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where a run writes down what comes of it while it is trained: a store, or the result that travels to one. */
public interface RunSink {

    /** Where a run keeps the files of its trainer; what begins so, and nothing else, is one of them. */
    String KEPT = "kept/";

    /** Where a run keeps the files that its program logs: then the run's {@link LoggedNote#run}, and the path. */
    String LOGGED = "logged/";

    /** What the name of a weight's series begins with; all other series are metrics. */
    String WEIGHTS = "weights/";

    /** Rows of the two parts; reported once, before the first point. */
    void rows(int train, int test);

    /** A file that is stored with the run, instead of one of the same path. */
    void file(String path, byte[] content);

    /**
     * What a program logs; stored when this returns, all or nothing, and called by any thread.
     *
     * @param files by path, each below {@link #LOGGED}
     */
    void logged(List<LoggedNote> notes, Map<String, byte[]> files);

    /**
     * The folder for what a later attempt at the same run can go on from; it is made here, and outlives the attempt.
     *
     * @throws java.io.UncheckedIOException if it cannot be made
     */
    Path checkpoint();

    /** Values of one step, by series name; all finite. */
    void points(long step, Map<String, Double> values);
}
