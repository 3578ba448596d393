package dev.ablate.trainers.program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The program that a command names, looked for before it is started, so that what is missing is said in words. */
final class Executable {

    private Executable() {}

    static void require(String name, Path folder, String path) {
        if (File.separatorChar == '/' && find(name, folder, path).isEmpty()) {
            throw new ProgramFailure(
                    "no program '" + name + "'" + (name.contains("/") ? " in " + folder : " on the PATH"));
        }
    }

    /** Where it is. */
    static Optional<Path> find(String name, Path folder, String path) {
        return name.contains("/")
                ? Optional.of(folder.resolve(name)).filter(Files::isExecutable)
                : List.of(path.split(Pattern.quote(File.pathSeparator), -1)).stream()
                        .filter(part -> !part.isEmpty())
                        .map(part -> Path.of(part, name))
                        .filter(Files::isExecutable)
                        .findFirst();
    }
}
