package dev.ablate.runner.catalog;

import java.util.function.Supplier;

/** Calls into a plugin with its class loader as the thread's context class loader, by which many libraries find their parts. */
final class ContextLoader {

    private ContextLoader() {}

    static <T> T call(ClassLoader loader, Supplier<T> call) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
