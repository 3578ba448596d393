package dev.ablate.mlflow.client;

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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Files of runs, by way of the tracking server: {@code PUT} and lists below {@code /api/2.0/mlflow-artifacts/artifacts}. */
public final class Artifacts {

    /** Where MLflow serves files of runs. */
    private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts";

    /** The slowest way out that is not taken for a hanging one: bytes a second that a deadline grows by. */
    private static final long SLOWEST = 1 << 20;

    private final Http http;
    private final Endpoint destination;

    Artifacts(Http http, Endpoint destination) {
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

    /**
     * Those of some files that are not there, or not in their size; the files of a folder are asked for together.
     *
     * @param artifacts the run's {@code artifact_uri}
     * @param files by path
     */
    public Set<String> missing(String artifacts, Map<String, byte[]> files) {
        Map<String, Map<String, String>> folders = new HashMap<>();
        Set<String> missing = new LinkedHashSet<>();
        files.forEach((path, content) -> {
            String file = file(artifacts, path).toString();
            boolean there;
            if (file.contains(FILES + "/")) {
                int name = file.lastIndexOf('/') + 1;
                String size = folders.computeIfAbsent(file.substring(0, name - 1), this::sizes)
                        .get(decode(file.substring(name)));
                // some stores do not give sizes
                there = size != null && (size.isEmpty() || size.equals(Integer.toString(content.length)));
            } else {
                there = answers(URI.create(file), path, content.length);
            }
            if (!there) {
                missing.add(path);
            }
        });
        return missing;
    }

    /** The sizes of the files in a folder, by name, as the server gives them. */
    private Map<String, String> sizes(String folder) {
        int root = folder.indexOf(FILES + "/") + FILES.length();
        String path = decode(folder.substring(root + 1));
        Http.Answer answer = http.send(
                "GET",
                URI.create(folder.substring(0, root) + "?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8)),
                HttpRequest.BodyPublishers.noBody(),
                destination.access().timeout());
        Map<String, String> sizes = new HashMap<>();
        if (answer.status() == 404) {
            return sizes;
        }
        http.check(answer, "the files of a run");
        try {
            if (JsonParser.parseString(answer.body()) instanceof JsonObject listing) {
                Rest.objects(listing, "files").stream()
                        .filter(listed -> !Rest.text(listed, "is_dir").equals("true"))
                        .forEach(listed -> sizes.put(Rest.text(listed, "path"), Rest.text(listed, "file_size")));
                return sizes;
            }
        } catch (JsonParseException e) {
            // reported below
        }
        throw http.foreign();
    }

    /** Whether a place that is not MLflow's own, and so lists nothing, has a file. */
    private boolean answers(URI file, String path, long bytes) {
        Http.Answer answer = http.send(
                "HEAD",
                file,
                HttpRequest.BodyPublishers.noBody(),
                destination.access().timeout());
        if (answer.status() == 404) {
            return false;
        }
        http.check(answer, "the file " + path);
        return answer.length() < 0 || answer.length() == bytes;
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

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text, String kept) {
        return Arrays.stream(text.split("(?<=[" + kept + "])|(?=[" + kept + "])"))
                .map(part -> part.length() == 1 && kept.contains(part)
                        ? part
                        : URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining());
    }
}
