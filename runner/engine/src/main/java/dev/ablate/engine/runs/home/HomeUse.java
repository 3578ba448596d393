package dev.ablate.engine.runs.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How this process uses a home: together with others on this host, or, on a network file system, alone. */
public final class HomeUse implements AutoCloseable {

    private final Path home;
    private final HomeKind kind;
    private final Clock clock;
    private final Consumer<String> remarks;
    private final LockTiming timing;

    /** Empty where several processes may use it; null while that is not known. */
    private @Nullable String network;

    private @Nullable HomeLock lock;
    private boolean warned;

    /**
     * Touches nothing yet.
     *
     * @param kind what a person says of it
     * @param clock gives the time that a lock names
     * @param remarks hears what a person should know of it
     */
    public HomeUse(Path home, HomeKind kind, Clock clock, Consumer<String> remarks) {
        this(home, kind, clock, remarks, LockTiming.USUAL);
    }

    HomeUse(Path home, HomeKind kind, Clock clock, Consumer<String> remarks, LockTiming timing) {
        this.home = home;
        this.kind = kind;
        this.clock = clock;
        this.remarks = remarks;
        this.timing = timing;
    }

    /** Whether one process at a time uses it. */
    public boolean isAlone() {
        return network().isPresent();
    }

    /** Why one process at a time uses it, behind its name; empty where several may. */
    public synchronized Optional<String> network() {
        String known = network;
        if (known == null) {
            known = find().orElse("");
            network = known;
        }
        return Optional.of(known).filter(why -> !why.isEmpty());
    }

    private Optional<String> find() {
        return switch (kind) {
            case NETWORK -> Optional.of("is used as one on a network file system");
            case LOCAL -> Optional.empty();
            case AUTO ->
                NetworkFileSystem.of(home)
                        .map(type -> "lies on a network file system (" + type + ")")
                        .or(() -> Files.exists(home.resolve(HomeLock.NAME))
                                ? Optional.of("is used by another process as one on a network file system")
                                : Optional.empty());
        };
    }

    /**
     * Takes the home for this process, until this is closed; does nothing where several may use it, or it is taken.
     *
     * @throws HomeInUseException if another process has it, and does not end soon
     * @throws IOException if its lock cannot be written
     */
    public synchronized void begin() throws IOException {
        if (lock == null && isAlone()) {
            lock = new Taking(home, HomeHolder.here(clock.instant()), timing, remarks).take();
        }
    }

    /**
     * Makes sure that the home is still this process's.
     *
     * @throws HomeInUseException if it is not
     * @throws IOException if that cannot be known
     */
    public synchronized void require() throws IOException {
        if (lock != null) {
            lock.require();
        }
    }

    /** Says once, before something is written, what is to be known of a home on a network file system. */
    public synchronized void writing() {
        if (warned) {
            return;
        }
        warned = true;
        network()
                .ifPresent(
                        why -> remarks.accept(
                                "warning: the home " + home + " " + why
                                        + ": one process at a time uses it, and each waits longer for what it writes. Better is a home on a disk of this"
                                        + " host (ABLATE_HOME=FOLDER); 'ablate runs export' and 'ablate runs import' take runs from one to the other"));
    }

    @Override
    public synchronized void close() throws IOException {
        HomeLock held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }
}
