package dev.ablate.mlflow.client;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A request that the tracking server did not fulfil; the message is for a person and begins with the server's address. */
public final class ServerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What one may do about it. */
    public enum Kind {
        /** Nobody listens there. */
        ABSENT,
        /** No answer in time, or the connection broke: the request may have been fulfilled. */
        SILENT,
        /** 408, 429 or 5xx: later perhaps. */
        BUSY,
        /** What answered is not MLflow: a gateway perhaps, whose page passes. */
        FOREIGN,
        /** What answers is not MLflow, or refuses access: no request will be fulfilled. */
        CLOSED,
        /** 404: what the request is about is not there. */
        MISSING,
        /** 404, and not in MLflow's own words: the server is too old to know such a request. */
        UNKNOWN,
        /** Any other refusal: this request will never be fulfilled. */
        REFUSED
    }

    private final Kind kind;

    /** The HTTP status; 0 if there was none, or it is not the reason. */
    private final int status;

    public ServerFailure(Kind kind, URI server, String words) {
        this(kind, server, words, 0);
    }

    private ServerFailure(Kind kind, URI server, String words, int status) {
        super("MLflow at " + server + " " + words);
        this.kind = kind;
        this.status = status;
    }

    ServerFailure(Kind kind, URI server, String words, Throwable cause) {
        super("MLflow at " + server + " " + words, cause);
        this.kind = kind;
        this.status = 0;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may be fulfilled later. */
    public boolean passing() {
        return kind == Kind.ABSENT || kind == Kind.SILENT || kind == Kind.BUSY || kind == Kind.FOREIGN;
    }

    /** What to do before the delivery is tried again: the beginning of a sentence that ends with a command. */
    public String remedy() {
        return switch (status) {
            case 401 ->
                "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, to what it"
                        + " accepts, then";
            case 403 -> "Have it allow you to write there, then";
            case 413 -> "Have it, or the proxy before it, accept larger requests (nginx: client_max_body_size), then";
            // MLflow's own words where it is something in it that is not there
            case 404 ->
                String.valueOf(getMessage()).contains("_DOES_NOT_EXIST")
                        ? "Then"
                        : "Check that its address is the one of MLflow itself, then";
            default ->
                switch (kind) {
                    case ABSENT, SILENT -> "When it is up";
                    case BUSY -> status == 0 || status == 408 || status == 429 ? "Later" : "Its log says why. Then";
                    case FOREIGN, CLOSED, MISSING, UNKNOWN, REFUSED -> "Then";
                };
        };
    }

    /** The failure that an HTTP status means. */
    static ServerFailure ofStatus(URI server, int status, String words) {
        Kind kind = switch (status) {
            case 408, 429 -> Kind.BUSY;
            case 401, 403, 407 -> Kind.CLOSED;
            case 404 -> Kind.MISSING;
            default -> status >= 500 ? Kind.BUSY : Kind.REFUSED;
        };
        return new ServerFailure(kind, server, "answered " + status + (words.isEmpty() ? "" : ": " + words), status);
    }

    /** The failure of a request that got no answer in time. */
    static ServerFailure silent(URI server, Duration deadline) {
        return new ServerFailure(Kind.SILENT, server, "did not answer within " + deadline.toSeconds() + " s");
    }

    /** The failure that says why no answer could be read. */
    static ServerFailure broken(URI server, Throwable failure) {
        for (Throwable cause : chain(failure).toList()) {
            if (cause instanceof BoundedBody.TooLong) {
                return new ServerFailure(
                        Kind.FOREIGN, server, "gave an answer without end: " + cause.getMessage(), failure);
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return new ServerFailure(Kind.SILENT, server, "did not answer", failure);
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return new ServerFailure(Kind.ABSENT, server, "cannot be found: no such host", failure);
            }
            if (cause instanceof SSLException) {
                return new ServerFailure(
                        Kind.CLOSED,
                        server,
                        "has no secure connection: "
                                + (chain(failure).anyMatch(CertPathBuilderException.class::isInstance)
                                        ? "nobody this Java trusts vouches for its certificate"
                                        : cause.getMessage())
                                + " (MLFLOW_TRACKING_SERVER_CERT_PATH=FILE names who does, MLFLOW_TRACKING_INSECURE_TLS=true takes any certificate)",
                        failure);
            }
        }
        if (chain(failure).anyMatch(ConnectException.class::isInstance)) {
            // last, as one that finds no host is one too
            return new ServerFailure(Kind.ABSENT, server, "refused the connection", failure);
        }
        String words = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        return new ServerFailure(Kind.SILENT, server, "broke the connection: " + words, failure);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
