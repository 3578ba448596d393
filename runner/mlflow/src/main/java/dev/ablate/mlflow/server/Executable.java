package dev.ablate.mlflow.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Starts other programs with an environment of its own, whatever this process was started with. */
final class Executable {

    static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private static final Duration BEAT = Duration.ofSeconds(15);

    private final Map<String, String> environment;

    Executable(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The first file of this name on the environment's search path. */
    Optional<Path> find(String name) {
        String file = WINDOWS ? name + ".exe" : name;
        for (String folder : searchPath().split(Pattern.quote(File.pathSeparator), -1)) {
            if (!folder.isBlank()) {
                Path candidate = Path.of(folder).resolve(file);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return Optional.of(candidate.toAbsolutePath());
                }
            }
        }
        return Optional.empty();
    }

    private String searchPath() {
        return environment.entrySet().stream()
                .filter(entry -> WINDOWS
                        ? entry.getKey().equalsIgnoreCase("PATH")
                        : entry.getKey().equals("PATH"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** Starts a program in a folder; both its outputs are added to a file, and its input is empty. */
    Process start(List<String> line, Path folder, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /**
     * Runs a program to its end.
     *
     * @param beat run every 15 s while it lasts
     * @return its exit code
     * @throws IOException if it cannot be started, or does not end before the deadline: then it was killed
     */
    int run(List<String> line, Path folder, Path output, Duration deadline, Runnable beat)
            throws IOException, InterruptedException {
        Process process = start(line, folder, output);
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (true) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new IOException("'" + line.get(0) + "' did not end within " + deadline.toSeconds() + " s");
                }
                if (process.waitFor(Math.min(left, BEAT.toNanos()), TimeUnit.NANOSECONDS)) {
                    return process.exitValue();
                }
                beat.run();
            }
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }
}
