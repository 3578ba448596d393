package dev.ablate.runner.mlflow.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Files of runs, by way of the tracking server: {@code PUT} and {@code HEAD} below {@code /api/2.0/mlflow-artifacts/artifacts}. */
public final class Artifacts {

    /** Where MLflow serves files of runs. */
    private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts";

    /** The slowest way out that is not taken for a hanging one: bytes a second that a deadline grows by. */
    private static final long SLOWEST = 1 << 20;

    private final Http http;
    private final Destination destination;

    Artifacts(Http http, Destination destination) {
        this.http = http;
        this.destination = destination;
    }

    /**
     * Sends a file, replacing the one of that path.
     *
     * @param artifacts the run's {@code artifact_uri}
     */
    public void put(String artifacts, String path, byte[] content) {
        Duration deadline = destination.access().timeout().plusSeconds(content.length / SLOWEST);
        Http.Answer answer =
                http.send("PUT", file(artifacts, path), HttpRequest.BodyPublishers.ofByteArray(content), deadline);
        http.check(answer, "the file " + path);
    }

    /** Whether a file is there, in this size. */
    public boolean has(String artifacts, String path, long bytes) {
        Http.Answer answer = http.send(
                "HEAD",
                file(artifacts, path),
                HttpRequest.BodyPublishers.noBody(),
                destination.access().timeout());
        if (answer.status() == 404 || answer.status() == 500) {
            // 500 is how older servers say that a file is not there
            return false;
        }
        http.check(answer, "the file " + path);
        return answer.length() < 0 ? isListed(artifacts, path, bytes) : answer.length() == bytes;
    }

    /** For where no size of a file itself is told: what answers then may be something else than MLflow. */
    private boolean isListed(String artifacts, String path, long bytes) {
        String file = file(artifacts, path).toString();
        int mark = file.indexOf(FILES + "/");
        if (mark < 0) {
            // not MLflow's own place: there is nobody to ask
            return true;
        }
        String there = URLDecoder.decode(file.substring(mark + FILES.length() + 1), StandardCharsets.UTF_8);
        int name = there.lastIndexOf('/') + 1;
        Http.Answer answer = http.send(
                "GET",
                URI.create(file.substring(0, mark) + FILES + "?path="
                        + URLEncoder.encode(there.substring(0, Math.max(0, name - 1)), StandardCharsets.UTF_8)),
                HttpRequest.BodyPublishers.noBody(),
                destination.access().timeout());
        if (answer.status() == 404) {
            return false;
        }
        http.check(answer, "the files of a run");
        try {
            if (JsonParser.parseString(answer.body()) instanceof JsonObject listing) {
                return Rest.objects(listing, "files").stream()
                        .filter(listed -> Rest.text(listed, "path").equals(there.substring(name)))
                        .map(listed -> Rest.text(listed, "file_size"))
                        .anyMatch(size -> size.isEmpty() || size.equals(Long.toString(bytes)));
            }
        } catch (JsonParseException e) {
            // told below
        }
        throw http.foreign();
    }

    /** Where the server takes a file; refused where files of runs go past it, to a disk or a bucket. */
    private URI file(String artifacts, String path) {
        if (Arrays.asList(path.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException("a file's path leads out of its run: " + path);
        }
        URI root = URI.create(encode(artifacts, ":/"));
        String scheme = Optional.ofNullable(root.getScheme()).orElse("");
        String base = switch (scheme) {
            case "mlflow-artifacts" -> {
                String host = root.getAuthority() == null
                        ? destination.server().toString()
                        : destination.server().getScheme() + "://" + root.getAuthority();
                yield host + FILES + root.getRawPath();
            }
            case "http", "https" -> root.toString();
            default ->
                throw new ServerFailure(
                        ServerFailure.Kind.REFUSED,
                        destination.server(),
                        "keeps files of runs at " + artifacts
                                + ", where only its own clients reach them; start it with --artifacts-destination");
        };
        return URI.create(base + "/" + encode(path, "/"));
    }

    private static String encode(String text, String kept) {
        return Arrays.stream(text.split("(?<=[" + kept + "])|(?=[" + kept + "])"))
                .map(part -> part.length() == 1 && kept.contains(part)
                        ? part
                        : URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining());
    }
}
