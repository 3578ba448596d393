package dev.ablate.trainers.python;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import dev.ablate.core.option.ReadBy;
import java.io.File;
import java.util.Optional;

/**
 * A Python.
 *
 * @param command a name that is looked for on the path, or the path of a file
 */
@ReadBy(Interpreter.Type.class)
public record Interpreter(String command) {

    /** The name or path of an interpreter, which is asked what it is when that is read. */
    static final class Type implements OptionType<Interpreter> {

        @Override
        public String words() {
            return "program";
        }

        @Override
        public Optional<Interpreter> read(OptionValue value) {
            Optional<String> command = value.text()
                    .flatMap(text -> text.contains("/") || text.contains(File.separator)
                            ? value.path()
                                    .map(path ->
                                            path.toAbsolutePath().normalize().toString())
                            : Optional.of(text));
            if (command.isPresent() && Installed.of(command.get()).isEmpty()) {
                value.refuse("must be a Python that can be started, got " + value.got());
                return Optional.empty();
            }
            return command.map(Interpreter::new);
        }

        @Override
        public Object write(Interpreter interpreter) {
            return interpreter.command();
        }
    }
}
