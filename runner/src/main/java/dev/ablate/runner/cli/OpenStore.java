package dev.ablate.runner.cli;

import dev.ablate.runner.cli.terminal.Surroundings;
import dev.ablate.runner.runs.Home;
import dev.ablate.runner.runs.RunStore;
import dev.ablate.runner.runs.SqliteLibrary;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of the home, opened when a command first asks for it, and closed with the program. */
final class OpenStore implements AutoCloseable {

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

    synchronized RunStore store() {
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
