package dev.ablate.trainers.python;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/** The interpreters of this process, one for each script. */
final class Servers {

    private final Map<Launch, Server> servers = new HashMap<>();

    /** One thread starts one at a time, and can be interrupted. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Sees processes of runs out, one after the other. */
    private final ExecutorService leaving = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "python-leaving");
        thread.setDaemon(true);
        return thread;
    });

    private volatile Future<?> left = CompletableFuture.completedFuture(null);
    private final boolean forks;

    Servers(boolean forks) {
        this.forks = forks;
    }

    /** One that runs, or a new one. */
    Server of(Launch launch, Lines.Cancelled cancelled) {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted();
        }
        try {
            servers.values().removeIf(server -> !server.isAlive());
            Server known = servers.get(launch);
            if (known == null) {
                known = Server.start(launch, forks, cancelled);
                servers.put(launch, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Sees a process out while others prepare what comes next; where nothing is removed by the interpreter that forked it, at once. */
    void leave(Runnable out) {
        if (forks) {
            left = leaving.submit(out);
        } else {
            out.run();
        }
    }

    /** Waits for all that leave, so that no more processes are there at a time than are to be, and no more of what they take up. */
    void awaitLeft() {
        try {
            left.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes note that one has ended. */
    void forget(Server server) {
        lock.lock();
        try {
            servers.values().remove(server);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all of them. */
    void close() {
        lock.lock();
        try {
            servers.values().forEach(Server::close);
            servers.clear();
        } finally {
            lock.unlock();
        }
    }
}
