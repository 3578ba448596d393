package dev.ablate.mlflow.server;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A private virtual environment that holds the pinned MLflow, shared by everything that one user runs.
 *
 * <p>A virtual environment cannot be moved, so it is made in its final place, and the file {@code complete} is written last: what
 * lacks it is half made and is made again.
 */
final class PythonEnvironment {

    /** The version that is installed: later ones cannot be, as two of their parts are not published. */
    static final String MLFLOW = "3.17.2";

    /** What its Python loads a run's model with; of each version of Python the newest that there is for it. */
    private static final List<String> RUNTIME =
            List.of("onnxruntime==1.31.1; python_version>='3.11'", "onnxruntime==1.23.2; python_version<'3.11'");

    /** What the marker says once the runtime was installed, or could not be. */
    private static final String RUNTIME_LINE = "onnxruntime ";

    private static final Duration LIMIT = Duration.ofMinutes(20);

    /** In the command line of what an installation runs; the server, and whatever else uses the environment, is left alone. */
    private static final Pattern INSTALLS = Pattern.compile(" -m (venv|ensurepip|pip|uv)( |$)|/uv(\\.exe)? pip ");

    /** What pip and uv say without a network, in lower case. */
    private static final List<String> UNREACHABLE = List.of(
            "failed to establish a new connection",
            "temporary failure in name resolution",
            "name or service not known",
            "nodename nor servname",
            "getaddrinfo failed",
            "network is unreachable",
            "connection refused",
            "connecttimeout",
            "connection timed out",
            "cannot connect to proxy",
            "dns error");

    private final Path shared;
    private final Path folder;
    private final Path marker;

    /** All that the installing programs said. */
    private final Path log;

    private final Executable program;

    PythonEnvironment(Path shared, Map<String, String> environment) {
        this.shared = shared.toAbsolutePath().normalize();
        this.folder = this.shared.resolve("mlflow-" + MLFLOW);
        this.marker = folder.resolve("complete");
        this.log = this.shared.resolve("mlflow-" + MLFLOW + ".log");
        this.program = new Executable(ownEnvironment(environment));
    }

    /** Where it lies, whether or not it is there yet. */
    Path folder() {
        return folder;
    }

    /** The interpreter inside, whether or not it is there yet. */
    Path python() {
        return Executable.WINDOWS
                ? folder.resolve("Scripts").resolve("python.exe")
                : folder.resolve("bin").resolve("python");
    }

    /**
     * Makes the environment, unless it is there and works.
     *
     * @param progress is given in short lines what is going on
     * @return the interpreter inside
     * @throws LocalServerException with what to install or repair, in one line
     */
    Path install(Consumer<String> progress) throws LocalServerException, InterruptedException {
        try {
            if (works() && isWhole()) {
                return python();
            }
            Files.createDirectories(shared);
            return new LockFile(shared.resolve("mlflow-" + MLFLOW + ".lock"), LIMIT)
                    .holding("installing MLflow", progress, () -> {
                        // what a killed ablate began goes on without it, in the same place
                        ServerProcesses.endOrphans(
                                folder.toString(),
                                line -> INSTALLS.matcher(line).find());
                        if (!works()) {
                            make(progress);
                        }
                        if (!isWhole()) {
                            addRuntime(progress);
                        }
                        return python();
                    });
        } catch (IOException e) {
            throw new LocalServerException("cannot install MLflow in " + shared + ": " + e, e);
        }
    }

