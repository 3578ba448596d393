package dev.ablate.cli.terminal;

import dev.ablate.engine.report.Program;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The process as the program sees it.
 *
 * @param out where results go
 * @param err where progress, warnings and errors go
 * @param outIsTerminal whether a person reads {@code out} as it comes
 * @param errIsTerminal whether a person reads {@code err} as it comes
 * @param environment the environment's variables
 * @param program what a person types to start this program
 * @param working the working directory
 * @param user the user's own folder
 * @param experiments the folder of the shipped experiments, if there is one
 * @param plugins the folder of the shipped plugins that have libraries of their own, if there is one
 * @param natives the folder of the application's where libraries for this machine are unpacked, if there is one
 */
public record Surroundings(
        ResultStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment,
        Program program,
        Path working,
        Path user,
        Optional<Path> experiments,
        Optional<Path> plugins,
        Optional<Path> natives) {

    /** Copies the map. */
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /**
     * The real ones. The launcher says in the system property {@code ablate.terminals} which of {@code out} and {@code err} are
     * terminals, since Java cannot distinguish them, and whether these show another charset than UTF-8; without it they are as the
     * console is.
     */
    public static Surroundings ofProcess() {
        String given = System.getProperty("ablate.terminals");
        boolean console = hasConsole();
        boolean out = given == null ? console : given.contains("out");
        boolean err = given == null ? console : given.contains("err");
        return new Surroundings(
                ResultStream.ofProcess(charset(out)),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset(err)),
                out,
                err,
                given != null && given.contains("other-charset") ? overridden("LC_ALL", "C") : System.getenv(),
                Program.startedAs(System.getProperty("ablate.program", "")),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home", "")),
                folder("ablate.experiments"),
                folder("ablate.plugins"),
                folder("ablate.natives"));
    }

    /** The launcher has changed the locale, and not what the terminal shows. */
    private static Map<String, String> overridden(String variable, String value) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(variable, value);
        return environment;
    }

    /** What the process was started with that names files and servers. */
    public Stream<String> names() {
        return Stream.concat(
                Stream.of(working.toString(), user.toString()),
                environment.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("ABLATE_")
                                || entry.getKey().startsWith("MLFLOW_"))
                        .map(Map.Entry::getValue));
    }

    private static Optional<Path> folder(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of);
    }

    // null on Java 17 to 21 without a terminal; later Javas are asked below
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasConsole() {
        if (System.console() == null) {
            return false;
        }
        try {
            // from Java 22 on there is a console without a terminal, and a way to ask
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** UTF-8, except for the terminal of an operating system that wants its own. */
    private static Charset charset(boolean terminal) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        String own = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return windows && terminal && Charset.isSupported(own) ? Charset.forName(own) : StandardCharsets.UTF_8;
    }
}
