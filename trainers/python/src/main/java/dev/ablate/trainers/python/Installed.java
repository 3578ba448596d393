package dev.ablate.trainers.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an interpreter runs scripts with; it is found out once a process.
 *
 * <p>Trainer {@code program} asks a Python for the same in its own way, as it has any command, with an environment of its own: trainers do
 * not use each other, and what Python has installed is nothing that all plugins share.
 *
 * @param text the version, then the packages by name, one line each
 */
record Installed(String text) {

    /** The folders that describe packages have name and version in their names, which is sooner read than what is in them. */
    private static final String QUESTION = """
            import os, platform, sys
            print(platform.python_implementation(), platform.python_version())
            found = set()
            for folder in sys.path:
                if folder and os.path.isdir(folder):
                    found.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
            print("\\n".join(sorted(name.rsplit(".", 1)[0] for name in found)))
            """;

    private static final Map<String, Installed> KNOWN = new ConcurrentHashMap<>();

    /** Of an interpreter; empty where it cannot be started. */
    static Optional<Installed> of(String command) {
        Optional<Installed> known = Optional.ofNullable(KNOWN.get(command));
        return known.isPresent() ? known : asked(command);
    }

    private static Optional<Installed> asked(String command) {
        try {
            Process process = new ProcessBuilder(command, "-c", QUESTION)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !said.contains("ython ")) {
                return Optional.empty();
            }
            Installed installed = new Installed(said.strip() + "\n");
            KNOWN.put(command, installed);
            return Optional.of(installed);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The SHA-256 of the text. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
