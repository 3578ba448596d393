package dev.ablate.mlflow.server;

import dev.ablate.engine.runs.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings the database of an older MLflow to the pinned one's state, while no server runs.
 *
 * <p>MLflow's migrations are not transactional, so a copy is changed, and takes the database's place when all went well.
 */
final class SchemaUpgrade {

    /** A big database takes minutes. */
    private static final Duration LIMIT = Duration.ofHours(2);

    private final ServerFolder folder;
    private final PythonEnvironment python;
    private final ServerCommand command;
    private final Clock clock;

    SchemaUpgrade(ServerFolder folder, PythonEnvironment python, ServerCommand command, Clock clock) {
        this.folder = folder;
        this.python = python;
        this.command = command;
        this.clock = clock;
    }

    /**
     * Whether a state of a database is the pinned MLflow's, or one on the way there.
     *
     * @param schema empty: nothing was ever kept
     * @param where the data are, for the message
     * @return whether it is older
     * @throws LocalServerException if the pinned MLflow does not know it
     */
    boolean isNeeded(Optional<String> schema, Path where) throws IOException, LocalServerException {
        if (schema.isEmpty()) {
            return false;
        }
        Migrations migrations = Migrations.of(python.folder());
        if (!migrations.known().contains(schema.get())) {
            throw new LocalServerException("the data in " + where + " are of a newer MLflow than "
                    + PythonEnvironment.MLFLOW + ", which does not know its database (" + schema.get()
                    + "); nothing was changed. Use the Ablate that wrote them, or an older backup");
        }
        return !schema.get().equals(migrations.newest());
    }

    /**
     * Does it, if it is needed. The caller holds the lock.
     *
     * @param written the version that the data are of, as far as it is known
     * @return where the database is kept as it was, if it was changed
     * @throws LocalServerException if it cannot be done: then the database is as it was
     */
    Optional<Path> run(Optional<String> written, Consumer<String> progress)
            throws IOException, InterruptedException, LocalServerException {
        Optional<String> schema = folder.schema();
        if (!isNeeded(schema, folder.path())) {
            return Optional.empty();
        }
        String old = written.filter(version -> !version.equals(PythonEnvironment.MLFLOW))
                .orElse(schema.orElse(""));
        progress.accept("bringing the database of an older MLflow (" + old + ") to " + PythonEnvironment.MLFLOW);
        Path scratch = folder.scratch();
        try {
            Path copy = upgraded(scratch, progress);
            Path backup = folder.newBackup(old, clock);
            // under its name only when it is whole: this may be ended at any moment
            Path before = scratch.resolve("before.db");
            new SqliteFile(folder.database()).copy(before);
            Files.move(before, backup, StandardCopyOption.ATOMIC_MOVE);
            new SqliteFile(folder.database()).recover();
            Files.move(copy, folder.database(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            progress.accept("the database as it was: " + backup);
            return Optional.of(backup);
        } finally {
            ServerFolder.remove(scratch);
        }
    }

    /**
     * Does it to a copy, and throws that away, if it is needed; a server may run meanwhile.
     *
     * @throws LocalServerException if it cannot be done
     */
    void rehearse(Optional<String> written, Consumer<String> progress)
            throws IOException, InterruptedException, LocalServerException {
        if (!isNeeded(folder.schema(), folder.path())) {
            return;
        }
        progress.accept("trying on a copy whether the database"
                + written.map(version -> " of MLflow " + version).orElse("") + " can be brought to "
                + PythonEnvironment.MLFLOW);
        Path scratch = folder.scratch();
        try {
            upgraded(scratch, progress);
        } finally {
            ServerFolder.remove(scratch);
        }
    }

    /** A copy in a folder, brought to the pinned state. */
    private Path upgraded(Path scratch, Consumer<String> progress)
            throws IOException, InterruptedException, LocalServerException {
        ServerLog log = new ServerLog(folder.path().resolve("upgrade.log"));
        Path copy = scratch.resolve(ServerFolder.DATABASE);
        new SqliteFile(folder.database()).copy(copy);
        log.turn();
        long start = System.nanoTime();
        int code = command.upgrade(
                python.python(),
                copy,
                log.file(),
                LIMIT,
                () -> progress.accept("still at it ("
                        + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s)"));
        if (code != 0 || isNeeded(ServerFolder.schema(copy), copy)) {
            throw new LocalServerException("MLflow could not bring its database to " + PythonEnvironment.MLFLOW
                    + ", and it was left as it was; " + log.end());
        }
        return copy;
    }
}
