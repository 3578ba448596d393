package dev.ablate.mlflow.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An interpreter that a virtual environment can be made with.
 *
 * @param command what starts it: the program and, on Windows, the launcher's choice
 * @param version such as {@code 3.11.7}
 */
record Python(List<String> command, String version) {

    /** The oldest that the pinned MLflow runs on: 3.10. */
    private static final int OLDEST_MINOR = 10;

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final String QUESTION = "import sys, importlib.util as u;"
            + "print('python=%d.%d.%d' % sys.version_info[:3],"
            + "'venv=%s' % (u.find_spec('venv') is not None and u.find_spec('ensurepip') is not None))";

    private static final Pattern ANSWER = Pattern.compile("python=(\\d+)\\.(\\d+)\\.(\\d+) venv=(True|False)");

    private static final List<List<String>> CANDIDATES = Executable.WINDOWS
            ? List.of(List.of("py", "-3"), List.of("python3"), List.of("python"))
            : List.of(
                    List.of("python3"),
                    List.of("python"),
                    List.of("python3.13"),
                    List.of("python3.12"),
                    List.of("python3.11"),
                    List.of("python3.10"));

    Python {
        command = List.copyOf(command);
    }

    /**
     * The first that is new enough and whole.
     *
     * @param scratch a folder for its answers
     * @throws LocalServerException with what to install, if there is none
     */
    static Python find(Executable program, Path scratch)
            throws LocalServerException, IOException, InterruptedException {
        Optional<String> tooOld = Optional.empty();
        Optional<String> lacking = Optional.empty();
        for (List<String> candidate : CANDIDATES) {
            Optional<Path> file = program.find(candidate.get(0));
            if (file.isEmpty()) {
                continue;
            }
            List<String> command = new ArrayList<>(candidate);
            command.set(0, file.get().toString());
            Matcher answer = ANSWER.matcher(ask(program, command, scratch));
            if (!answer.find()) {
                // a store's placeholder, or a version manager's shim without a version
                continue;
            }
            String version = answer.group(1) + "." + answer.group(2) + "." + answer.group(3);
            String found = "Python " + version + " (" + file.get() + ")";
            int major = Integer.parseInt(answer.group(1));
            if (major < 3 || (major == 3 && Integer.parseInt(answer.group(2)) < OLDEST_MINOR)) {
                tooOld = tooOld.or(() -> Optional.of(found));
            } else if (answer.group(4).equals("False")) {
                lacking = lacking.or(() -> Optional.of(found));
            } else {
                return new Python(command, version);
            }
        }
        if (lacking.isPresent()) {
            throw new LocalServerException(
                    lacking.get()
                            + " lacks venv and ensurepip, which MLflow's private environment is made with: apt install python3-venv");
        }
        if (tooOld.isPresent()) {
            throw new LocalServerException(
                    tooOld.get() + " is too old: MLflow needs Python 3.10 or newer (" + howToInstall() + ")");
        }
        throw new LocalServerException("no Python found: MLflow needs Python 3.10 or newer (" + howToInstall() + ")");
    }

    private static String ask(Executable program, List<String> command, Path scratch)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(command);
        line.add("-c");
        line.add(QUESTION);
        Path answer = Files.createTempFile(scratch, "python", ".txt");
        try {
            program.run(line, scratch, answer, DEADLINE, () -> {});
            return new String(Files.readAllBytes(answer), StandardCharsets.UTF_8);
        } catch (IOException cannotBeStarted) {
            return "";
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    private static String howToInstall() {
        return Executable.WINDOWS
                ? "https://www.python.org/downloads/"
                : "apt install python3 python3-venv, or brew install python";
    }
}
