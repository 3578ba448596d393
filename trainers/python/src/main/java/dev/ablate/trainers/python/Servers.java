package dev.ablate.trainers.python;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The interpreters of this process, one for each script. */
final class Servers {

    private final Map<Launch, Server> servers = new HashMap<>();

    /** One thread starts one at a time, and can be interrupted. */
    private final ReentrantLock lock = new ReentrantLock();

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
