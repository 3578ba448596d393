package dev.ablate.launchers.slurm;

import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.TaskFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What an array task does: a script for all, which Slurm copies, and a file for each chunk, which nodes read. */
final class JobScript {

    private final Path folder;

    private JobScript(Path folder) {
        this.folder = folder;
    }

    /** Writes it into the folder of logs. */
    static JobScript write(SlurmOptions options, List<List<TaskFile>> chunks, Exchange exchange) throws IOException {
        JobScript script = new JobScript(Files.createTempDirectory(exchange.logs(), "slurm-"));
        for (int k = 0; k < chunks.size(); k++) {
            Files.writeString(script.folder.resolve("chunk-" + k + ".sh"), chunk(chunks.get(k), exchange));
        }
        Files.writeString(
                script.file(),
                template()
                        .replace("@RESUMABLE@", Integer.toString(Exchange.RESUMABLE))
                        .replace("@FOLDER@", Bash.quoted(script.folder.toString()))
                        .replace("@WORKER@", options.worker().orElse(""))
                        .replace("@SETUP@", String.join("\n", options.setup())));
        return script;
    }

    Path file() {
        return folder.resolve("job.sh");
    }

    private static String chunk(List<TaskFile> tasks, Exchange exchange) {
        List<String> command = exchange.command(tasks);
        return "needs=" + Bash.array(needs(command)) + "\n"
                + "tasks="
                + Bash.array(tasks.stream().map(task -> task.file().toString()).toList()) + "\n"
                + "command=" + Bash.array(command) + "\n";
    }

    /** Files and folders of this machine that a command names: a node has to have them, too. */
    private static Set<String> needs(List<String> command) {
        Set<String> needs = new LinkedHashSet<>();
        for (String word : command) {
            for (String part : word.split(File.pathSeparator, -1)) {
                if (part.startsWith("/") && Files.exists(Path.of(part))) {
                    needs.add(part);
                }
            }
        }
        return needs;
    }

    private static String template() throws IOException {
        try (InputStream in = Objects.requireNonNull(JobScript.class.getResourceAsStream("job.sh"), "job.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
