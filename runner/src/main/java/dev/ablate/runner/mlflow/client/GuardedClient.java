package dev.ablate.runner.mlflow.client;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
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
import org.mlflow.tracking.creds.MlflowHostCredsProvider;

/**
 * MLflow's Java client, each call under a deadline.
 *
 * <p>The client knows no timeout, and interrupting it does not help; closing it does. So it lives on a thread of its own, and
 * when a call is overdue it is closed and a new one made: that ends an answer without end too, and a wait after answers of 429.
 *
 * <p>Its own connections take a redirect or a web page for success (reading back tells), may carry credentials to where a 303
 * leads, and know neither proxies nor authorities but Java's own. So to a destination that needs one of these, or has credentials,
 * the same client's requests go over {@link Http} ({@link OverHttp}).
 */
final class GuardedClient implements AutoCloseable {

    /** Held, as a logger that nobody holds forgets its level: each failure is told once, by those who know what it means. */
    private static final Logger APACHE = Logger.getLogger("org.mlflow_project.apachehttp");

    static {
        APACHE.setLevel(Level.OFF);
    }

    private final Destination destination;
    private final Movement movement;
    private final Http http;
    private final RestClient rest;
    private final boolean overHttp;
    private ExecutorService thread = thread();
    private MlflowClient client;
    private volatile boolean closed;

    /** @param rest leads to the same destination */
    GuardedClient(Destination destination, Movement movement, Http http, RestClient rest) {
        this.destination = destination;
        this.movement = movement;
        this.http = http;
        this.rest = rest;
        this.overHttp = needsHttp(destination);
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
    <T> T call(Function<MlflowClient, T> request) {
        Duration deadline = destination.access().timeout();
        if (overHttp) {
            // has deadlines of its own, and counts answers itself
            try {
                return request.apply(client);
            } catch (MlflowClientException e) {
                throw failure(e);
            }
        }
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
            return http.refusal(refused.getStatusCode(), refused.getBodyMessage(), "");
        }
        if (cause instanceof MlflowClientException e) {
            if (e.getMessage() != null && e.getMessage().startsWith("Failed to serialize json")) {
                return rest.foreign();
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

    private MlflowClient client() {
        MlflowHostCredsProvider address =
                new BasicMlflowHostCreds(destination.server().toString());
        return overHttp ? new OverHttp(address, rest) : new MlflowClient(address);
    }

    private static boolean needsHttp(Destination destination) {
        Access access = destination.access();
        ProxySelector proxies = ProxySelector.getDefault();
        boolean proxied = proxies != null
                && proxies.select(destination.server()).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
        return access.authorization().isPresent()
                || access.authorities().isPresent()
                || access.insecureTls()
                || proxied;
    }

    /** The client, with its requests sent by {@link Http}; its calls that do not go by these methods are not used. */
    private static final class OverHttp extends MlflowClient {
        private static final long serialVersionUID = 1L;

        private final transient RestClient rest;

        OverHttp(MlflowHostCredsProvider address, RestClient rest) {
            super(address);
            this.rest = rest;
        }

        @Override
        public String sendPost(String path, String json) {
            return rest.sendPost(path, json);
        }

        @Override
        public String sendPatch(String path, String json) {
            return rest.sendPatch(path, json);
        }
    }

    private static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "ablate-mlflow");
            thread.setDaemon(true);
            return thread;
        });
    }
}
