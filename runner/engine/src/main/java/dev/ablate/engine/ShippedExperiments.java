package dev.ablate.engine;

import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.Suggestion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The specs that come with the program, by name; a name is the file's without {@code .yaml}. */
public final class ShippedExperiments {

    private static final String ENDING = ".yaml";

    private final Optional<Path> folder;

    ShippedExperiments(Optional<Path> folder) {
        this.folder = folder;
    }

    /** All of them by name. */
    public Map<String, Path> all() {
        Map<String, Path> byName = new TreeMap<>();
        if (folder.isPresent() && Files.isDirectory(folder.get())) {
            try (Stream<Path> files = Files.list(folder.get())) {
                files.forEach(file -> {
                    String name = String.valueOf(file.getFileName());
                    if (name.endsWith(ENDING)) {
                        byName.put(name.substring(0, name.length() - ENDING.length()), file);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return byName;
    }

    /** What one shows, in one line: the comment that it opens with. */
    public static String headline(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String first = reader.readLine();
            return first == null || !first.startsWith("#")
                    ? ""
                    : first.substring(1).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file of one that comes with the program.
     *
     * @throws RequestException with the nearest name, if there is none of this name
     */
    public Path file(String name) {
        Map<String, Path> shipped = all();
        Path file = shipped.get(name);
        if (file == null) {
            throw new RequestException(Suggestion.unknown("no experiment", name, shipped.keySet(), "experiments"));
        }
        return file;
    }

    /** Whether a person means a file that exists, or a shipped experiment. */
    public boolean knows(String spec) {
        return existing(spec).isPresent() || all().containsKey(spec);
    }

    /**
     * The file that a person means: one that exists, else a shipped experiment.
     *
     * @throws RequestException with the nearest name, if it is neither
     */
    Path find(String spec) {
        Optional<Path> file = existing(spec);
        if (file.isPresent()) {
            return file.get();
        }
        Map<String, Path> shipped = all();
        Path named = shipped.get(spec);
        if (named != null) {
            return named;
        }
        throw new RequestException(
                Suggestion.unknown("no file and no experiment", spec, shipped.keySet(), "experiments"));
    }

    private static Optional<Path> existing(String spec) {
        try {
            return Optional.of(Path.of(spec)).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
