package dev.ablate.mlflow.server;

import dev.ablate.engine.runs.sqlite.SqliteFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the data of one server into a zip file, while the server runs or not: the database first, in one consistent state, then
 * the artifacts, so that those of all runs in the database are there.
 */
final class BackupWriter implements AutoCloseable {

    private final ServerFolder folder;
    private final ZipOutputStream zip;
    private long files;
    private long bytes;

    BackupWriter(ServerFolder folder, Path file) throws IOException {
        this.folder = folder;
        this.zip = new ZipOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING));
        if (Files.isRegularFile(file) && Files.getFileStore(file).supportsFileAttributeView("posix")) {
            // as its source: the user's own
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /**
     * Writes all of it.
     *
     * @param mlflow the version that wrote the data; empty if that is not known
     * @throws IOException if something cannot be read or written
     */
    BackupManifest write(String mlflow, Clock clock) throws IOException, InterruptedException {
        String schema;
        Path scratch = folder.scratch();
        try {
            Path copy = scratch.resolve(ServerFolder.DATABASE);
            new SqliteFile(folder.database()).copy(copy);
            schema = ServerFolder.schema(copy).orElse("");
            add(ServerFolder.DATABASE, copy);
        } finally {
            ServerFolder.remove(scratch);
        }
        if (Files.isDirectory(folder.artifacts())) {
            // its place may be a link to a bigger disk
            Path root = folder.artifacts().toRealPath();
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        String name = root.relativize(file).toString().replace('\\', '/');
                        add(ServerFolder.ARTIFACTS + "/" + name, file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        }
        BackupManifest manifest = new BackupManifest(mlflow, schema, clock.instant(), files, bytes);
        zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
        zip.write(manifest.text().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
        return manifest;
    }

    private void add(String name, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            zip.putNextEntry(new ZipEntry(name));
            bytes += content.transferTo(zip);
            zip.closeEntry();
            files++;
        } catch (NoSuchFileException vanished) {
            // somebody deleted it meanwhile
        } catch (AccessDeniedException e) {
            throw new IOException(file + " cannot be read: access denied", e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
