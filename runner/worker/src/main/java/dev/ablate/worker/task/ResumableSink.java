package dev.ablate.worker.task;

import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Writes down what was measured, beside the checkpoint of a trainer that has one: an attempt that goes on from there has the points
 * before it, but for those of the last second.
 */
final class ResumableSink implements RunSink {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ResultSink sink;
    private final Checkpoint checkpoint;
    private final LongFunction<RunResult> soFar;
    private boolean asked;
    private long last;
    private long written = System.nanoTime();

    /**
     * @param soFar the result, if the run was ended from outside after so many updates
     */
    ResumableSink(ResultSink sink, Checkpoint checkpoint, LongFunction<RunResult> soFar) {
        this.sink = sink;
        this.checkpoint = checkpoint;
        this.soFar = soFar;
    }

    @Override
    public void rows(int train, int test) {
        sink.rows(train, test);
    }

    @Override
    public void file(String path, byte[] content) {
        sink.file(path, content);
    }

    @Override
    public void logged(List<LoggedNote> notes, Map<String, byte[]> files) {
        sink.logged(notes, files);
    }

    @Override
    public Path checkpoint() {
        asked = true;
        return sink.checkpoint();
    }

    @Override
    public void points(long step, Map<String, Double> values) {
        sink.points(step, values);
        last = Math.max(last, step);
        if (asked && System.nanoTime() - written >= PAUSE_NANOS) {
            write();
        }
    }

    /** Writes it down, if there is a checkpoint to go on from. */
    void write() {
        if (asked) {
            ResultFile.write(soFar.apply(last), checkpoint.points());
            written = System.nanoTime();
        }
    }
}