    /** False too where the Python it was made with has been removed or replaced since. */
    private boolean works() throws IOException, InterruptedException {
        if (!Files.isRegularFile(marker) || !Files.isExecutable(python())) {
            return false;
        }
        Path answer = Files.createTempFile("ablate", ".txt");
        try {
            String question = "import sys, importlib.util as u; sys.exit(u.find_spec('mlflow') is None)";
            return program.run(
                            List.of(python().toString(), "-c", question),
                            folder,
                            answer,
                            Duration.ofSeconds(30),
                            () -> {})
                    == 0;
        } catch (IOException cannotBeStarted) {
            return false;
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    /** False where an earlier Ablate made it, which installed no runtime. */
    private boolean isWhole() throws IOException {
        return Files.readString(marker, StandardCharsets.UTF_8).contains(RUNTIME_LINE);
    }

    /** The server does without: where there is no runtime for a machine, its Python loads no models, and that is all. */
    private void addRuntime(Consumer<String> progress) throws IOException, InterruptedException {
        String python = python().toString();
        List<String> uv = new ArrayList<>(
                List.of(python, "-m", "uv", "pip", "install", "--python", python, "--compile-bytecode"));
        uv.addAll(RUNTIME);
        List<String> pip = new ArrayList<>(List.of(python, "-m", "pip", "install"));
        pip.addAll(RUNTIME);
        progress.accept("installing onnxruntime, which loads models");
        boolean installed = succeeds(uv, progress) || succeeds(pip, progress);
        if (!installed) {
            progress.accept("onnxruntime could not be installed: Python in " + folder + " will load no models");
        }
        Files.writeString(
                marker,
                RUNTIME_LINE + (installed ? "installed" : "not available") + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
    }

    private void make(Consumer<String> progress) throws LocalServerException, IOException, InterruptedException {
        if (Files.exists(folder)) {
            progress.accept("removing an installation of MLflow that is incomplete or no longer works");
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
        Files.write(log, new byte[0]);
        Python python = Python.find(program, shared);
        progress.accept("installing MLflow " + MLFLOW + " with Python " + python.version() + " in " + folder
                + " (once; 0.9 GB)");
        List<String> venv = new ArrayList<>(python.command());
        venv.addAll(List.of("-m", "venv", folder.toString()));
        if (!succeeds(venv, progress)) {
            throw failed("no virtual environment could be made");
        }
        installPackages(progress);
        if (!succeeds(List.of(python().toString(), "-m", "mlflow", "--version"), progress)) {
            throw failed("MLflow was installed, but does not start");
        }
        Files.writeString(marker, "mlflow " + MLFLOW + "\npython " + python.version() + "\n", StandardCharsets.UTF_8);
        progress.accept("MLflow " + MLFLOW + " is installed");
    }

    private void installPackages(Consumer<String> progress)
            throws LocalServerException, IOException, InterruptedException {
        String python = python().toString();
        String mlflow = "mlflow==" + MLFLOW;
        // uv takes a quarter of pip's time; an index that has no uv, or that only pip knows of, does not mean to give
        // up
        List<String> uv = List.of(python, "-m", "pip", "install", "--retries", "1", "uv");
        progress.accept("downloading MLflow's packages (about a minute)");
        if (succeeds(uv, progress)
                && succeeds(
                        List.of(python, "-m", "uv", "pip", "install", "--python", python, "--compile-bytecode", mlflow),
                        progress)) {
            return;
        }
        progress.accept("uv did not succeed; trying pip (a few minutes)");
        if (!succeeds(List.of(python, "-m", "pip", "install", mlflow), progress)) {
            throw failed("MLflow could not be installed");
        }
    }

    private boolean succeeds(List<String> line, Consumer<String> progress) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Files.writeString(
                log, "\n$ " + String.join(" ", line) + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        return program.run(
                        line,
                        shared,
                        log,
                        LIMIT,
                        () -> progress.accept("still installing ("
                                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s)"))
                == 0;
    }

    private LocalServerException failed(String what) throws IOException {
        String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        String lower = said.toLowerCase(Locale.ROOT);
        String why;
        if (lower.contains("no space left on device") || lower.contains("not enough space on the disk")) {
            why = "the disk is full (it needs 1 GB)";
        } else if (UNREACHABLE.stream().anyMatch(lower::contains)) {
            why = "the package index cannot be reached; is there a network?";
        } else {
            why = said.lines()
                    .filter(line -> !line.isBlank())
                    .reduce("nothing was said", (before, line) -> line.strip());
        }
        return new LocalServerException(what + ": " + why + " (log: " + log + ")");
    }

    /** The user's, less what would lead pip or Python elsewhere. */
    private static Map<String, String> ownEnvironment(Map<String, String> environment) {
        Map<String, String> own = new HashMap<>(environment);
        own.keySet().removeAll(List.of("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX"));
        own.put("PIP_USER", "0");
        own.put("PIP_NO_INPUT", "1");
        own.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        own.put("UV_NO_PROGRESS", "1");
        own.put("PYTHONUNBUFFERED", "1");
        return own;
    }
}
