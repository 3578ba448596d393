package dev.ablate.mlflow.server;

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

    /**
     * What Python runs in place of {@code -m}, with {@code mlflow server} and its options behind it. In a session of its own: Ctrl-C in
     * the terminal ends ablate, not the server. A database that is not there is made under another name, with MLflow's first
     * experiment in it, and renamed when it is whole: MLflow goes on with none that it has half made. In this process, as to load
     * MLflow's modules in one more would take seconds.
     */
    private static final String BOOT = """
            import os, sys
            getattr(os, "setsid", int)()
            sys.argv = sys.argv[1:]
            scheme, kept = sys.argv[3][:10], sys.argv[3][10:]
            if not os.path.exists(kept):
                made = kept + "MADE"
                for file in made, made + "-journal", kept + "-journal":
                    if os.path.exists(file):
                        os.remove(file)
                from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
                SqlAlchemyStore(scheme + made, "mlflow-artifacts:/").engine.dispose()
                os.replace(made, kept)
            from mlflow.cli import cli
            cli.main()
            """.replace("MADE", ServerFolder.HALF_MADE);

    private final Path folder;
    private final Map<String, String> environment;
    private final Executable program;

    /**
     * Touches nothing yet.
     *
     * @param folder of the data, which is the working directory too
     */
    ServerCommand(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = ownEnvironment(environment);
        this.program = new Executable(this.environment);
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
        List<String> line = new ArrayList<>(List.of(python.toString(), "-c", BOOT, "mlflow", "server"));
        line.addAll(List.of("--backend-store-uri", database(folder)));
        line.addAll(List.of("--artifacts-destination", location(folder.resolve(ServerFolder.ARTIFACTS))));
        line.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port), "--workers", "1"));
        Map<String, String> variables = new HashMap<>(environment);
        // as --allowed-hosts, which older versions do not know. MLflow's own list lets in every name that begins like a
        // private address, such as 10.example.org, which its owner can have lead here from anybody's browser
        variables.put("MLFLOW_SERVER_ALLOWED_HOSTS", "127.0.0.1:" + port + ",localhost:" + port);
        return new Executable(variables).start(line, folder, log);
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
        return Executable.WINDOWS ? folder.toUri().toString() : folder.toString();
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
