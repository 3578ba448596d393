package dev.ablate.cli.argument;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command is to write. */
public final class NewFile {

    private NewFile() {}

    /**
     * Refuses a file that cannot be written, or that is there already.
     *
     * @param force whether one that is there is replaced
     * @throws UsageException if it is a folder or otherwise not a regular file, has no folder to lie in, or is there
     */
    public static void require(Path file, boolean force) {
        if (Files.isDirectory(file)) {
            throw new UsageException("FILE is a folder: " + file);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UsageException("FILE is not a regular file: " + file);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException("FILE: there is no folder " + folder);
        }
        if (Files.exists(file) && !force) {
            throw new UsageException(file + " is there already; with --force it is replaced");
        }
    }
}
