package dev.ablate.engine.runs;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.ablate.engine.runs.sqlite.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a store that writes.
 *
 * <p>What is reported is written together, half a second after the first of it or as soon as there are 1,000 points, so that
 * it is never a second behind. Whoever changes something else waits until it is written, and mostly until all is written that
 * was reported before, too.
 */
final class Writer implements AutoCloseable {

    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int GATHER_POINTS = 1_000;

    /** A disk takes some milliseconds to say that it has everything. */
    private static final long SYNC_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Database database;
    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(4_096);
    private final Thread thread = new Thread(this::work, "store-writer");
    private final List<Later> gathered = new ArrayList<>();

    /** What was written, and may not outlive a power cut yet. */
    private final List<NotOnDisk> notOnDisk = new ArrayList<>();

    private long syncDeadline;

    /** How many points were reported that may not be written yet. */
    private final AtomicInteger reported = new AtomicInteger();

    private @Nullable Sql sql;
    private boolean closed;

    Writer(Database database) {
        this.database = database;
        thread.setDaemon(true);
        thread.start();
    }

    private sealed interface Item permits Later, Enough, Now, Stop {}

    private record Later(Database.Work<?> work, Consumer<StoreException> failed) implements Item {}

    /** So many points were reported that they are written without waiting for more. */
    private record Enough() implements Item {}

    /** @param alone whether what was gathered waits on */
    private record Now(boolean alone, Runnable task) implements Item {}

    private record Stop() implements Item {}

    /** Who waits for it, in either case. */
    private record NotOnDisk(Runnable done, Consumer<Throwable> failed) {}

    /**
     * Writes soon, together with others; the caller goes on at once.
     *
     * @param work asks only then what there is to write
     * @param failed called if it cannot be written; nothing of it is in the store then
     */
    void later(Database.Work<?> work, Consumer<StoreException> failed) {
        put(new Later(work, failed));
    }

    /** Notes that there are so many points more to write. */
    void reported(int points) {
        int all = reported.addAndGet(points);
        if (all >= GATHER_POINTS && all - points < GATHER_POINTS) {
            put(new Enough());
        }
    }

    /**
     * Writes in one transaction and waits for it; what was reported before is written first.
     *
     * @param toDisk whether it must outlive a power cut from the moment this returns; a killed process it always outlives
     */
    <T> T now(boolean toDisk, Database.Work<T> work) {
        return now(toDisk, false, work);
    }

    /** The same, where what others have reported may wait on. */
    <T> T alone(boolean toDisk, Database.Work<T> work) {
        return now(toDisk, true, work);
    }

    private <T> T now(boolean toDisk, boolean alone, Database.Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        put(new Now(alone, () -> {
            try {
                result.complete(write(toDisk, work));
            } catch (Throwable e) {
                fail(result, e);
            }
        }));
        return outcome(result);
    }

    /**
     * Writes in one transaction, as {@link #alone}, while the caller goes on.
     *
     * @return waits until it must outlive a power cut, which is said at once for all that was written in a moment
     */
    <T> Supplier<T> soonOnDisk(Database.Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        put(new Now(true, () -> {
            try {
                T done = write(false, work);
                if (notOnDisk.isEmpty()) {
                    syncDeadline = System.nanoTime() + SYNC_NANOS;
                }
                notOnDisk.add(new NotOnDisk(() -> result.complete(done), e -> fail(result, e)));
            } catch (Throwable e) {
                fail(result, e);
            }
        }));
        return () -> outcome(result);
    }

    private void fail(CompletableFuture<?> result, Throwable e) {
        result.completeExceptionally(e instanceof SQLException failure ? database.explain(failure) : e);
    }

