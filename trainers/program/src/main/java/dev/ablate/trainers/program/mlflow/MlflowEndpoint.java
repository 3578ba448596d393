package dev.ablate.trainers.program.mlflow;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ablate.core.note.Note;
import dev.ablate.core.note.RunNotes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server for the MLflow clients of one program, on this machine alone: what they log is stored with the program's run before they get
 * an answer.
 */
public final class MlflowEndpoint implements AutoCloseable {

    static {
        // else each answer waits for the client's kernel, some 40 ms; read when the first server is made
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int THREADS = 4;
    private static final int MOST_JSON = 20_000_000;
    private static final String FILES = "mlflow-artifacts/artifacts";

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final HttpServer server;
    private final ExecutorService threads;
    private final String token = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    private final Router router = new Router();
    private final Runs runs;
    private final ArtifactFiles files;
    private final ArtifactCalls artifacts;

    private final Queue<Note.Metric> values = new ConcurrentLinkedQueue<>();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private volatile boolean used;
    private volatile boolean traced;
    private volatile boolean registered;

    MlflowEndpoint(RunNotes notes, ArtifactFiles.Bounds bounds) throws IOException {
        this.files = new ArtifactFiles(bounds);
        this.runs = new Runs(notes);
        Models models = new Models();
        this.artifacts = new ArtifactCalls(runs, models, files);
        new ExperimentCalls(runs).addTo(router);
        new RunCalls(runs).addTo(router);
        new LogCalls(runs, models, values::add).addTo(router);
        new ModelCalls(runs, models).addTo(router);
        new RegistryCalls(runs).addTo(router);
        ServerCalls.addTo(router);
        artifacts.addTo(router);
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "mlflow-endpoint");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts one.
     *
     * @param notes takes what is logged
     * @throws IOException if this machine has no port left
     */
    public static MlflowEndpoint start(RunNotes notes) throws IOException {
        return new MlflowEndpoint(notes, ArtifactFiles.Bounds.USUAL);
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Changes the environment of a program, so that clients find the server, and nothing of another one. */
    public void put(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("MLFLOW_") || name.startsWith("DATABRICKS_"));
        environment.put("MLFLOW_TRACKING_URI", "http://" + host());
        environment.put("MLFLOW_TRACKING_TOKEN", token);
        environment.put("MLFLOW_RUN_ID", runs.main().id());
        environment.put("MLFLOW_DISABLE_TELEMETRY", "true");
        // addresses of pages that are not there
        environment.put("MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT", "true");
        // the server is here, or has gone with the run
        environment.put("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2");
        environment.put("GIT_PYTHON_REFRESH", "quiet");
        for (String name : List.of("NO_PROXY", "no_proxy")) {
            environment.merge(name, "127.0.0.1", (before, here) -> before.isBlank() ? here : before + "," + here);
        }
    }

    /** Values of metrics of the run itself that came since the last call, in order. */
    public List<Note.Metric> values() {
        List<Note.Metric> taken = new ArrayList<>();
        for (Note.Metric next = values.poll(); next != null; next = values.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** The names of further runs in which a metric was logged, in the order in which they began. */
    public List<String> runsBelow(String metric) {
        synchronized (router) {
            return runs.all().stream()
                    .filter(run -> run != runs.main())
                    .filter(run -> !run.history(metric).isEmpty())
                    .map(ClientRun::name)
                    .toList();
        }
    }

    /** Whether any client has called. */
    public boolean wasUsed() {
        return used;
    }

    /** What clients asked for and did not get, each a sentence without a full stop. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        unknown.stream()
                .sorted()
                .forEach(call -> remarks.add("the MLflow call " + call + " is not answered here (501)"));
        if (traced) {
            remarks.add("traces of MLflow are taken and dropped");
        }
        if (registered) {
            remarks.add("no model was registered with MLflow: what the program asked for is in the run's tags");
        }
        return remarks;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                require(exchange);
                answer(exchange);
            } catch (ApiError e) {
                send(exchange, e.status(), e.json());
            } catch (RuntimeException e) {
                send(
                        exchange,
                        500,
                        ApiError.internal("It cannot be stored: " + e.getMessage())
                                .json());
            }
        }
    }

    private void require(HttpExchange exchange) {
        String asked = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        if (!asked.equals(host())) {
            throw ApiError.denied("This is " + host() + ", and not " + asked);
        }
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] wanted = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(wanted, given.getBytes(StandardCharsets.UTF_8))) {
            throw ApiError.denied("Only the program of this run may log to it; its token is in MLFLOW_TRACKING_TOKEN");
        }
        used = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = Router.name(path);
        if (name.equals(FILES) || name.startsWith(FILES + "/")) {
            files(exchange, name.substring(Math.min(name.length(), FILES.length() + 1)));
            return;
        }
        if (name.equals("health") || name.equals("version")) {
            // who asks for the version wants to know what else there is, and there is no more
            throw ApiError.missing("There is no " + name + " here");
        }
        if (ServerCalls.isTrace(name)) {
            traced = true;
            byte[] body = exchange.getRequestBody().readNBytes(MOST_JSON);
            boolean json = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
                    .contains("json");
            send(exchange, 200, json ? ServerCalls.trace(call(exchange, name, body)) : new JsonObject());
            return;
        }
        registered |= name.startsWith("model-versions/create");
        Call call = call(exchange, name, exchange.getRequestBody().readNBytes(MOST_JSON));
        try {
            send(exchange, 200, router.answer(call));
        } catch (ApiError e) {
            if (e.status() == 501) {
                unknown.add(exchange.getRequestMethod() + " " + path);
            }
            throw e;
        }
    }

    private static Call call(HttpExchange exchange, String name, byte[] body) {
        try {
            JsonObject json = body.length == 0
                    ? new JsonObject()
                    : JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                            .getAsJsonObject();
            return new Call(exchange.getRequestMethod(), name, query(exchange), json);
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
            throw ApiError.invalid("Malformed request: " + e.getMessage());
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int sign = pair.indexOf('=');
            query.put(
                    decoded(sign < 0 ? pair : pair.substring(0, sign)),
                    sign < 0 ? "" : decoded(pair.substring(sign + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The service of files, whose answers are not JSON. */
    private void files(HttpExchange exchange, String place) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                if (ArtifactCalls.isTrace(place)) {
                    traced = true;
                    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
                    send(exchange, 200, new JsonObject());
                    return;
                }
                Path part = files.received(place, exchange.getRequestBody());
                try {
                    synchronized (router) {
                        artifacts.put(place, part);
                    }
                } finally {
                    Files.deleteIfExists(part);
                }
                send(exchange, 200, new JsonObject());
            }
            case "GET" -> {
                if (place.isEmpty()) {
                    send(exchange, 200, artifacts.list(query(exchange).getOrDefault("path", "")));
                    return;
                }
                Path file = artifacts.get(place);
                exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
                exchange.sendResponseHeaders(200, Files.size(file) == 0 ? -1 : Files.size(file));
                Files.copy(file, exchange.getResponseBody());
            }
            default -> {
                unknown.add(exchange.getRequestMethod() + " /" + FILES);
                throw ApiError.unknown("Files are taken and given here, and no more");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, JsonObject json) throws IOException {
        byte[] body = GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        files.close();
    }
}
