package dev.ablate.cli.terminal;

import dev.ablate.worker.task.Allowed;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, SIGTERM and SIGHUP, which a terminal sends that is closed: the first asks what is going on to come to an end, so that nothing is lost; the second ends the process.
 *
 * <p>Where nothing is going on that would have to come to an end, the first ends the process too, with a line that says what is
 * stored and how to go on.
 */
public final class Interruption {

    /** What a shell adds to a signal's number. */
    private static final int SIGNALLED = 128;

    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    /** How long a line may take, in milliseconds: a terminal that is gone, or a pipe that nobody reads, must not keep the process. */
    private static final long PATIENCE = 1_000;

    private final AtomicInteger code = new AtomicInteger();

    /** Prints a line for a person. */
    private volatile Consumer<String> printer = line -> {};

    /** What to print where the process ends at once. */
    private volatile Supplier<String> words = () -> "interrupted";

    /** How to end what is going on; null while nothing is that would have to be. */
    private volatile @Nullable Runnable ending;

    /** Hears the signals of this process from now on. */
    public void listen() {
        SIGNALS.forEach((name, number) -> {
            try {
                // by reflection, since the compiler warns of this class, which every JDK from 17 to 25 has and exports
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                InvocationHandler handling = (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        signalled(SIGNALLED + number);
                        yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> arguments != null && proxy == arguments[0];
                    default -> "signal handler";
                };
                signal.getMethod("handle", signal, handler)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance(name),
                                Proxy.newProxyInstance(
                                        Interruption.class.getClassLoader(), new Class<?>[] {handler}, handling));
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // without it the signal ends the process at once, and what is stored can be resumed
                code.compareAndSet(0, 0);
            }
        });
    }

    /** Says where the line is printed that a process ends with which ends at once. */
    public void printingTo(Consumer<String> line) {
        printer = line;
    }

    /** Says what is stored from now on, and how to go on: the line that a process ends with which ends at once. */
    public void saying(Supplier<String> line) {
        words = line;
    }

    /** Says how what happens from now on is brought to an end, from one thread; closing what is returned says that it has ended. */
    public Going during(Runnable howToEnd) {
        Runnable before = ending;
        ending = howToEnd;
        if (code.get() != 0) {
            howToEnd.run();
        }
        return () -> ending = before;
    }

    /** The exit code that a signal asks for, 129, 130 or 143; empty if none came. */
    public OptionalInt code() {
        return code.get() == 0 ? OptionalInt.empty() : OptionalInt.of(code.get());
    }

    /** Has the process end with another exit code than the signal's, if one came. */
    public void endsWith(int exitCode) {
        code.updateAndGet(signalled -> signalled == 0 ? 0 : exitCode);
    }

    /** A signal came. */
    @Allowed("a second signal, or one with nothing to bring to an end, ends the process")
    void signalled(int exitCode) {
        Runnable howToEnd = ending;
        if (!code.compareAndSet(0, exitCode) || howToEnd == null) {
            print();
            Runtime.getRuntime().halt(exitCode);
            return;
        }
        howToEnd.run();
    }

    private void print() {
        Thread printing = new Thread(() -> printer.accept(words.get()), "last-words");
        printing.setDaemon(true);
        printing.start();
        try {
            printing.join(PATIENCE);
        } catch (InterruptedException e) {
            // then it ends without
        }
    }

    /** Something that a signal brings to an end. */
    public interface Going extends AutoCloseable {
        @Override
        void close();
    }
}
