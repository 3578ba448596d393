package dev.ablate.engine.runs;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An attempt that holds its run's lease until it ends. */
final class AttemptLog implements RunLog {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);

    private final long id;
    private final Writer writer;
    private final Clock clock;
    private final RunStore.Lease lease;
    private final Path checkpoint;

    /**
     * Used by the writer's thread alone. An id in it never names what was rolled back: the first points that cannot be stored
     * are the attempt's last.
     */
    private final Map<String, Long> series = new HashMap<>();

    /** Set by the writer's thread where points could not be stored: without them the attempt must not count as finished. */
    private volatile @Nullable StoreException failure;

    private boolean ended;

    AttemptLog(long id, Writer writer, Clock clock, RunStore.Lease lease, Path checkpoint) {
        this.id = id;
        this.writer = writer;
        this.clock = clock;
        this.lease = lease;
        this.checkpoint = checkpoint;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public void rows(int train, int test) {
        later(0, c -> {
            Attempts.rows(c, id, train, test);
            return id;
        });
    }

    @Override
    public void file(String path, byte[] content) {
        byte[] copy = content.clone();
        later(0, c -> {
            Attempts.file(c, id, path, copy);
            return id;
        });
    }

    @Override
    public Path checkpoint() {
        try {
            Home.create(checkpoint);
            return checkpoint;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + checkpoint + " cannot be made: " + e.getMessage(), e);
        }
    }

    @Override
    public void points(long step, Map<String, Double> values) {
        Map<String, Double> copy = new LinkedHashMap<>(values);
        copy.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(name + " is not finite at " + step + ": " + value);
            }
        });
        long time = clock.millis();
        later(copy.size(), c -> {
            // once some are missing, no later ones: they would hide the gap
            if (failure == null) {
                Point.add(c, id, step, copy, time, series);
            }
            return id;
        });
    }

    private void later(int points, Database.Work<?> work) {
        requireOpen();
        writer.later(points, work, e -> failure = e);
    }

    @Override
    public RunRecord finish(boolean deterministic, long updates, boolean stopped, Map<String, Double> parameters) {
        RunRecord record = end(RunStatus.FINISHED, Optional.empty(), deterministic, updates, stopped, parameters);
        removeCheckpoint();
        return record;
    }

    @Override
    public RunRecord fail(String error, boolean deterministic, long updates) {
        return end(RunStatus.FAILED, Optional.of(error), deterministic, updates, false, Map.of());
    }

    @Override
    public RunRecord kill(long updates) {
        return end(RunStatus.KILLED, Optional.empty(), false, updates, false, Map.of());
    }

    private RunRecord end(
            RunStatus status,
            Optional<String> error,
            boolean deterministic,
            long updates,
            boolean stopped,
            Map<String, Double> parameters) {
        if (ended) {
            throw new IllegalStateException("the attempt has ended");
        }
        ended = true;
        try {
            Map<String, Double> copy = new LinkedHashMap<>(parameters);
            return writer.now(true, c -> {
                // looked at here, since what was reported before is written just before this
                throwFailure();
                return Attempts.end(c, id, status, error, deterministic, updates, stopped, copy, clock.instant());
            });
        } finally {
            lease.close();
        }
    }

    /** What is left of it is of no use, and takes a disk's room alone. */
    private void removeCheckpoint() {
        if (Files.isDirectory(checkpoint)) {
            try {
                MoreFiles.deleteRecursively(checkpoint, RecursiveDeleteOption.ALLOW_INSECURE);
            } catch (IOException e) {
                LOG.debug("{} cannot be removed", checkpoint, e);
            }
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the attempt has ended");
        }
        throwFailure();
    }

    private void throwFailure() {
        StoreException known = failure;
        if (known != null) {
            throw new StoreException(String.valueOf(known.getMessage()), known);
        }
    }
}
