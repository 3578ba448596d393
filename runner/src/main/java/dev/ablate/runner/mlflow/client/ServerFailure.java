package dev.ablate.runner.mlflow.client;

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
        /** What answers is not MLflow, or lets nobody in: no request will be fulfilled. */
        CLOSED,
        /** 404: what the request is about is not there. */
        MISSING,
        /** 404, and not in MLflow's own words: the server is too old to know such a request. */
        UNKNOWN,
        /** Any other refusal: this request will never be fulfilled. */
        REFUSED
    }

    private final Kind kind;

    public ServerFailure(Kind kind, URI server, String words) {
        super("MLflow at " + server + " " + words);
        this.kind = kind;
    }

    ServerFailure(Kind kind, URI server, String words, Throwable cause) {
        super("MLflow at " + server + " " + words, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may be fulfilled later. */
    public boolean passing() {
        return kind == Kind.ABSENT || kind == Kind.SILENT || kind == Kind.BUSY || kind == Kind.FOREIGN;
    }

    /** The failure that an HTTP status tells. */
    static ServerFailure ofStatus(URI server, int status, String words) {
        Kind kind = switch (status) {
            case 408, 429 -> Kind.BUSY;
            case 401, 403, 407 -> Kind.CLOSED;
            case 404 -> Kind.MISSING;
            default -> status >= 500 ? Kind.BUSY : Kind.REFUSED;
        };
        return new ServerFailure(kind, server, "answered " + status + (words.isEmpty() ? "" : ": " + words));
    }

    /** The failure of a request that got no answer in time. */
    static ServerFailure silent(URI server, Duration deadline) {
        return new ServerFailure(Kind.SILENT, server, "did not answer within " + deadline.toSeconds() + " s");
    }

    /** The failure that tells why no answer could be read. */
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
