package dev.ablate.cli.terminal;

import java.nio.charset.Charset;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The charset in which Java reads arguments, environment variables and names of files: that of the locale, which the launcher sets
 * to UTF-8.
 *
 * <p>Without the launcher it may be ASCII; then each other byte is U+FFFD for Java, and no such file is ever found.
 */
public final class NativeCharset {

    private static final String REPLACED = "\uFFFD";

    private NativeCharset() {}

    /** What to do if a text was not read as it was typed; empty if all were. */
    public static Optional<String> problem(Stream<String> texts) {
        return texts.filter(text -> text.contains(REPLACED))
                .findFirst()
                .map(text -> "'" + text + "' is not what was typed")
                .flatMap(words -> advice().map(advice -> words + advice));
    }

    /** What to do if a name cannot be that of a file; empty where it is not for the charset. */
    public static Optional<String> advice() {
        String name = System.getProperty("sun.jnu.encoding", "UTF-8");
        // where it cannot be set for a process, that does not help
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        boolean complete =
                windows || (Charset.isSupported(name) && Charset.forName(name).contains(Charset.forName("UTF-8")));
        return complete
                ? Optional.empty()
                : Optional.of(": Java reads names in " + name
                        + " here; start it with LC_ALL=C.UTF-8, or by the script 'ablate'");
    }
}
