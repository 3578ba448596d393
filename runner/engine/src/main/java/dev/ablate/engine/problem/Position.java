package dev.ablate.engine.problem;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A place in a spec or on the command line.
 *
 * @param source the file as the person named it, or the option as typed: {@code --set trainer.bias=false}
 * @param line from 1; 0 where the source has no lines (the command line)
 * @param column from 1, in code points; 0 where the source has no lines
 * @param length how many code points the caret underlines; at least 1
 * @param text the whole source line, for the message; empty where the source has no lines
 * @param folder what a relative path written here is relative to: the file's folder, or the working directory
 */
public record Position(String source, int line, int column, int length, String text, Path folder) {

    /** A place on the command line. */
    public static Position ofOption(String asTyped) {
        return new Position(asTyped, 0, 0, 1, "", Path.of(""));
    }

    /** The same place in a file that messages call otherwise. */
    Position named(String name) {
        return new Position(name, line, column, length, text, folder);
    }

    /** Whether it is on the command line, where a message needs no path: the option names it. */
    public boolean isOption() {
        return line == 0;
    }

    /** The source line, where there is one. */
    public Optional<String> sourceLine() {
        return line > 0 ? Optional.of(text) : Optional.empty();
    }

    /** {@code file:line:column}, or the option as typed. */
    @Override
    public String toString() {
        return line > 0 ? source + ":" + line + ":" + column : source;
    }
}
