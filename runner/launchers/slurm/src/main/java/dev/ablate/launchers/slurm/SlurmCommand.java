package dev.ablate.launchers.slurm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls one of Slurm's own commands. */
final class SlurmCommand {

    /** A controller that is busy answers late; Slurm's own patience is shorter. */
    private static final long PATIENCE_SECONDS = 120;

    private SlurmCommand() {}

    /** What a command printed, and how it ended. */
    record Answer(int code, String out, String err) {

        /** What it says where it has failed, on one line. */
        String reason() {
            String text = err.isBlank() ? out : err;
            return String.join(" ", text.lines().map(String::strip).toList()).strip();
        }
    }

    /**
     * Calls a command, whose messages are English.
     *
     * @throws IOException if it is not there, or does not answer
     */
    static Answer call(List<String> words) throws IOException {
        Path out = Files.createTempFile("slurm-", ".out");
        Path err = Files.createTempFile("slurm-", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("SLURM_TIME_FORMAT", "standard");
            Process process = start(builder, words.get(0));
            if (!await(process)) {
                process.destroyForcibly();
                throw new IOException(words.get(0) + " gives no answer");
            }
            return new Answer(process.exitValue(), text(out), text(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static Process start(ProcessBuilder builder, String name) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException("there is no " + name + " on the PATH, which belongs to Slurm: " + e.getMessage(), e);
        }
    }

    private static boolean await(Process process) throws IOException {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
