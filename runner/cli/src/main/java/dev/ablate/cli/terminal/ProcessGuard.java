package dev.ablate.cli.terminal;

import dev.ablate.engine.report.layout.Printable;
import dev.ablate.worker.catalog.PluginCall;
import dev.ablate.worker.task.Allowed;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the process the program's own while plugins run in it: what they print goes where messages go, what they close stays open,
 * and an exit that is not the program's is not a success.
 *
 * <p>{@link Runtime#halt} alone ends a process without a word.
 */
public final class ProcessGuard {

    private final PrintStream err;
    private final int failed;

    /** The thread that ends the process by way of {@link #exit}. */
    private volatile @Nullable Thread ending;

    /**
     * @param err where messages go
     * @param failed the exit code of a process that a plugin ends
     */
    public ProcessGuard(PrintStream err, int failed) {
        this.err = err;
        this.failed = failed;
    }

    /** Guards from now on; the program itself has its streams already. */
    public void stand() {
        System.setOut(new Open(err));
        System.setErr(new Open(err));
        Runtime.getRuntime().addShutdownHook(new Thread(this::ends, "exit"));
    }

    /** Ends the process. */
    @Allowed("the one exit")
    public void exit(int code) {
        ending = Thread.currentThread();
        System.exit(code);
    }

    @Allowed("an exit code of 0 that is not the program's would pass for success")
    private void ends() {
        Thread own = ending;
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            Optional<StackTraceElement> caller = each.getKey() == own ? Optional.empty() : caller(each.getValue());
            if (caller.isPresent()) {
                String who = PluginCall.inside(each.getKey()).orElse("a plugin");
                err.println(Printable.line("error: " + who + " called System.exit (" + caller.get()
                        + "), which ends the program; what it was doing counts as interrupted. It has to throw an exception"
                        + " instead"));
                err.flush();
                Runtime.getRuntime().halt(failed);
            }
        }
    }

    /** Who asked to end the process; empty if this stack does not. A signal ends it another way. */
    private static Optional<StackTraceElement> caller(StackTraceElement... stack) {
        boolean exits = Stream.of(stack)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
        return exits
                ? Stream.of(stack)
                        .filter(frame -> !frame.getClassName().startsWith("java."))
                        .findFirst()
                : Optional.empty();
    }

    /** Prints, and does not close. */
    private static final class Open extends PrintStream {

        Open(PrintStream err) {
            super(err, true, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            flush();
        }
    }
}
