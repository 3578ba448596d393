package dev.ablate.engine.runs.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
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
        String name = LibraryLoaderUtil.getNativeLibName();
        try {
            Path folder = natives.resolve("sqlite-" + SQLiteJDBCLoader.getVersion())
                    .resolve(java().orElseGet(SqliteLibrary::system));
            if (!Files.isRegularFile(folder.resolve(name))) {
                unpack(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, folder, name);
            }
            System.setProperty(FOLDER, folder.toAbsolutePath().toString());
        } catch (IOException e) {
            // not the person's folder perhaps: the driver goes its usual way
        }
    }

    /**
     * A name for this Java, if the file that comes with it says which C library it is for: which of its libraries suits, the driver finds
     * out at each start by a process and a look at all that is loaded, which takes longer.
     */
    private static Optional<String> java() throws IOException {
        Path about = Path.of(System.getProperty("java.home"), "release");
        // one Java for several processors, each with a library of its own
        if (System.getProperty("os.arch").startsWith("arm") || !Files.isRegularFile(about)) {
            return Optional.empty();
        }
        String release = Files.readString(about, StandardCharsets.ISO_8859_1);
        return release.contains("LIBC=")
                ? Optional.of("java-" + HexFormat.of().toHexDigits(release.hashCode()))
                : Optional.empty();
    }

    private static String system() {
        return LibraryLoaderUtil.getNativeLibResourcePath().replaceFirst(".*/native/", "");
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
