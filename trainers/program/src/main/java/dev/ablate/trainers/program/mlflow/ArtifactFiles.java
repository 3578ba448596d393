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
import java.util.stream.Stream;

/** The files that clients have sent, in a folder of their own, so that they can ask for them again. */
final class ArtifactFiles implements AutoCloseable {

    /** A larger file has no place in the store. */
    static final long MOST_BYTES = 100_000_000;

    private static final long MOST_BYTES_OF_ALL = 1_000_000_000;
    private static final int MOST_FILES = 10_000;
    private static final int LONGEST_PATH = 1_000;

    private final Path folder;
    private long bytes;
    private int files;

    ArtifactFiles() throws IOException {
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

    /** A file with what comes, not yet in its place; the caller moves or deletes it. */
    Path received(InputStream in) throws IOException {
        Path part = Files.createTempFile(folder, "part", "");
        long all = 0;
        try (OutputStream out = Files.newOutputStream(part)) {
            byte[] block = new byte[1 << 16];
            for (int read = in.read(block); read > 0; read = in.read(block)) {
                all += read;
                if (all > MOST_BYTES) {
                    break;
                }
                out.write(block, 0, read);
            }
        }
        if (all > MOST_BYTES) {
            Files.delete(part);
            throw ApiError.invalid("A file may have " + MOST_BYTES + " bytes, and this one has more");
        }
        return part;
    }

    /** Puts a file into its place. */
    Path put(String path, Path part) throws IOException {
        Path place = place(path);
        bytes += Files.size(part);
        files++;
        if (files > MOST_FILES || bytes > MOST_BYTES_OF_ALL) {
            throw ApiError.invalid(
                    "A run may have " + MOST_FILES + " files of " + MOST_BYTES_OF_ALL + " bytes together");
        }
        Files.createDirectories(place.resolve("..").normalize());
        return Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
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
