package dev.ablate.engine;

import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.home.HomeKind;
import dev.ablate.engine.runs.sqlite.SqliteLibrary;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The store of a home, opened when it is first asked for. */
final class OpenStore implements AutoCloseable {

    private final Home home;
    private final Clock clock;
    private final Optional<Path> natives;
    private final Consumer<Path> upgraded;
    private final HomeKind kind;
    private final Consumer<String> remarks;
    private @Nullable RunStore store;

    OpenStore(
            Home home,
            HomeKind kind,
            Clock clock,
            Optional<Path> natives,
            Consumer<Path> upgraded,
            Consumer<String> remarks) {
        this.home = home;
        this.clock = clock;
        this.natives = natives;
        this.upgraded = upgraded;
        this.kind = kind;
        this.remarks = remarks;
    }

    synchronized RunStore store() {
        RunStore open = store;
        if (open == null) {
            natives.ifPresent(SqliteLibrary::keepIn);
            open = RunStore.open(home.folder(), kind, clock, upgraded, remarks);
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
