package dev.ablate.cli.tracking;

import com.google.common.base.Throwables;
import dev.ablate.mlflow.server.LocalServer;
import dev.ablate.mlflow.server.LocalServerException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The managed server, brought up in the background while something else goes on. */
final class ServerStart implements AutoCloseable {

    /** For ending what was begun. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FutureTask<URI> start;
    private final Thread thread;
    private final List<String> unsaid = new ArrayList<>();
    private @Nullable Consumer<String> listener;

    private ServerStart(LocalServer server) {
        this.start = new FutureTask<>(() -> server.start(this::progress));
        this.thread = new Thread(start, "ablate-server-start");
        this.thread.setDaemon(true);
    }

    static ServerStart begin(LocalServer server) {
        ServerStart begun = new ServerStart(server);
        begun.thread.start();
        return begun;
    }

    /** Meanwhile a progress bar may be on the screen. */
    private synchronized void progress(String line) {
        if (listener == null) {
            unsaid.add(line);
        } else {
            listener.accept(line);
        }
    }

    /**
     * Waits until the server answers.
     *
     * @param progress is given how that goes, from the beginning
     * @throws LocalServerException if it cannot be brought up
     */
    URI await(Consumer<String> progress) throws LocalServerException, InterruptedException {
        synchronized (this) {
            unsaid.forEach(progress);
            unsaid.clear();
            listener = progress;
        }
        try {
            return start.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            Throwables.throwIfInstanceOf(cause, LocalServerException.class);
            Throwables.throwIfInstanceOf(cause, InterruptedException.class);
            throw new IllegalStateException(cause);
        }
    }

    /** Ends a start that is half way: nobody waits for it. */
    @Override
    public void close() {
        if (start.isDone()) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
