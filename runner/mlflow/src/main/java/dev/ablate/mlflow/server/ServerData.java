package dev.ablate.mlflow.server;

import dev.ablate.engine.runs.sqlite.SqliteFile;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What the managed server keeps, database and artifacts: brought to a newer MLflow, put into one file, and restored from it. */
public final class ServerData {

    private final LocalServer server;
    private final ServerFolder folder;
    private final PythonEnvironment python;
    private final SchemaUpgrade upgrade;
    private final Clock clock;

    ServerData(LocalServer server, ServerFolder folder, PythonEnvironment python, SchemaUpgrade upgrade, Clock clock) {
        this.server = server;
        this.folder = folder;
        this.python = python;
        this.upgrade = upgrade;
        this.clock = clock;
    }

    /**
     * What became of an upgrade.
     *
     * @param changed false: everything was up to date
     * @param before where the database is as it was, if it was changed
     * @param address where the server answers, if it runs
     */
    public record Upgraded(boolean changed, Optional<Path> before, Optional<URI> address) {}

    /**
     * Brings server and data to {@link LocalServer#VERSION}, which is installed if need be. A server that ran is ended and started
     * again; the database is kept as it was.
     *
     * @param progress is given in short lines what is going on
     * @throws LocalServerException if it cannot be done: then the data are as they were, and a server that ran still does
     */
    public Upgraded upgrade(Consumer<String> progress) throws LocalServerException, InterruptedException {
        python.install(progress);
        return server.holding(progress, () -> {
            folder.settle(clock);
            Optional<URI> running = server.running();
            boolean old = running.isPresent()
                    && server.version().filter(LocalServer.VERSION::equals).isEmpty();
            if (!old && !upgrade.isNeeded(folder.schema(), folder.path())) {
                return new Upgraded(false, Optional.empty(), running);
            }
            Optional<String> written = server.version();
            if (running.isPresent()) {
                // while it still serves: what fails here leaves it running
                upgrade.rehearse(written, progress);
            }
            boolean ran = server.end(progress);
            Optional<Path> before = upgrade.run(written, progress);
            return new Upgraded(true, before, ran ? Optional.of(server.launch(progress)) : Optional.empty());
        });
    }

    /**
     * Writes database and artifacts into a file, while the server runs or not.
     *
     * @param file which is not there, or is replaced
     * @return the size of what was put into it
     * @throws LocalServerException if there is nothing to back up, or it cannot be written
     */
    public long backup(Path file, Consumer<String> progress) throws LocalServerException, InterruptedException {
        if (!Files.exists(folder.database()) && !Files.isDirectory(folder.restored())) {
            throw new LocalServerException(
                    "there is nothing to back up: no MLflow server has kept anything in " + folder.path());
        }
        if (isInside(file)) {
            throw new LocalServerException(
                    "a backup cannot be a part of what it holds; choose a place outside of " + folder.path());
        }
        return server.holding(progress, () -> {
            folder.settle(clock);
            if (folder.isUnused()) {
                throw new LocalServerException(
                        "there is nothing to back up: no MLflow server has kept anything in " + folder.database());
            }
            try (BackupWriter writer = new BackupWriter(folder, file)) {
                return writer.write(server.version().orElse(""), clock).bytes();
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                throw new LocalServerException("the backup cannot be written: " + why(e), e);
            }
        });
    }

    private boolean isInside(Path file) {
        try {
            Path above = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
            return above.toRealPath().startsWith(folder.path().toRealPath())
                    || above.toRealPath().startsWith(folder.artifacts().toRealPath());
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Java's own words may be no more than the name of a file. */
    private static String why(IOException e) {
        if (e instanceof FileSystemException system) {
            return Optional.ofNullable(system.getReason())
                    .orElse(e.getClass().getSimpleName().replace("Exception", ""));
        }
        return String.valueOf(e.getMessage());
    }

    /**
     * What became of a restored backup.
     *
     * @param mlflow the version whose data it holds; empty if that is not known
     * @param created when it was made
     * @param before where the data are that were there, if there were any
     * @param address where the server answers with it, if it ran before
     */
    public record Restored(String mlflow, Instant created, Optional<Path> before, Optional<URI> address) {}

    /**
     * Puts a backup in the place of what is there, which is put aside. A server that ran is ended and started again with it.
     *
     * @param replace whether to do so where there are data
     * @throws LocalServerException if it cannot be done: then nothing was changed, unless the message says that it was restored
     */
    public Restored restore(Path file, boolean replace, Consumer<String> progress)
            throws LocalServerException, InterruptedException {
        try (BackupFile backup = BackupFile.open(file)) {
            refuseData(replace);
            python.install(progress);
            return server.holding(progress, () -> {
                folder.settle(clock);
                refuseData(replace);
                upgrade.isNeeded(Optional.of(backup.manifest().schema()), file);
                Path scratch = folder.scratch();
                try {
                    backup.unpack(scratch);
                    check(file, scratch.resolve(ServerFolder.DATABASE), backup.manifest());
                    return settle(backup.manifest(), scratch, progress);
                } finally {
                    ServerFolder.remove(scratch);
                }
            });
        }
    }

    /** Its manifest may be another's. */
    private static void check(Path file, Path database, BackupManifest manifest) throws LocalServerException {
        try {
            Optional<String> damage = new SqliteFile(database).damage();
            if (damage.isPresent()) {
                throw new LocalServerException(file + " is damaged: its database is not sound: " + damage.get());
            }
            String schema = ServerFolder.schema(database).orElse("");
            if (!schema.equals(manifest.schema())) {
                throw new LocalServerException(file + " does not hold what it says: the database in it is of state '"
                        + schema + "', not '" + manifest.schema() + "'");
            }
        } catch (IOException e) {
            throw new LocalServerException(file + " holds no database of MLflow: " + e.getMessage(), e);
        }
    }

    private void refuseData(boolean replace) throws LocalServerException {
        if (!replace && folder.holdsData()) {
            throw new LocalServerException("an MLflow server has data in " + folder.path()
                    + " already; with --force they are put aside and replaced");
        }
    }

    private Restored settle(BackupManifest manifest, Path whole, Consumer<String> progress)
            throws IOException, InterruptedException, LocalServerException {
        boolean ran = server.end(progress);
        folder.replaceBy(whole, clock);
        Optional<Path> before = folder.settle(clock);
        Optional<ServerRecord> record = ServerRecord.read(folder.record());
        if (record.isPresent()) {
            record.get().withVersion(manifest.mlflow()).write(folder.record());
        }
        return new Restored(
                manifest.mlflow(),
                manifest.created(),
                before,
                ran ? Optional.of(launch(before, progress)) : Optional.empty());
    }

    private URI launch(Optional<Path> before, Consumer<String> progress) throws IOException, LocalServerException {
        String done = "it was restored"
                + before.map(there -> " (what was there: " + there + ")").orElse("")
                + ", and the server does not run: ";
        try {
            return server.launch(progress);
        } catch (LocalServerException e) {
            throw new LocalServerException(done + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new LocalServerException(done + "its start was interrupted. To start it: ablate ui", e);
        }
    }
}
