package dev.ablate.trainers.program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The program that a command names, looked for before it is started, so that what is missing is said in words. */
final class Executable {

    private Executable() {}

    static void require(String name, Path folder, String path) {
        if (File.separatorChar != '/') {
            return;
        }
        boolean found = name.contains("/")
                ? Files.isExecutable(folder.resolve(name))
                : List.of(path.split(Pattern.quote(File.pathSeparator), -1)).stream()
                        .anyMatch(part -> !part.isEmpty() && Files.isExecutable(Path.of(part, name)));
        if (!found) {
            throw new ProgramFailure(
                    "no program '" + name + "'" + (name.contains("/") ? " in " + folder : " on the PATH"));
        }
    }
}
