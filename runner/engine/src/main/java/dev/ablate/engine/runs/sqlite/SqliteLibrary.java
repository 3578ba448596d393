package dev.ablate.engine.runs.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself, which its driver otherwise unpacks into the folder for temporary files at each start: there it stays behind after
 * each process that is killed, and where programs may not be run from there it cannot be loaded.
 */
public final class SqliteLibrary {

    /** The driver's own setting. */
    private static final String FOLDER = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    /**
     * Has the driver load the library from a folder, into which it is unpacked once; where that cannot be done all stays as it is.
     *
     * @param natives a folder of the application's; made where it is not there
     */
    public static synchronized void keepIn(Path natives) {
        if (System.getProperty(FOLDER) != null) {
            return;
        }
        String resource = LibraryLoaderUtil.getNativeLibResourcePath();
        String name = LibraryLoaderUtil.getNativeLibName();
        Path folder =
                natives.resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + resource.replaceFirst(".*/native", ""));
        try {
            if (!Files.isRegularFile(folder.resolve(name))) {
                unpack(resource + "/" + name, folder, name);
            }
            System.setProperty(FOLDER, folder.toAbsolutePath().toString());
        } catch (IOException e) {
            // not the person's folder perhaps: the driver goes its usual way
        }
    }

    private static void unpack(String resource, Path folder, String name) throws IOException {
        try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new IOException("there is none for this system");
            }
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, name, ".tmp");
            try {
                Files.copy(library, draft, StandardCopyOption.REPLACE_EXISTING);
                // two that start at once unpack the same
                Files.move(
                        draft,
                        folder.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
    }
}
