package dev.ablate.engine.catalog;

import dev.ablate.engine.problem.Problem;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds a catalog once: when it is first asked for, or ahead of that, beside the caller. */
public final class CatalogFinder {

    private final Supplier<Catalog> finding;
    private final Consumer<Problem> broken;
    private final Object lock = new Object();
    private @Nullable Catalog found;
    private boolean reported;

    /**
     * @param finding finds it
     * @param broken gets a warning for each plugin that cannot be read, once the catalog is asked for
     */
    public CatalogFinder(Supplier<Catalog> finding, Consumer<Problem> broken) {
        this.finding = finding;
        this.broken = broken;
    }

    /** Begins to find it, and to make what every plan needs of it; what goes wrong is reported to whoever asks for it. */
    public void ahead() {
        // a task keeps what is thrown in it to itself
        Thread thread = new Thread(
                new FutureTask<>(() -> {
                    Catalog catalog = find();
                    catalog.metrics((name, e) -> {});
                    return catalog;
                }),
                "ablate-plugins");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The catalog.
     *
     * @throws dev.ablate.engine.problem.SpecException if two plugins bring the same name
     */
    public Catalog get() {
        Catalog catalog = find();
        synchronized (this) {
            if (!reported) {
                reported = true;
                catalog.broken().forEach(broken);
            }
        }
        return catalog;
    }

    private Catalog find() {
        synchronized (lock) {
            Catalog catalog = found;
            if (catalog == null) {
                catalog = finding.get();
                found = catalog;
            }
            return catalog;
        }
    }
}
