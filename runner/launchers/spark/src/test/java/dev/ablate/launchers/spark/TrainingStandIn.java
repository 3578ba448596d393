package dev.ablate.launchers.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
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

    /** Lines, of which the last are still on their way where nobody waits for them. */
    private static final int MANY = 500;

    private TrainingStandIn() {}

    /** As a {@link dev.ablate.core.launch.TaskFunction} has it. */
    public static int run(
            Path plugins,
            Path folder,
            Map<String, byte[]> tasks,
            BiConsumer<String, byte[]> results,
            Consumer<String> printer,
            AtomicBoolean cancelled)
            throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> entry : tasks.entrySet()) {
            String name = entry.getKey();
            Path task = folder.resolve(name);
            List<String> lines =
                    new String(entry.getValue(), StandardCharsets.UTF_8).lines().toList();
            Path original = Path.of(lines.get(1));
            Path ran = original.resolve(name + ".ran");
            boolean first = Files.notExists(ran);
            Files.writeString(ran, "ran\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            String what = lines.get(0);
            if (what.equals(HALT) || (what.equals(HALT_ONCE) && first)) {
                for (int k = 0; k < MANY; k++) {
                    printer.accept("has more to say");
                }
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
            results.accept(name, sent.getBytes(StandardCharsets.UTF_8));
            printer.accept("has trained " + task);
        }
        return 0;
    }
}
