package dev.ablate.engine.launch;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
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

/**
 * What was handed to a launcher at once, as its exchange remembers it.
 *
 * @param launcher the launcher's name
 * @param id what the launcher calls it
 * @param keys the runs, as hex digits
 */
record Job(String launcher, String id, List<String> keys) {

    private static final Gson GSON = new Gson();
    private static final String ENDING = ".json";

    /** A job with the file in which it stands. */
    record Stored(Path file, Job job) {

        /** The same without a run, also in its file. */
        Stored without(String key) {
            Job less = new Job(
                    job.launcher,
                    job.id,
                    job.keys.stream().filter(other -> !other.equals(key)).toList());
            try {
                Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
                Files.writeString(unfinished, GSON.toJson(less));
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException("job " + job.id + " cannot be noted in " + file + ": " + e, e);
            }
            return new Stored(file, less);
        }
    }

    /** Writes it into a folder, whole or not at all. */
    Stored store(Path folder) {
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, "job-", ".unfinished");
            Files.writeString(unfinished, GSON.toJson(this));
            Path file = folder.resolve(String.valueOf(unfinished.getFileName()).replace(".unfinished", ENDING));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return new Stored(file, this);
        } catch (IOException e) {
            throw new UncheckedIOException("job " + id + " cannot be noted in " + folder + ": " + e, e);
        }
    }

    /** All in a folder, the oldest first. */
    static List<Stored> all(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Stored> jobs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted(Comparator.comparing(Job::modified).thenComparing(Comparator.naturalOrder()))
                    .forEach(file -> read(file).ifPresent(job -> jobs.add(new Stored(file, job))));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read: " + e, e);
        }
        return jobs;
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Empty if another process has removed it. */
    private static Optional<Job> read(Path file) {
        try {
            return Optional.ofNullable(GSON.fromJson(Files.readString(file), Job.class));
        } catch (IOException e) {
            return Optional.empty();
        } catch (JsonParseException e) {
            throw new UncheckedIOException(new IOException(file + " is not a job: " + e.getMessage(), e));
        }
    }
}
