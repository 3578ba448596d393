package dev.ablate.engine.runs;

import com.google.common.util.concurrent.Uninterruptibles;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a store that writes.
 *
 * <p>Points are gathered and written together, half a second after the first of them or as soon as there are 1,000, so that
 * they are never a second behind. Whoever changes something else waits until it is written, together with all points that
 * were reported before.
 */
final class Writer implements AutoCloseable {

    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int GATHER_POINTS = 1_000;

    private final Database database;
    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(4_096);
    private final Thread thread = new Thread(this::work, "store-writer");
    private final List<Later> gathered = new ArrayList<>();

    private @Nullable Connection connection;
    private int gatheredPoints;
    private boolean closed;

    Writer(Database database) {
        this.database = database;
        thread.setDaemon(true);
        thread.start();
    }

    private sealed interface Item permits Later, Now, Stop {}

    private record Later(int points, Database.Work<?> work, Consumer<StoreException> failed) implements Item {}

    private record Now(Runnable task) implements Item {}

    private record Stop() implements Item {}

    /**
     * Writes soon, together with others; the caller goes on at once.
     *
     * @param points how many points it is
     * @param failed called if it cannot be written; nothing of it is in the store then
     */
    void later(int points, Database.Work<?> work, Consumer<StoreException> failed) {
        put(new Later(points, work, failed));
    }

    /**
     * Writes in one transaction and waits for it.
     *
     * @param toDisk whether it must outlive a power cut from the moment this returns; a killed process it always outlives
     */
    <T> T now(boolean toDisk, Database.Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        put(new Now(() -> {
            try {
                result.complete(write(toDisk, work));
            } catch (SQLException e) {
                result.completeExceptionally(database.explain(e));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }));
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
            Item item = gathered.isEmpty() ? take(Long.MAX_VALUE) : take(deadline - System.nanoTime());
            if (item instanceof Later later) {
                if (gathered.isEmpty()) {
                    deadline = System.nanoTime() + GATHER_NANOS;
                }
                gathered.add(later);
                gatheredPoints += later.points();
            }
            if (!(item instanceof Later) || gatheredPoints >= GATHER_POINTS) {
                writeGathered();
            }
            if (item instanceof Now now) {
                now.task().run();
            } else if (item instanceof Stop) {
                return;
            }
        }
    }

    private @Nullable Item take(long nanos) {
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
        try {
            write(false, c -> {
                for (Later later : gathered) {
                    later.work().over(c);
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
        gatheredPoints = 0;
    }

    private void fail(StoreException failure) {
        gathered.forEach(later -> later.failed().accept(failure));
    }

    private <T> T write(boolean toDisk, Database.Work<T> work) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.open();
            connection = open;
        }
        database.requireThere();
        if (!toDisk) {
            return Database.inTransaction(open, "BEGIN IMMEDIATE", work);
        }
        // the commit syncs the whole write-ahead log, so everything that was written before is on the disk too
        Sql.run(open, "PRAGMA synchronous = FULL");
        try {
            return Database.inTransaction(open, "BEGIN IMMEDIATE", work);
        } finally {
            Sql.run(open, "PRAGMA synchronous = NORMAL");
        }
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
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw database.explain(e);
        }
    }
}
