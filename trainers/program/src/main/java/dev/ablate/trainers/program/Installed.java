package dev.ablate.trainers.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What a command is run by: of Python its version and packages, of any other program its content.
 *
 * <p>It is found out once a process and file, since Python takes a tenth of a second to say it.
 *
 * @param text one line each; of Python the version, then the packages by name
 */
record Installed(String text) {

    private static final String PYTHON = "python[0-9.]*(\\.exe)?";

    private static final String QUESTION = """
            import importlib.metadata, platform
            print(platform.python_implementation(), platform.python_version())
            found = {(d.metadata["Name"] or "").lower() + "==" + d.version for d in importlib.metadata.distributions()}
            print("\\n".join(sorted(found)))
            """;

    private static final long LIMIT_SECONDS = 20;

    private static final Map<Map<String, String>, Optional<Installed>> KNOWN = new ConcurrentHashMap<>();

    /** Of a command; empty where there is no such program, or it cannot be known before a run. */
    static Optional<Installed> of(ProgramOptions options) {
        Template name = new Template(options.command().get(0));
        if (name.names().stream().anyMatch(Template.OF_THE_RUN::contains)) {
            return Optional.empty();
        }
        ProcessBuilder builder = new ProcessBuilder();
        options.env().values().forEach((variable, text) -> {
            Template value = new Template(text);
            if (value.names().stream().noneMatch(Template.OF_THE_RUN::contains)) {
                builder.environment()
                        .put(
                                variable,
                                value.filled(option -> String.valueOf(
                                        options.options().values().get(option))));
            }
        });
        String program =
                name.filled(option -> String.valueOf(options.options().values().get(option)));
        Path folder = options.inputs().folder().orElse(Path.of(""));
        return Executable.find(program, folder, builder.environment().getOrDefault("PATH", ""))
                .flatMap(file -> known(file, builder));
    }

    private static Optional<Installed> known(Path file, ProcessBuilder builder) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Map<String, String> key = new TreeMap<>(builder.environment());
            key.put("", file + " " + attributes.size() + " " + attributes.lastModifiedTime());
            return KNOWN.computeIfAbsent(
                    key,
                    none -> file.getFileName().toString().matches(PYTHON)
                            ? python(file, builder)
                            : Optional.of(new Installed(file.getFileName() + " " + hash(file))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Installed> python(Path file, ProcessBuilder builder) {
        // not where the spec lies, whose own packages are no part of what is installed
        builder.command(file.toString(), "-c", QUESTION)
                .directory(file.toAbsolutePath().resolve("..").normalize().toFile());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0
                    ? Optional.of(new Installed(said.strip() + "\n"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The SHA-256 of all that is said, by which it is distinguished from another. */
    String hash() {
        MessageDigest digest = sha256();
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(Path file) {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
