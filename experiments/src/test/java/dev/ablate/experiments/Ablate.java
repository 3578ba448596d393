package dev.ablate.experiments;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The program as a person runs it: a process of its own, with a home and a working directory of its own. */
public final class Ablate {

    /** The shipped specs. */
    static final Path SPECS = Path.of("").toAbsolutePath();

    /** A shell's job in the background ignores HUP and INT, and so does all that it starts; no shell can undo that. */
    private static final String AS_IN_FRONT = """
            import os, signal, sys
            for each in (signal.SIGHUP, signal.SIGINT):
                signal.signal(each, signal.SIG_DFL)
            os.execvp(sys.argv[1], sys.argv[1:])
            """;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> flags = new ArrayList<>();

    /** A program that knows of nothing but {@code folder}. */
    public Ablate(Path folder) {
        this.folder = folder;
        environment.put("ABLATE_HOME", folder.resolve("home").toString());
    }

    /** What came of one command. */
    record Result(int code, String out, String err) {

        /** What it printed, as one JSON document. */
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

    /** With one more variable of the environment. */
    Ablate with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** With plugins in folders of their own; without it there are none but those on the class path. */
    Ablate plugins(Path plugins) {
        return java("-Dablate.plugins=" + plugins);
    }

    /** With one more flag for Java itself. */
    Ablate java(String flag) {
        flags.add(flag);
        return this;
    }

    Path home() {
        return folder.resolve("home");
    }

    /** Runs one command to its end. */
    Result run(String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            Process process = builder(arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("no end after 5 minutes: " + String.join(" ", arguments));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins a command and leaves it running; it can be interrupted, even where a build in the background cannot. */
    Process start(String... arguments) {
        try {
            ProcessBuilder builder = builder(arguments);
            builder.command().addAll(0, List.of("python3", "-c", AS_IN_FRONT));
            return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(folder.resolve("started.txt").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file into the working directory. */
    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script that starts it, for programs that start it themselves. */
    Path script() {
        String words =
                builder().command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path script = write("ablate", "#!/bin/sh\nexec " + words + " \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IllegalStateException(script + " cannot be made a program");
        }
        return script;
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // the second compiler does not pay for itself in a few seconds
                "-XX:TieredStopAtLevel=1",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dguice_custom_class_loading=CHILD",
                "-Dablate.experiments=" + SPECS,
                "-Duser.home=" + folder,
                // one that is killed leaves SQLite's library there
                "-Djava.io.tmpdir=" + folder,
                // some hundred megabytes, which need not be unpacked for each test
                "-Dorg.bytedeco.javacpp.cachedir=" + SPECS.resolve("target/natives")));
        String classPath = ShippedPlugins.programClassPath();
        command.addAll(ClassArchive.options(command, classPath));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, "dev.ablate.cli.Main"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_") || name.startsWith("ABLATE_"));
        builder.environment().putAll(environment);
        return builder;
    }
}
