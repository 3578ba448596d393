package dev.ablate.engine.provenance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The code of the running program, by the files that it is loaded from. */
public final class ProgramCode {

    private ProgramCode() {}

    /**
     * A text that is another one wherever the code may be another one: size and time of each jar.
     *
     * @param classPath as Java has it
     * @return empty where a part of it is not in a jar, as while somebody works on it: then nothing is known
     */
    public static Optional<String> of(String classPath) {
        StringBuilder text = new StringBuilder();
        for (String entry : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
            Path jar = Path.of(entry);
            if (!Files.isRegularFile(jar)) {
                return Optional.empty();
            }
            try {
                text.append(jar.getFileName())
                        .append(' ')
                        .append(Files.size(jar))
                        .append(' ')
                        .append(Files.getLastModifiedTime(jar))
                        .append('\n');
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.of(text.toString());
    }
}
