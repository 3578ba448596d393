package dev.ablate.trainers.program;

import dev.ablate.core.option.Refused;
import dev.ablate.trainers.program.ProgramOptions.Cwd;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program that a command names, looked for before it is started, so that what is missing is said in words.
 *
 * @param name as it will be started
 * @param path the folders in which it is looked for
 */
record Executable(String name, String path) {

    private static final String COMMAND = "command";

    /** That of a command before any run; empty where a run's own values decide which it is. */
    static Optional<Executable> of(ProgramOptions options) {
        Optional<String> name = filled(options.command().get(0), options);
        Optional<String> path = Optional.ofNullable(options.env().values().get("PATH"))
                .map(given -> filled(given, options))
                .orElseGet(() ->
                        Optional.of(Optional.ofNullable(System.getenv("PATH")).orElse("")));
        return name.flatMap(program -> path.map(folders -> new Executable(program, folders)));
    }

    private static Optional<String> filled(String text, ProgramOptions options) {
        Template template = new Template(text);
        return template.names().stream().anyMatch(Template.OF_THE_RUN::contains)
                ? Optional.empty()
                : Optional.of(template.filled(
                        option -> String.valueOf(options.options().values().get(option))));
    }

    /**
     * Adds why this machine cannot start it.
     *
     * @param folder that of the spec
     */
    void check(ProgramOptions options, Path folder, Refused.Reasons reasons) {
        try {
            if (!name.contains("/")) {
                checkOnPath(options, folder, reasons);
            } else if (Path.of(name).isAbsolute()) {
                checkFile(Path.of(name), reasons);
            } else if (options.cwd() == Cwd.SPEC) {
                checkFile(options.inputs().folder().orElse(folder).resolve(name), reasons);
            } else {
                checkInput(options, folder, reasons);
            }
        } catch (InvalidPathException e) {
            reasons.addIf(true, COMMAND, "no program has such a name: " + e.getReason());
        }
    }

    private void checkOnPath(ProgramOptions options, Path folder, Refused.Reasons reasons) {
        if (find(name, folder, path).isEmpty()) {
            boolean isFile = options.inputs().files().containsKey(name) || Files.isRegularFile(folder.resolve(name));
            reasons.addUnknown(
                    COMMAND,
                    "no program '" + name + "' on the PATH" + (isFile ? ": write ./" + name + " for the file" : ""),
                    name,
                    isFile ? List.of() : names(path));
        }
    }

    /** In the folder of a run there are its inputs. */
    private void checkInput(ProgramOptions options, Path folder, Refused.Reasons reasons) {
        Path place = Path.of(name).normalize();
        Path input = options.inputs().files().get(place.toString());
        if (input != null) {
            checkFile(input, reasons);
        } else if (!place.startsWith("..")) {
            reasons.addIf(
                    true,
                    COMMAND,
                    Files.isRegularFile(folder.resolve(place))
                            ? name + " is not among the inputs, so that it is not in the folder in which the program"
                                    + " works: " + (options.inputs().files().isEmpty() ? "write" : "add to")
                                    + " inputs: ["
                                    + place + "]"
                            : "no program '" + name + "' among the inputs");
        }
    }

    private void checkFile(Path file, Refused.Reasons reasons) {
        if (!Files.isRegularFile(file)) {
            reasons.addIf(true, COMMAND, "no program '" + name + "'");
        } else {
            reasons.addIf(
                    !isProgram(file),
                    COMMAND,
                    name + " is not executable: run chmod +x, or write what runs it first, such as [sh, " + name + "]");
        }
    }

    /** Fails where it is not there when a run begins. */
    static void require(String name, Path folder, String path) {
        if (isKnown() && find(name, folder, path).isEmpty()) {
            throw new ProgramFailure(
                    "no program '" + name + "'" + (name.contains("/") ? " in " + folder : " on the PATH"));
        }
    }

    /** Whether it is known here how a program is found: Windows does it in ways of its own. */
    static boolean isKnown() {
        return File.separatorChar == '/';
    }

    /** Where it is. */
    static Optional<Path> find(String name, Path folder, String path) {
        return name.contains("/")
                ? Optional.of(folder.resolve(name)).filter(Executable::isProgram)
                : folders(path)
                        .map(part -> part.resolve(name))
                        .filter(Executable::isProgram)
                        .findFirst();
    }

    static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** The names of all programs on a path. */
    static Set<String> names(String path) {
        Set<String> names = new TreeSet<>();
        folders(path).filter(Files::isDirectory).forEach(folder -> {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(Executable::isProgram)
                        .forEach(file -> names.add(file.getFileName().toString()));
            } catch (IOException | UncheckedIOException e) {
                // a folder that cannot be read has nothing to suggest
            }
        });
        return names;
    }

    private static Stream<Path> folders(String path) {
        return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                .filter(part -> !part.isEmpty())
                .map(Path::of);
    }
}
