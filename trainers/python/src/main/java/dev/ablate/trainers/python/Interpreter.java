package dev.ablate.trainers.python;

import dev.ablate.core.option.ReadBy;

/**
 * A Python.
 *
 * @param command a name that is looked for on the path, or the path of a file
 */
@ReadBy(InterpreterType.class)
public record Interpreter(String command) {}
