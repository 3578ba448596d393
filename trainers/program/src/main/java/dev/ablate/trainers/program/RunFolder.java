package dev.ablate.trainers.program;

import dev.ablate.core.option.Inputs;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder of one run: links to its inputs, and what the program writes; it goes when the run ends. */
final class RunFolder implements AutoCloseable {

    private final Path folder;
    private final Path data;
    private final Inputs inputs;

    /** Of the inputs when it began, by their places. */
    private final Map<String, String> states = new HashMap<>();

    RunFolder(Inputs inputs) {
        this.inputs = inputs;
        try {
            this.folder = Files.createTempDirectory("ablate-run").toRealPath();
            this.data = folder.resolve(".ablate-data");
            inputs.files().forEach((place, file) -> states.put(place, state(file)));
            for (Map.Entry<String, Path> input : inputs.files().entrySet()) {
                Path place = folder.resolve(input.getKey());
                Files.createDirectories(place.resolve("..").normalize());
                link(place, input.getValue().toAbsolutePath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path place, Path file) throws IOException {
        try {
            Files.createSymbolicLink(place, file);
        } catch (UnsupportedOperationException | IOException e) {
            // Windows allows links to administrators alone
            Files.copy(file, place);
        }
    }

    Path path() {
        return folder;
    }

    /** Where the data lie, if there are any. */
    Path data() {
        return data;
    }

    /** Fails if an input is another than it was: what the run has made of it says nothing of the content that it is known by. */
    void requireUnchanged() {
        inputs.files().forEach((place, file) -> {
            if (!state(file).equals(states.get(place))) {
                throw new ProgramFailure("an input that changed while it ran: " + place
                        + "; a program that writes to it is to copy it first");
            }
        });
    }

    /** Size and time, by which a change is known. */
    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime();
        } catch (IOException e) {
            return "not there";
        }
    }

    /** Stores a text. */
    void keep(String name, String text, Training training) {
        try {
            training.keep(Files.writeString(folder.resolve(name), text));
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores what the program was to write. */
    void keep(List<String> outputs, Training training) {
        Map<String, Path> kept = new HashMap<>();
        for (String output : outputs) {
            List<Path> found = found(output);
            if (found.isEmpty()) {
                throw new ProgramFailure("a missing output: " + output);
            }
            for (Path file : found) {
                Path other = kept.put(file.getFileName().toString(), file);
                if (other != null && !other.equals(file)) {
                    throw new ProgramFailure(
                            "two outputs of one name: " + folder.relativize(other) + " and " + folder.relativize(file));
                }
            }
        }
        kept.keySet().stream().sorted().map(kept::get).forEach(training::keep);
    }

    private List<Path> found(String output) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + output);
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> matcher.matches(folder.relativize(file)))
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(data))
                    .filter(file -> !inputs.files()
                            .containsKey(folder.relativize(file).toString().replace('\\', '/')))
                    .sorted()
                    .toList();
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
            // a file that a process still writes stays in the folder for temporary files
            folder.toFile().deleteOnExit();
        }
    }
}
