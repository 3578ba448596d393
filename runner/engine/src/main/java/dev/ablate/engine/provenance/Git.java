package dev.ablate.engine.provenance;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Git as a process: it asks nothing, changes nothing, and is killed when its time is over. */
final class Git {

    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    /** What would have it look at something else than the folder, or write in another form. */
    private static final List<String> MISLEADING = List.of(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_NAMESPACE",
            "GIT_PREFIX",
            "GIT_EXTERNAL_DIFF",
            "GIT_DIFF_OPTS",
            "GIT_TRACE");

    private final Path executable;
    private final Map<String, String> environment;
    private final long deadline;

    private Git(Path executable, Map<String, String> environment, long deadline) {
        this.executable = executable;
        this.environment = environment;
        this.deadline = deadline;
    }

    /**
     * Git as the environment's search path has it; folders that are named from the working directory do not count.
     *
     * @param deadline when the last process is killed, as {@link System#nanoTime} gives it
     */
    static Optional<Git> find(Map<String, String> environment, long deadline) {
        String file = WINDOWS ? "git.exe" : "git";
        for (String folder : searchPath(environment).split(Pattern.quote(File.pathSeparator), -1)) {
            try {
                Path candidate = Path.of(folder).resolve(file);
                if (candidate.isAbsolute() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return Optional.of(new Git(candidate, environment, deadline));
                }
            } catch (InvalidPathException e) {
                // no folder
            }
        }
        return Optional.empty();
    }

    private static String searchPath(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(entry -> WINDOWS
                        ? entry.getKey().equalsIgnoreCase("PATH")
                        : entry.getKey().equals("PATH"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /**
     * Runs a command to its end.
     *
     * @param variables of the environment, beside those that it has
     * @param output where its output goes; what this throws ends the process
     * @throws IOException if it cannot be run, or fails
     * @throws TimeoutException if the time is over
     */
    void run(Path folder, Map<String, String> variables, OutputStream output, List<String> words)
            throws IOException, TimeoutException {
        List<String> line = new ArrayList<>(List.of(
                executable.toString(),
                "--no-pager",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.quotePath=true",
                "-c",
                "diff.suppressBlankEmpty=false"));
        line.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(variables());
        builder.environment().putAll(variables);
        requireTime();
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture.delayedExecutor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .execute(() -> kill(process));
            try (InputStream in = process.getInputStream()) {
                in.transferTo(output);
            }
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            // one that was killed has no output that counts
            requireTime();
            if (process.exitValue() != 0) {
                throw new IOException("git " + words.get(0) + " failed: " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            kill(process);
        }
    }

    /** @throws TimeoutException if the time is over */
    void requireTime() throws TimeoutException {
        if (deadline - System.nanoTime() <= 0) {
            throw new TimeoutException();
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(environment);
        MISLEADING.forEach(variables::remove);
        // it takes no lock that a person's own git would wait for, and fetches nothing
        variables.put("GIT_OPTIONAL_LOCKS", "0");
        variables.put("GIT_NO_LAZY_FETCH", "1");
        variables.put("GIT_TERMINAL_PROMPT", "0");
        variables.put("LC_ALL", "C");
        return variables;
    }
}
