package dev.ablate.trainers.program.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files that clients have sent, in a folder of their own, so that they can ask for them again. */
final class ArtifactFiles implements AutoCloseable {

    private static final int LONGEST_PATH = 1_000;

    private final Path folder;
    private final Bounds bounds;
    private long bytes;
    private int files;

    /**
     * How much a run may have.
     *
     * @param bytes of a file; a larger one has no place in the store
     * @param bytesOfAll of all files
     * @param files how many
     */
    record Bounds(long bytes, long bytesOfAll, int files) {

        /** What holds for the runs of a person. */
        static final Bounds USUAL = new Bounds(100_000_000, 1_000_000_000, 10_000);
    }

    ArtifactFiles(Bounds bounds) throws IOException {
        this.bounds = bounds;
        this.folder = Files.createTempDirectory("ablate-artifacts").toRealPath();
    }

    /** Where files of a run are sent to. */
    static String address(String experiment, String run) {
        return "mlflow-artifacts:/" + experiment + "/" + run + "/artifacts";
    }

    /** The place of a path of names joined by {@code /}; never outside of the folder. */
    Path place(String path) {
        boolean leads = path.length() > LONGEST_PATH
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl)
                || Stream.of(path.split("/", -1))
                        .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        if (leads) {
            throw ApiError.invalid("Invalid path: '" + path + "'");
        }
        return folder.resolve(path);
    }

    /**
     * A file with what comes, not yet in its place; the caller moves or deletes it.
     *
     * @throws ApiError if it is too large; all of it has been read by then, since a client that is still sending sees no answer
     */
    Path received(String path, InputStream in) throws IOException {
        Path part = Files.createTempFile(folder, "part", "");
        boolean whole = false;
        try {
            long rest = bounds.bytes();
            try (OutputStream out = Files.newOutputStream(part)) {
                byte[] block = new byte[1 << 16];
                for (int read = in.read(block); read > 0; read = in.read(block)) {
                    rest -= read;
                    if (rest >= 0) {
                        out.write(block, 0, read);
                    }
                }
            }
            if (rest < 0) {
                throw ApiError.invalid(
                        shown(path) + " has " + counted(bounds.bytes() - rest) + " bytes, and a file of a run"
                                + " may have " + counted(bounds.bytes())
                                + ": log where it lies as a tag, or log it in parts");
            }
            whole = true;
            return part;
        } finally {
            if (!whole) {
                Files.deleteIfExists(part);
            }
        }
    }

    /** Checks that there is room for a file, which may replace one of the same path. */
    void requireRoom(String path, Path part) throws IOException {
        Path place = place(path);
        for (Path above = place.resolve("..").normalize();
                above.startsWith(folder);
                above = above.resolve("..").normalize()) {
            if (Files.isRegularFile(above)) {
                throw ApiError.invalid("Invalid path: '" + path + "': there is a file where it needs a folder");
            }
        }
        if (Files.isDirectory(place)) {
            throw ApiError.invalid("Invalid path: '" + path + "': it is a folder");
        }
        boolean replaces = Files.exists(place);
        if (bytes + Files.size(part) - (replaces ? Files.size(place) : 0) > bounds.bytesOfAll()) {
            throw ApiError.invalid("There is no room for " + shown(path) + ", which has " + counted(Files.size(part))
                    + " bytes: the files of a run may have " + counted(bounds.bytesOfAll())
                    + " together, and there are " + counted(bytes)
                    + ": log the last version of a file alone, or where it lies as a tag");
        }
        if (!replaces && files >= bounds.files()) {
            throw ApiError.invalid("There is no room for " + shown(path) + ": a run may have " + counted(bounds.files())
                    + " files: log many small ones as one archive");
        }
    }

    /** Puts a file into its place, for which there is room. */
    Path put(String path, Path part) throws IOException {
        Path place = place(path);
        boolean replaces = Files.exists(place);
        long added = Files.size(part) - (replaces ? Files.size(place) : 0);
        Files.createDirectories(place.resolve("..").normalize());
        Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
        bytes += added;
        files += replaces ? 0 : 1;
        return place;
    }

    private static String shown(String path) {
        return path.replaceFirst(".*?/artifacts/", "");
    }

    private static String counted(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** @throws ApiError if there is no such file */
    Path existing(String path) {
        Path place = place(path);
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            throw ApiError.missing("No such artifact: '" + path + "'");
        }
        return place;
    }

    /** The files and folders in a folder, by name; none if it is not one. */
    List<Path> list(String path) {
        Path place = place(path);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> inner = Files.list(place)) {
            return inner.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // what is still written stays in the folder for temporary files
            folder.toFile().deleteOnExit();
        }
    }
}
