package dev.ablate.launchers.slurm;

import java.util.Collection;
import java.util.stream.Collectors;

/** Words as bash takes them literally. */
final class Bash {

    private Bash() {}

    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** An array's value: {@code ('a' 'b')}. */
    static String array(Collection<String> words) {
        return words.stream().map(Bash::quoted).collect(Collectors.joining(" ", "(", ")"));
    }
}