    private static <T> T outcome(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException failure) {
                // a new one, so that the stack trace names the caller
                throw new StoreException(String.valueOf(failure.getMessage()), failure);
            }
            if (e.getCause() instanceof RuntimeException mistake) {
                throw mistake;
            }
            throw e;
        }
    }

    private synchronized void put(Item item) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        Uninterruptibles.putUninterruptibly(queue, item);
    }

    private void work() {
        long deadline = 0;
        while (true) {
            Item item = take(deadline);
            if (item instanceof Later later) {
                if (gathered.isEmpty()) {
                    deadline = System.nanoTime() + GATHER_NANOS;
                }
                gathered.add(later);
            }
            boolean asked = item instanceof Enough || item instanceof Stop || (item instanceof Now now && !now.alone());
            if (asked || isDue(deadline, gathered)) {
                writeGathered();
            }
            if (item instanceof Now now) {
                now.task().run();
            }
            if (item instanceof Stop || isDue(syncDeadline, notOnDisk)) {
                sync();
            }
            if (item instanceof Stop) {
                return;
            }
        }
    }

    private static boolean isDue(long deadline, List<?> waiting) {
        return !waiting.isEmpty() && System.nanoTime() - deadline >= 0;
    }

    /** Brings on the disk what was written before: each change does that for all that stands before it in the log. */
    private void sync() {
        if (notOnDisk.isEmpty()) {
            return;
        }
        try {
            write(true, all -> {
                Schema.touch(all);
                return all;
            });
        } catch (SQLException e) {
            StoreException failure = database.explain(e);
            notOnDisk.forEach(written -> written.failed().accept(failure));
        } catch (RuntimeException | Error e) {
            notOnDisk.forEach(written -> written.failed().accept(e));
        }
        notOnDisk.clear();
    }

    /** The next item; none, if the time comes first to write what was gathered, or to bring on the disk what was written. */
    private @Nullable Item take(long deadline) {
        long now = System.nanoTime();
        long nanos = Long.MAX_VALUE;
        nanos = gathered.isEmpty() ? nanos : Math.min(nanos, deadline - now);
        nanos = notOnDisk.isEmpty() ? nanos : Math.min(nanos, syncDeadline - now);
        try {
            return queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // nobody has a reason to interrupt this thread, and what is waiting must be written
            return null;
        }
    }

    private void writeGathered() {
        if (gathered.isEmpty()) {
            return;
        }
        reported.set(0);
        try {
            write(false, all -> {
                for (Later later : gathered) {
                    later.work().over(all);
                }
                return gathered;
            });
        } catch (SQLException e) {
            fail(database.explain(e));
        } catch (RuntimeException | Error e) {
            // this thread must live, or everybody who waits for it waits for ever
            fail(new StoreException("points cannot be stored: " + e, e));
        }
        gathered.clear();
    }

    private void fail(StoreException failure) {
        gathered.forEach(later -> later.failed().accept(failure));
    }

    private <T> T write(boolean toDisk, Database.Work<T> work) throws SQLException {
        database.writing();
        if (database.isAlone()) {
            try (Database.Turn mine = database.new Turn()) {
                // asked for each time, since the home may have been taken over
                Sql open = mine.open();
                database.requireThere();
                return written(toDisk, Database.inTransaction(open, "BEGIN IMMEDIATE", work));
            }
        }
        Sql open = sql;
        if (open == null) {
            open = database.open();
            sql = open;
        }
        database.requireThere();
        if (!toDisk) {
            return Database.inTransaction(open, "BEGIN IMMEDIATE", work);
        }
        // the commit syncs the whole write-ahead log, so everything that was written before is on the disk too
        open.run("PRAGMA synchronous = FULL");
        T done;
        try {
            done = Database.inTransaction(open, "BEGIN IMMEDIATE", work);
        } finally {
            open.run("PRAGMA synchronous = NORMAL");
        }
        return written(true, done);
    }

    /** A rollback journal brings each change on the disk, a log what stands in it before one that is to be there. */
    private <T> T written(boolean toDisk, T done) {
        if (toDisk) {
            notOnDisk.forEach(written -> written.done().run());
            notOnDisk.clear();
        }
        return done;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            put(new Stop());
            closed = true;
        }
        Uninterruptibles.joinUninterruptibly(thread);
        try {
            if (sql != null) {
                sql.close();
            }
        } catch (SQLException e) {
            throw database.explain(e);
        }
    }
}
