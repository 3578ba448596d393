package dev.ablate.engine.runs;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.engine.runs.note.NoteRows;
import dev.ablate.engine.runs.point.PointWriter;
import dev.ablate.engine.runs.point.ReportedSteps;
import dev.ablate.engine.runs.point.Stretch;
import dev.ablate.engine.runs.sqlite.Sql;
import dev.ablate.worker.exchange.LoggedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An attempt that holds its run's lease until it ends. */
final class AttemptLog implements RunLog {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);

    /** With more points that may not be in the store yet, training waits until they are. */
    private static final int MOST_POINTS = 20_000;

    private final long id;
    private final Writer writer;
    private final Clock clock;
    private final RunStore.Lease lease;
    private final Path checkpoint;

    private final PointWriter points;

    /** What was reported and is not yet written; under this monitor, which is never held while something is written. */
    private final ReportedSteps steps = new ReportedSteps();

    private List<Database.Work<?>> changes = new ArrayList<>();

    /** How many points the writer took last: they are in the store when it takes others. */
    private int taken;

    /** Whether the writer knows that something waits here. */
    private boolean waiting;

    /** Set by the writer's thread where points could not be stored: without them the attempt must not count as finished. */
    private volatile @Nullable StoreException failure;

    /** The number of this process's start of the attempt, once it has logged; the writer's thread alone uses it. */
    private long start;

    private volatile boolean ended;

    AttemptLog(long id, Writer writer, Clock clock, RunStore.Lease lease, Path checkpoint) {
        this.id = id;
        this.points = new PointWriter(id);
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
        change(sql -> {
            Attempts.rows(sql, id, train, test);
            return id;
        });
    }

    @Override
    public void file(String path, byte[] content) {
        byte[] copy = content.clone();
        change(sql -> {
            Attempts.file(sql, id, path, copy);
            return id;
        });
    }

    @Override
    public void logged(List<LoggedNote> notes, Map<String, byte[]> files) {
        requireOpen();
        writer.alone(false, sql -> {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Attempts.file(sql, id, file.getKey(), file.getValue());
            }
            if (start == 0) {
                start = NoteRows.nextStart(sql, id);
            }
            NoteRows.add(sql, id, start, notes);
            return id;
        });
    }

    private void change(Database.Work<?> change) {
        requireOpen();
        synchronized (steps) {
            changes.add(change);
        }
        announce();
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
        requireOpen();
        long time = clock.millis();
        int unwritten;
        synchronized (steps) {
            steps.add(step, time, values);
            unwritten = steps.points() + taken;
        }
        announce();
        writer.reported(values.size());
        if (unwritten > MOST_POINTS) {
            writer.now(false, sql -> id);
        }
    }

    /** Lets the writer know that there is something to write. */
    private void announce() {
        synchronized (steps) {
            if (waiting) {
                return;
            }
            waiting = true;
        }
        writer.later(this::write, e -> failure = e);
    }

    /** Writes what was reported; on the writer's thread. */
    private long write(Sql sql) throws SQLException {
        List<Stretch> stretches;
        List<Database.Work<?>> others;
        synchronized (steps) {
            taken = steps.points();
            stretches = steps.take();
            others = changes;
            changes = new ArrayList<>();
            waiting = false;
        }
        // once some are missing, no later ones: they would hide the gap
        if (failure == null) {
            for (Database.Work<?> other : others) {
                other.over(sql);
            }
            points.write(sql, stretches);
        }
        return id;
    }

    @Override
    public RunRecord finish(boolean deterministic, long updates, boolean stopped, Map<String, Double> parameters) {
        RunRecord record = end(RunStatus.FINISHED, Optional.empty(), deterministic, updates, stopped, parameters);
        removeCheckpoint(checkpoint);
        return record;
    }

    @Override
    public Supplier<RunRecord> finishing(
            boolean deterministic, long updates, boolean stopped, Map<String, Double> parameters) {
        Database.Work<RunRecord> end =
                ending(RunStatus.FINISHED, Optional.empty(), deterministic, updates, stopped, parameters);
        Supplier<RunRecord> written = writer.soonOnDisk(end);
        return () -> {
            RunRecord record = released(written);
            removeCheckpoint(checkpoint);
            return record;
        };
    }

    /** Whatever becomes of what is written, the run is free for others then. */
    private RunRecord released(Supplier<RunRecord> written) {
        try {
            return written.get();
        } finally {
            lease.close();
        }
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
        Database.Work<RunRecord> end = ending(status, error, deterministic, updates, stopped, parameters);
        return released(() -> writer.alone(true, end));
    }

    /** Ends it for the caller, and gives what is then to be written. */
    private Database.Work<RunRecord> ending(
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
        Map<String, Double> copy = new LinkedHashMap<>(parameters);
        return sql -> {
            // looked at here, since what was reported before may be written just before this
            throwFailure();
            write(sql);
            return Attempts.end(sql, id, status, error, deterministic, updates, stopped, copy, clock.instant());
        };
    }

    /** Removes what nobody goes on from any more; what cannot be removed is removed with the next attempt. */
    static void removeCheckpoint(Path checkpoint) {
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
