package dev.ablate.mlflow.server;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.engine.runs.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the server keeps, and where.
 *
 * @param path the folder of one server
 */
record ServerFolder(Path path) {

    static final String DATABASE = "mlflow.db";
    static final String ARTIFACTS = "artifacts";

    /** Behind the database's name: one that is being made. */
    static final String HALF_MADE = ".new";

    /** What SQLite keeps beside a database, without which it may be half written, and which would spoil another. */
    private static final List<String> BESIDE = List.of(DATABASE + "-journal", DATABASE + "-wal", DATABASE + "-shm");

    /** Tables in which there are rows before anybody has kept anything. */
    private static final Set<String> FILLED_BY_MIGRATIONS = Set.of("alembic_version", "workspaces");

    /** In what is being restored: the name of the folder for what was there. */
    private static final String ASIDE = "aside";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    Path database() {
        return path.resolve(DATABASE);
    }

    Path artifacts() {
        return path.resolve(ARTIFACTS);
    }

    Path record() {
        return path.resolve("server.json");
    }

    /** What a restored backup consists of, from when it is whole until it is in its place. */
    Path restored() {
        return path.resolve("restored");
    }

    /**
     * A folder that nobody else works in. What an earlier process left of such a one is taken away, and the upgrade that it began and
     * that goes on without it is ended.
     */
    Path scratch() throws IOException, InterruptedException {
        ServerProcesses.endOrphans(path.resolve("scratch-").toString(), line -> line.contains("mlflow db upgrade"));
        try (var left = Files.newDirectoryStream(path, "scratch-*")) {
            for (Path each : left) {
                remove(each);
            }
        }
        return Files.createTempDirectory(path, "scratch-");
    }

    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /** Which state the database is in, by the name that MLflow gives it; empty where nothing was ever kept. */
    Optional<String> schema() throws IOException {
        return schema(database());
    }

    static Optional<String> schema(Path database) throws IOException {
        return new SqliteFile(database).first("alembic_version", "version_num");
    }

    /** Whether there is anything that a restored backup would replace. */
    boolean holdsData() {
        return Files.exists(database()) || bytes(artifacts()) > 0;
    }

    /** Whether MLflow kept nothing, be it that it was ended while it made its database: a whole one has an experiment in it. */
    boolean isUnused() throws IOException {
        return new SqliteFile(database()).isEmpty(FILLED_BY_MIGRATIONS);
    }

    /**
     * Puts a database aside that MLflow has half made, and would not go on with. No server runs.
     *
     * @return where it is, if there was one
     */
    Optional<Path> putHalfMadeAside(Clock clock) throws IOException {
        if (!Files.exists(database()) || !isUnused()) {
            return Optional.empty();
        }
        Path aside = path.resolve("half-made-" + STAMP.format(clock.instant()));
        putAside(DATABASE, aside);
        for (String name : BESIDE) {
            putAside(name, aside);
        }
        return Optional.of(aside);
    }

    /** Has a whole backup take the place of what is there; {@link #settle} does it. */
    void replaceBy(Path whole, Clock clock) throws IOException {
        Files.writeString(whole.resolve(ASIDE), "before-restore-" + STAMP.format(clock.instant()));
        Files.move(whole, restored(), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Puts what was restored in its place, and what was there aside; goes on where an earlier process was ended. No server runs.
     *
     * @return where the old data are, if there were any
     */
    Optional<Path> settle(Clock clock) throws IOException {
        Path restored = restored();
        if (!Files.isDirectory(restored)) {
            return Optional.empty();
        }
        Path aside = path.resolve(
                Files.exists(restored.resolve(ASIDE))
                        ? Files.readString(restored.resolve(ASIDE))
                        : "before-restore-" + STAMP.format(clock.instant()));
        if (Files.exists(restored.resolve(DATABASE))) {
            recover();
            for (String name : BESIDE) {
                putAside(name, aside);
            }
        }
        for (String name : List.of(ARTIFACTS, DATABASE)) {
            if (Files.exists(restored.resolve(name))) {
                putAside(name, aside);
                Files.move(restored.resolve(name), path.resolve(name));
            }
        }
        remove(restored);
        return Files.isDirectory(aside) ? Optional.of(aside) : Optional.empty();
    }

    /** Has SQLite take back what a killed server had half written; one that it cannot read goes aside with what is beside it. */
    private void recover() {
        try {
            new SqliteFile(database()).recover();
        } catch (IOException unreadable) {
            return;
        }
    }

    private void putAside(String name, Path aside) throws IOException {
        if (Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(aside);
            Files.move(path.resolve(name), aside.resolve(name));
        }
    }

    /** Where a database of this state is kept before it is changed. */
    Path newBackup(String what, Clock clock) throws IOException {
        Path backups = Files.createDirectories(path.resolve("backups"));
        return backups.resolve("mlflow-" + what + "-" + STAMP.format(clock.instant()) + ".db");
    }

    /** How much a file, or a folder with all in it, takes; 0 if there is none. */
    static long bytes(Path of) {
        AtomicLong bytes = new AtomicLong();
        if (!Files.exists(of)) {
            return 0;
        }
        try {
            Files.walkFileTree(of.toRealPath(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException vanished) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            return bytes.get();
        }
        return bytes.get();
    }
}
