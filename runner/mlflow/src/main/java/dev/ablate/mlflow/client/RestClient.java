package dev.ablate.mlflow.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.Message;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/** MLflow's REST interface over {@link Http}, in the messages of MLflow's Java client: what reads, as an answer can be long. */
final class RestClient {

    private static final String ROOT = "/api/2.0/mlflow/";

    private final Http http;
    private final Endpoint destination;

    RestClient(Http http, Endpoint destination) {
        this.http = http;
        this.destination = destination;
    }

    /**
     * Asks.
     *
     * @param path below {@code /api/2.0/mlflow/}, with its query
     * @param values about how many the answer holds: deadline and bound grow with them
     */
    <B extends Message.Builder> B get(String path, long values, B answer) {
        Duration deadline = deadline().multipliedBy(1 + values / 25_000);
        long bound = Http.MOST_BYTES + 200 * values;
        return read(
                json(http.send("GET", address(path), HttpRequest.BodyPublishers.noBody(), deadline, bound)), answer);
    }

    /** Asks; the answer is JSON. */
    String get(String path) {
        return json(http.send("GET", address(path), HttpRequest.BodyPublishers.noBody(), deadline()));
    }

    /** Asks with a message. */
    <B extends Message.Builder> B post(String path, Message request, B answer) {
        String body;
        try {
            body = JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .omittingInsignificantWhitespace()
                    .print(request);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
        return read(json(exchange("POST", path, body)), answer);
    }

    /** Posts JSON; the answer is JSON. */
    String sendPost(String path, String json) {
        return json(exchange("POST", path, json));
    }

    /** Patches with JSON; the answer is JSON. */
    String sendPatch(String path, String json) {
        return json(exchange("PATCH", path, json));
    }

    private Http.Answer exchange(String method, String path, String json) {
        return http.send(method, address(path), HttpRequest.BodyPublishers.ofString(json), deadline());
    }

    /** A message, of an answer that is JSON. */
    <B extends Message.Builder> B read(String json, B into) {
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(json, into);
            return into;
        } catch (InvalidProtocolBufferException e) {
            throw foreign();
        }
    }

    private String json(Http.Answer answer) {
        http.check(answer, "");
        if (!answer.body().startsWith("{")) {
            throw foreign();
        }
        return answer.body();
    }

    /** The failure of an answer that MLflow would not give. */
    ServerFailure foreign() {
        return http.foreign();
    }

    /** The failure of an answer that goes on and on. */
    ServerFailure endless(String what) {
        return new ServerFailure(ServerFailure.Kind.FOREIGN, destination.server(), "has more than " + what);
    }

    private Duration deadline() {
        return destination.access().timeout();
    }

    private URI address(String path) {
        return URI.create(destination.server() + ROOT + path);
    }

    /** A value of a query. */
    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
