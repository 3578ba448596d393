package dev.ablate.worker.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The one way into the code of plugins.
 *
 * <p>A call has the plugin's class loader as the thread's context class loader, by which many libraries find their parts.
 * Whatever is thrown, an error or an exception that nobody declared, is the plugin's failure and leaves as such.
 */
public final class PluginCall {

    private static final Map<Thread, String> INSIDE = new ConcurrentHashMap<>();

    private PluginCall() {}

    /** In whose code a thread is, such as {@code trainer 'mean' of mean.jar}; empty if in none. */
    public static Optional<String> inside(Thread thread) {
        return Optional.ofNullable(INSIDE.get(thread));
    }

    /**
     * Calls into a plugin.
     *
     * @param loader the plugin's
     * @param who what is called, for a person
     * @param failure what to throw for what the call threw
     */
    static <T> T make(ClassLoader loader, String who, Callable<T> call, Function<Throwable, RuntimeException> failure) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        boolean interrupted = thread.isInterrupted();
        String outer = INSIDE.put(thread, who);
        thread.setContextClassLoader(loader);
        try {
            return call.call();
        } catch (Throwable e) {
            throw failure.apply(e);
        } finally {
            thread.setContextClassLoader(before);
            if (outer == null) {
                INSIDE.remove(thread);
                if (!interrupted) {
                    // one that the plugin left set would end the next access to a file
                    Thread.interrupted();
                }
            } else {
                INSIDE.put(thread, outer);
            }
        }
    }
}
