package dev.ablate.engine.launch;

import dev.ablate.worker.task.TaskProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another Java that runs tasks: it gets files, and neither home nor working directory of this one. */
public final class SecondProcess {

    private SecondProcess() {}

    /** How it ended. */
    public record Ended(int status, String printed) {}

    /**
     * Runs tasks, and waits for the end.
     *
     * @param empty an empty folder, which is its working directory and its user's home
     */
    public static Ended run(String classPath, Path empty, Map<String, String> environment, List<Path> tasks)
            throws IOException, InterruptedException {
        Path printed = Files.createTempFile(empty.getParent(), "printed", ".txt");
        Process process = begin(classPath, empty, environment, tasks, printed);
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it does not end: " + Files.readString(printed));
            }
            return new Ended(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Processes that this one has started, and that have not ended, whose arguments name a folder. */
    static List<ProcessHandle> naming(Path folder) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> arguments(process).contains(folder.toString()))
                .toList();
    }

    /** All of them: what Java says of a process ends with the first 4 KB, as behind a long class path. */
    private static String arguments(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException notLinux) {
            return process.info().commandLine().orElse("");
        }
    }

    /** Begins to run tasks. */
    public static Process begin(
            String classPath, Path empty, Map<String, String> environment, List<Path> tasks, Path printed)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + empty,
                "-cp",
                classPath,
                TaskProgram.class.getName()));
        command.addAll(TaskProgram.arguments(List.of(), tasks));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(empty.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ABLATE"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
