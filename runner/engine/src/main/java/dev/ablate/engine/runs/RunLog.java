package dev.ablate.engine.runs;

import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunSink;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where one attempt writes; used by one thread. Training never waits for it longer than for a queue.
 *
 * <p>{@link #finish}, {@link #finishing}, {@link #fail} or {@link #kill} ends it, once, and gives the run free for others. Each method throws
 * {@link StoreException} where this, or what was reported before, cannot be stored; the attempt then stays one that was
 * interrupted, and is free for others once one of these was called.
 */
public interface RunLog extends RunSink {

    /** The attempt's number. */
    long id();

    /** {@inheritDoc} It is in the store before the attempt has ended. */
    @Override
    void file(String path, byte[] content);

    /** {@inheritDoc} It is removed once the run has finished. */
    @Override
    Path checkpoint();

    /** The attempt came to its last update; on the disk when this returns. */
    default RunRecord finish(boolean deterministic, long updates, Map<String, Double> parameters) {
        return finish(deterministic, updates, false, parameters);
    }

    /**
     * The attempt came to its end; on the disk when this returns.
     *
     * @param stopped whether its stop rule ended it before its last update
     */
    RunRecord finish(boolean deterministic, long updates, boolean stopped, Map<String, Double> parameters);

    /**
     * The attempt came to its end, which is written while the caller goes on: many that end within a moment cost one wait for the disk.
     *
     * @param stopped whether its stop rule ended it before its last update
     * @return to be asked once, by any thread; waits until it is on the disk, and then gives the run free for others
     */
    Supplier<RunRecord> finishing(boolean deterministic, long updates, boolean stopped, Map<String, Double> parameters);

    /** The attempt failed, as any other seed's may or may not; on the disk when this returns. */
    default RunRecord fail(String error, long updates) {
        return fail(error, false, updates);
    }

    /**
     * The attempt failed; on the disk when this returns.
     *
     * @param deterministic whether every other seed must fail in the same way, since nothing was drawn before
     */
    RunRecord fail(String error, boolean deterministic, long updates);

    /** The attempt ended, however it did; on the disk when this returns. */
    default RunRecord end(RunEnding ending) {
        return switch (ending.status()) {
            case FINISHED -> finish(ending.deterministic(), ending.updates(), ending.stopped(), ending.parameters());
            case FAILED -> fail(ending.error().orElseThrow(), ending.deterministic(), ending.updates());
            case KILLED -> kill(ending.updates());
        };
    }

    /** The attempt was ended by a signal; on the disk when this returns. */
    RunRecord kill(long updates);
}
