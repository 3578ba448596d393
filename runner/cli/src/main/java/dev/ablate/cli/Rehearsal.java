package dev.ablate.cli;

import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.Surroundings;
import java.util.List;

/**
 * Runs commands of each kind, one behind the other: Java loads what they need, and {@code ./ablate} makes an archive of it, from which
 * each later start takes it. Wants a home of its own.
 */
final class Rehearsal {

    private static final List<String> COMMANDS = List.of(
            "--help",
            "help run",
            "list experiments",
            "validate or-gate-bais", // a name that is nearly right
            "validate virus-symptoms",
            "plan or-gate-bias",
            "run xor --repeats 1 --only mlp --only one-neuron --offline",
            "run or-gate-bias --offline",
            "compare or-gate-bias",
            "report or-gate-bias",
            "status");

    private Rehearsal() {}

    /** Runs them; no arguments. */
    public static void main(String[] arguments) {
        for (String command : COMMANDS) {
            new Main(Surroundings.ofProcess(), new Interruption()).run(command.split(" "));
        }
        // as a process does it that runs nothing else
        Main.main(new String[] {"run", "or-gate-bias", "--offline"});
    }
}
