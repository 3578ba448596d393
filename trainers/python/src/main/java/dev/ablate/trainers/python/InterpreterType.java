package dev.ablate.trainers.python;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The name or path of an interpreter, which is asked what it is when that is read. */
final class InterpreterType implements OptionType<Interpreter> {

    private static final String COMMAND = "command";
    private static final String VERSION = "version";
    private static final String PACKAGES = "packages";

    /** Installed packages by the folders that describe them, which have name and version in their names. */
    private static final String ASK = """
            import hashlib, os, sys
            names = set()
            for folder in sys.path:
                if os.path.isdir(folder):
                    names.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
            print(".".join(map(str, sys.version_info[:3])), hashlib.sha256("\\n".join(sorted(names)).encode()).hexdigest()[:16])
            """;

    /** Of this process, for which nothing changes. */
    private static final Map<String, Interpreter> KNOWN = new ConcurrentHashMap<>();

    @Override
    public String words() {
        return "program";
    }

    @Override
    public Optional<Interpreter> read(OptionValue value) {
        if (value.form() == OptionValue.Form.MAP) {
            return value.entries(List.of(COMMAND), List.of(VERSION, PACKAGES)).flatMap(InterpreterType::written);
        }
        return value.text()
                .flatMap(text -> text.contains("/") || text.contains(File.separator)
                        ? value.path()
                                .map(path -> path.toAbsolutePath().normalize().toString())
                        : Optional.of(text))
                .flatMap(command -> asked(command, value));
    }

    private static Optional<Interpreter> written(Map<String, OptionValue> entries) {
        Optional<OptionValue> version = Optional.ofNullable(entries.get(VERSION));
        Optional<OptionValue> packages = Optional.ofNullable(entries.get(PACKAGES));
        return Optional.ofNullable(entries.get(COMMAND))
                .flatMap(OptionValue::text)
                .map(command -> new Interpreter(
                        command, version.flatMap(OptionValue::text), packages.flatMap(OptionValue::text)));
    }

    private static Optional<Interpreter> asked(String command, OptionValue value) {
        Interpreter known = KNOWN.get(command);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            Process process = new ProcessBuilder(command, "-c", ASK)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            String[] words = printed.split(" ", -1);
            if (process.waitFor() != 0 || words.length != 2) {
                value.refuse("must be a Python that runs, got " + value.got() + ", which answers: " + last(printed));
                return Optional.empty();
            }
            Interpreter interpreter = new Interpreter(command, Optional.of(words[0]), Optional.of(words[1]));
            KNOWN.put(command, interpreter);
            return Optional.of(interpreter);
        } catch (IOException e) {
            value.refuse("must be a Python that can be started, got " + value.got());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            value.refuse("was not asked, because of an interrupt");
            return Optional.empty();
        }
    }

    private static String last(String printed) {
        return printed.lines().reduce("nothing", (before, line) -> line);
    }

    @Override
    public Object write(Interpreter interpreter) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put(COMMAND, interpreter.command());
        interpreter.version().ifPresent(version -> written.put(VERSION, version));
        interpreter.packages().ifPresent(packages -> written.put(PACKAGES, packages));
        return written;
    }
}
