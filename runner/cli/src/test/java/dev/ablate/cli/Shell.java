package dev.ablate.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.ResultStream;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.engine.report.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs commands in this process, with streams, environment and folders of their own. */
public final class Shell {

    /** The shipped specs, found from the module whose tests are run. */
    private static final Path SHIPPED = shipped();

    private final Path folder;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private Program program = Program.ABLATE;
    private boolean terminal;

    /** A shell that knows of nothing but a folder. */
    public Shell(Path folder) {
        this(folder, folder.resolve("home"));
    }

    /** A shell that knows of nothing but a folder and a home. */
    public Shell(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
        environment.put("ABLATE_HOME", home.toString());
    }

    /** What came of a command. */
    public record Result(int code, String out, String err) {

        /** What it printed, as one JSON document. */
        public JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

    private static Path shipped() {
        return above("experiments/or-gate-bias.yaml").resolveSibling("");
    }

    /** A file or folder of these tests' resources, whichever module runs them. */
    static Path file(String name) {
        return above("runner/cli/src/test/resources/" + name);
    }

    private static Path above(String path) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve(path);
            if (Files.exists(found)) {
                return found;
            }
        }
        throw new IllegalStateException("no " + path + " above " + Path.of("").toAbsolutePath());
    }

    /** With one more variable of the environment. */
    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** As a person types it who has it there. */
    public Shell startedAs(String typed) {
        program = Program.startedAs(typed);
        return this;
    }

    /** As if a person sat there. */
    Shell onTerminal() {
        terminal = true;
        return this;
    }

    public Path home() {
        return home;
    }

    /** Writes a file, and gives its path. */
    public String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one command to its end. */
    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Result result = runInto(out, arguments);
        return new Result(result.code(), out.toString(StandardCharsets.UTF_8), result.err());
    }

    /** Runs one command to its end whose results go elsewhere. */
    Result runInto(OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                ResultStream.to(out),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                terminal,
                environment,
                program,
                folder,
                folder,
                Optional.of(SHIPPED),
                Optional.empty(),
                Optional.empty());
        int code = new Main(surroundings, new Interruption()).run(arguments);
        return new Result(code, "", err.toString(StandardCharsets.UTF_8));
    }
}
