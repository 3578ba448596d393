package dev.ablate.runner.mlflow.client;

import java.net.URI;

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
}
