package dev.ablate.engine.launch;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.ablate.engine.runs.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a home remembers of an experiment whose runs were left with a launcher, so that any command can collect them.
 *
 * @param key {@link dev.ablate.engine.plan.Plan#key}
 * @param name the experiment's name
 * @param spec as a person named it
 * @param file its file, absolute
 * @param working the working directory, from which what was typed is relative
 * @param sets what was typed on top of it
 * @param seeds likewise
 * @param repeats likewise
 * @param launcher likewise
 * @param only the variants that were submitted; empty: all
 */
public record SubmissionNote(
        String key,
        String name,
        String spec,
        String file,
        String working,
        List<String> sets,
        @Nullable String seeds,
        @Nullable String repeats,
        @Nullable String launcher,
        List<String> only) {

    private static final Gson GSON = new Gson();
    private static final String FOLDER = "submitted";
    private static final String ENDING = ".json";

    /**
     * Writes it into a home.
     *
     * @throws UncheckedIOException if that is not possible
     */
    public void store(Path home) {
        Path folder = home.resolve(FOLDER);
        try {
            Home.create(folder);
            Path unfinished = Files.createTempFile(folder, "note-", ".unfinished");
            Files.writeString(unfinished, GSON.toJson(this));
            Files.move(unfinished, file(home, key), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("what was submitted cannot be noted in " + folder + ": " + e, e);
        }
    }

    /** Forgets that something was submitted; what cannot be removed is looked at once more the next time. */
    public static void remove(Path home, String key) {
        try {
            Files.deleteIfExists(file(home, key));
        } catch (IOException e) {
            file(home, key).toFile().deleteOnExit();
        }
    }

    private static Path file(Path home, String key) {
        return home.resolve(FOLDER).resolve(key + ENDING);
    }

    /** All of a home, by name. */
    public static List<SubmissionNote> all(Path home) {
        Path folder = home.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<SubmissionNote> notes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(ENDING))
                    .forEach(file -> read(file).ifPresent(notes::add));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read: " + e, e);
        }
        notes.sort(Comparator.comparing(SubmissionNote::name).thenComparing(SubmissionNote::key));
        return notes;
    }

    private static Optional<SubmissionNote> read(Path file) {
        try {
            return Optional.ofNullable(GSON.fromJson(Files.readString(file), SubmissionNote.class));
        } catch (IOException | JsonParseException e) {
            // another process has removed it, or it is of another version
            return Optional.empty();
        }
    }
}
