package dev.ablate.engine.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Where Ablate keeps things; naming a place creates nothing.
 *
 * @param folder what belongs to one project: its runs, its plugins, and what a tracker has of its own
 * @param shared what all homes of a user share, such as the private Python environment
 */
public record Home(Path folder, Path shared) {

    /** The folder's name, in a project and in the user's own folder. */
    private static final String NAME = ".ablate";

    /** The store's file in a home. */
    static final String STORE = "runs.db";

    /**
     * The home that holds in a working directory: {@code ABLATE_HOME} if it is set and not blank, else the nearest
     * {@code .ablate} folder upwards, else {@code .ablate} in the user's own folder.
     *
     * @param environment the environment's variables
     * @param working the working directory; a relative {@code ABLATE_HOME} is resolved against it
     * @param user the user's own folder
     */
    public static Home find(Map<String, String> environment, Path working, Path user) {
        Path shared = user.toAbsolutePath().normalize().resolve(NAME);
        Path here = working.toAbsolutePath().normalize();
        String given = environment.getOrDefault("ABLATE_HOME", "");
        if (!given.isBlank()) {
            return new Home(here.resolve(given).normalize(), shared);
        }
        for (Path at = here; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(NAME))) {
                return new Home(at.resolve(NAME), shared);
            }
        }
        return new Home(shared, shared);
    }

    /** The file with every run; see {@link RunStore#open}. */
    public Path store() {
        return folder.resolve(STORE);
    }

    /** The folder whose folders hold a person's own plugins, one each. */
    public Path plugins() {
        return folder.resolve("plugins");
    }

    /** The folder with the reports that were asked for. */
    public Path reports() {
        return folder.resolve("reports");
    }

    /**
     * Makes a folder and those above it; what it makes only its owner can enter, where the file system knows owners.
     *
     * @throws IOException if it cannot be made, or a file stands in its place
     */
    public static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }
}
