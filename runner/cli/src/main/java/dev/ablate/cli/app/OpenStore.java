package dev.ablate.cli.app;

import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.SqliteLibrary;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of the home, opened when a command first asks for it, and closed with the program. */
public final class OpenStore implements AutoCloseable {

    private final Home home;
    private final Clock clock;
    private final Optional<Path> natives;
    private @Nullable RunStore store;

    @Inject
    OpenStore(Home home, Clock clock, Surroundings surroundings) {
        this.natives = surroundings.natives();
        this.home = home;
        this.clock = clock;
    }

    public synchronized RunStore store() {
        RunStore open = store;
        if (open == null) {
            natives.ifPresent(SqliteLibrary::keepIn);
            open = RunStore.open(home.folder(), clock);
            store = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }
}
