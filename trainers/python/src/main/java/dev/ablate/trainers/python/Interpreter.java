package dev.ablate.trainers.python;

import dev.ablate.core.option.ReadBy;
import java.util.Optional;

/**
 * A Python, and what it runs scripts with.
 *
 * @param command a name that is looked for on the path, or the path of a file
 * @param version such as {@code 3.11.7}; empty where it does not count
 * @param packages a hash of the names and versions of all that is installed; empty where it does not count
 */
@ReadBy(InterpreterType.class)
public record Interpreter(String command, Optional<String> version, Optional<String> packages) {

    /** The same, whatever it runs scripts with. */
    Interpreter plain() {
        return new Interpreter(command, Optional.empty(), Optional.empty());
    }
}
