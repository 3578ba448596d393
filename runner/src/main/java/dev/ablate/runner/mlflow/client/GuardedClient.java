package dev.ablate.runner.mlflow.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * MLflow's Java client, each call under a deadline.
 *
 * <p>The client knows no timeout, and interrupting it does not help; closing it does. So it lives on a thread of its own, and
 * when a call is overdue it is closed and a new one made.
 */
final class GuardedClient implements AutoCloseable {

    /** Held, as a logger that nobody holds forgets its level: each failure is told once, by those who know what it means. */
    private static final Logger APACHE = Logger.getLogger("org.mlflow_project.apachehttp");

    static {
        APACHE.setLevel(Level.OFF);
    }

    private final Destination destination;
    private final Movement movement;
    private ExecutorService thread = thread();
    private MlflowClient client;
    private volatile boolean closed;

    GuardedClient(Destination destination, Movement movement) {
        this.destination = destination;
        this.movement = movement;
        this.client = client();
    }

    /** Ends the call that is going on, if any; no other will succeed. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            client.close();
            thread.shutdownNow();
        }
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws ServerFailure if there is none in time, or a refusal
     */
    <T> T call(Function<MlflowClient, T> request, Duration deadline) {
        MlflowClient current;
        Future<T> answer;
        synchronized (this) {
            current = client;
            try {
                answer = thread.submit(() -> request.apply(current));
            } catch (RejectedExecutionException e) {
                throw new ServerFailure(ServerFailure.Kind.SILENT, destination.server(), "is no longer asked", e);
            }
        }
        try {
            T given = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            movement.answered();
            return given;
        } catch (TimeoutException e) {
            renew();
            throw Http.silent(destination.server(), deadline);
        } catch (InterruptedException e) {
            renew();
            Thread.currentThread().interrupt();
            throw new ServerFailure(ServerFailure.Kind.SILENT, destination.server(), "was not waited for", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    /** Leaves the overdue call to itself: closing the client ends it, and with it its thread. */
    private synchronized void renew() {
        client.close();
        thread.shutdownNow();
        if (!closed) {
            client = client();
            thread = thread();
        }
    }

    private RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof MlflowHttpException refused) {
            return ServerFailure.ofStatus(
                    destination.server(), refused.getStatusCode(), Http.words(refused.getBodyMessage()));
        }
        if (cause instanceof MlflowClientException e) {
            if (e.getMessage() != null && e.getMessage().startsWith("Failed to serialize json")) {
                return foreign();
            }
            if (e.getCause() instanceof IOException io) {
                return Http.broken(destination.server(), io);
            }
        }
        if (closed) {
            return new ServerFailure(ServerFailure.Kind.SILENT, destination.server(), "is no longer asked");
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    /** The failure of an answer that MLflow would not give. */
    ServerFailure foreign() {
        return new ServerFailure(ServerFailure.Kind.CLOSED, destination.server(), "answered, but not as MLflow does");
    }

    private MlflowClient client() {
        Access access = destination.access();
        boolean named = access.username().isPresent() && access.password().isPresent();
        return new MlflowClient(new BasicMlflowHostCreds(
                destination.server().toString(),
                named ? access.username().get() : null,
                named ? access.password().get() : null,
                access.token().orElse(null),
                access.insecureTls()));
    }

    private static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "ablate-mlflow");
            thread.setDaemon(true);
            return thread;
        });
    }
}
