package dev.ablate.runner.mlflow.server;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What the managed server keeps, database and artifacts: brought to a newer MLflow, put into one file, and had back from it. */
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
     * @param progress is told in short lines what is going on
     * @throws LocalServerException if it cannot be done: then the data are as they were, and the server does not run
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
            boolean ran = server.end();
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
        return server.holding(progress, () -> {
            folder.settle(clock);
            try (BackupWriter writer = new BackupWriter(folder, file)) {
                return writer.write(server.version().orElse(""), clock).bytes();
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                // others say no more than the name of a file
                String why = e instanceof FileSystemException
                        ? e.getClass().getSimpleName().replace("Exception", "")
                        : e.getMessage();
                throw new LocalServerException("the backup cannot be written: " + why, e);
            }
        });
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
     * @throws LocalServerException if it cannot be done: then nothing was changed
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
                    upgrade.isNeeded(ServerFolder.schema(scratch.resolve(ServerFolder.DATABASE)), file);
                    return settle(backup.manifest(), scratch, progress);
                } finally {
                    ServerFolder.remove(scratch);
                }
            });
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
        boolean ran = server.end();
        Files.move(whole, folder.restored(), StandardCopyOption.ATOMIC_MOVE);
        Optional<Path> before = folder.settle(clock);
        Optional<ServerRecord> record = ServerRecord.read(folder.record());
        if (record.isPresent()) {
            record.get().of(manifest.mlflow()).write(folder.record());
        }
        return new Restored(
                manifest.mlflow(),
                manifest.created(),
                before,
                ran ? Optional.of(server.launch(progress)) : Optional.empty());
    }
}
