package dev.ablate.runner.mlflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One start of the server: its process, and what it has said since. */
final class ServerLaunch {

    private static final int TAIL_LINES = 12;

    private final Process process;
    private final Path log;

    /** Where this start begins in the log. */
    private final long from;

    private ServerLaunch(Process process, Path log, long from) {
        this.process = process;
        this.log = log;
        this.from = from;
    }

    /**
     * Starts it.
     *
     * @param python of the virtual environment
     * @param folder of the data, as the working directory
     */
    static ServerLaunch begin(Path python, Path folder, int port, Path log, Map<String, String> environment)
            throws IOException {
        List<String> line = new ArrayList<>();
        if (!Program.WINDOWS) {
            // a session of its own: Ctrl-C in the terminal ends ablate, not the server
            line.addAll(List.of(
                    python.toString(), "-c", "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])"));
        }
        line.addAll(List.of(python.toString(), "-m", "mlflow", "server"));
        line.addAll(List.of("--backend-store-uri", database(folder)));
        line.addAll(List.of("--artifacts-destination", location(folder.resolve("artifacts"))));
        line.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port), "--workers", "1"));
        long from = Files.exists(log) ? Files.size(log) : 0;
        return new ServerLaunch(new Program(ownEnvironment(environment)).start(line, folder, log), log, from);
    }

    /** Of the database in a folder, as the server's command line has it. */
    static String database(Path folder) {
        return "sqlite:///" + folder.resolve("mlflow.db").toString().replace('\\', '/');
    }

    private static String location(Path folder) {
        // a drive's letter would be taken for a scheme
        return Program.WINDOWS ? folder.toUri().toString() : folder.toString();
    }

    /** The user's, less what would make it another server, and with what keeps it quiet. */
    private static Map<String, String> ownEnvironment(Map<String, String> environment) {
        Map<String, String> own = new HashMap<>(environment);
        own.keySet().removeIf(name -> {
            String upper = name.toUpperCase(Locale.ROOT);
            return upper.startsWith("MLFLOW_")
                    || upper.startsWith("_MLFLOW_")
                    || upper.startsWith("UVICORN_")
                    || List.of("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV").contains(upper);
        });
        own.put("MLFLOW_DISABLE_TELEMETRY", "true");
        own.put("DO_NOT_TRACK", "true");
        own.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        own.put("PYTHONUNBUFFERED", "1");
        // else the log grows by a line a request, as long as it runs
        own.put("UVICORN_ACCESS_LOG", "false");
        return own;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has said that it listens: that something answers at its port could be somebody else's doing. */
    boolean listens() throws IOException {
        return said().contains("Uvicorn running on");
    }

    /** Whether it ended because somebody else has its port. */
    boolean foundPortTaken() throws IOException {
        String said = said().toLowerCase(Locale.ROOT);
        return said.contains("address already in use")
                || said.contains("errno 98")
                || said.contains("errno 48")
                || said.contains("errno 10048");
    }

    /** The last lines that it said, indented. */
    String tail() throws IOException {
        List<String> lines = said().lines().filter(line -> !line.isBlank()).toList();
        return String.join(
                "\n",
                lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                        .map(line -> "  " + line)
                        .toList());
    }

    private String said() throws IOException {
        byte[] all = Files.readAllBytes(log);
        int begin = (int) Math.min(from, all.length);
        return new String(all, begin, all.length - begin, StandardCharsets.UTF_8);
    }
}
