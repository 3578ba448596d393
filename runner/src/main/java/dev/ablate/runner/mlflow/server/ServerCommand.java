package dev.ablate.runner.mlflow.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The line that starts the server, and its variables. */
final class ServerCommand {

    private static final Set<String> LEADS_PYTHON_ELSEWHERE = Set.of("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV");

    private final Path folder;
    private final Program program;

    /**
     * Touches nothing yet.
     *
     * @param folder of the data, which is the working directory too
     */
    ServerCommand(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.program = new Program(ownEnvironment(environment));
    }

    /** The database in a folder, as the line has it. */
    static String database(Path folder) {
        return address(folder.resolve(ServerFolder.DATABASE));
    }

    /**
     * Starts it at a port of 127.0.0.1.
     *
     * @param python of the virtual environment
     */
    Process start(Path python, int port, Path log) throws IOException {
        List<String> line = new ArrayList<>();
        if (!Program.WINDOWS) {
            // a session of its own: Ctrl-C in the terminal ends ablate, not the server
            line.addAll(List.of(
                    python.toString(), "-c", "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])"));
        }
        line.addAll(List.of(python.toString(), "-m", "mlflow", "server"));
        line.addAll(List.of("--backend-store-uri", database(folder)));
        line.addAll(List.of("--artifacts-destination", location(folder.resolve(ServerFolder.ARTIFACTS))));
        line.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port), "--workers", "1"));
        return program.start(line, folder, log);
    }

    /**
     * Has MLflow bring a database to its own state.
     *
     * @param database where it lies
     * @param log where to add what is said
     * @param beat run now and then while it lasts
     * @return the exit code
     */
    int upgrade(Path python, Path database, Path log, Duration limit, Runnable beat)
            throws IOException, InterruptedException {
        return program.run(
                List.of(python.toString(), "-m", "mlflow", "db", "upgrade", address(database)),
                folder,
                log,
                limit,
                beat);
    }

    private static String address(Path database) {
        return "sqlite:///" + database.toString().replace('\\', '/');
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
                    || LEADS_PYTHON_ELSEWHERE.contains(upper);
        });
        own.put("MLFLOW_DISABLE_TELEMETRY", "true");
        own.put("DO_NOT_TRACK", "true");
        own.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        own.put("PYTHONUNBUFFERED", "1");
        // else the log grows by a line a request, as long as it runs
        own.put("UVICORN_ACCESS_LOG", "false");
        return own;
    }
}
