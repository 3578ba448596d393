package dev.ablate.launchers.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What trains in tests of faults, within a process of Spark. A task's file has what to do and the exchange's folder, a line each; the
 * result is what was sent along with it.
 */
public final class TrainingStandIn {

    static final String TRAIN = "train";
    static final String WAIT = "wait";
    static final String HALT_ONCE = "halt once";
    static final String HALT = "halt";
    static final String THROW = "throw";

    private TrainingStandIn() {}

    /** As a {@link dev.ablate.core.launch.TaskFunction} has it. */
    public static int run(Path plugins, List<Path> tasks, Consumer<String> printer, AtomicBoolean cancelled)
            throws IOException, InterruptedException {
        for (Path task : tasks) {
            String name = String.valueOf(task.getFileName());
            List<String> lines = Files.readAllLines(task);
            Path original = Path.of(lines.get(1));
            Path ran = original.resolve(name + ".ran");
            boolean first = Files.notExists(ran);
            Files.writeString(ran, "ran\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            String what = lines.get(0);
            if (what.equals(HALT) || (what.equals(HALT_ONCE) && first)) {
                printer.accept("halts " + task);
                Runtime.getRuntime().halt(3);
            }
            if (what.equals(THROW)) {
                throw new StackOverflowError("too deep");
            }
            while (what.equals(WAIT) && Files.notExists(original.resolve("go"))) {
                if (cancelled.get() || Files.notExists(original)) {
                    return 1;
                }
                Thread.sleep(20);
            }
            Path program = task.resolveSibling("inputs/7/run.sh");
            String sent = Files.readString(task.resolveSibling("inputs/5/rows.csv"))
                    + Files.readString(plugins.resolve("0-acme/acme.txt"))
                    + (Files.isExecutable(program) ? "executable" : "plain");
            Files.writeString(task.resolveSibling(name.replace(".task", ".result")), sent);
            printer.accept("has trained " + task);
        }
        return 0;
    }
}
