package dev.ablate.trainers.python;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Inputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Scripts for tests, and a Python with NumPy and scikit-learn to run them: that of the program's own MLflow, where it is installed. */
final class Scripts {

    private static final Interpreter PYTHON = find();

    private Scripts() {}

    private static Interpreter find() {
        Path own = Path.of(System.getProperty("user.home"), ".ablate");
        try (Stream<Path> folders = Files.isDirectory(own) ? Files.list(own) : Stream.empty()) {
            String command = folders.filter(
                            folder -> folder.getFileName().toString().startsWith("mlflow-"))
                    .map(folder -> folder.resolve("bin/python"))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .findFirst()
                    .orElse("");
            return new Interpreter(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Interpreter python() {
        assumeTrue(!PYTHON.command().isEmpty(), "no Python with scikit-learn: it comes with the tests of MLflow");
        return PYTHON;
    }

    static Path write(Path folder, String name, String script) {
        try {
            return Files.writeString(folder.resolve(name), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PythonOptions script(Path file, Map<String, Object> options, boolean fresh) {
        return new PythonOptions(
                Optional.of(file),
                Optional.empty(),
                new FreeOptions(options),
                new FreeOptions(Map.of()),
                python(),
                PythonOptions.Environment.IGNORE,
                new Inputs(Map.of()),
                fresh);
    }

    static PythonOptions estimator(String name, Map<String, Object> params) {
        return new PythonOptions(
                Optional.empty(),
                Optional.of(name),
                new FreeOptions(Map.of()),
                new FreeOptions(params),
                python(),
                PythonOptions.Environment.IGNORE,
                new Inputs(Map.of()),
                false);
    }
}
