package dev.ablate.launchers.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a job is, as its driver notes it in the job's folder.
 *
 * @param executors how many there are
 * @param queued chunks that wait for an executor
 * @param running chunks that are trained
 * @param ended chunks of which nothing further comes
 */
record JobProgress(int executors, int queued, int running, int ended) {

    private static final String NAME = "progress";

    private static final Pattern TEXT =
            Pattern.compile("([0-9]+) executors, ([0-9]+) queued, ([0-9]+) running, ([0-9]+) ended\\s*");

    /** Whether something of it has begun. */
    boolean hasBegun() {
        return running + ended > 0;
    }

    /** Whether nothing of it is left. */
    boolean isOver() {
        return queued + running == 0;
    }

    /** Writes it, whole or not at all. */
    void write(Path folder) throws IOException {
        Path unfinished = folder.resolve(NAME + ".unfinished");
        Files.writeString(
                unfinished,
                executors + " executors, " + queued + " queued, " + running + " running, " + ended + " ended\n");
        Files.move(
                unfinished, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Empty until the driver has a connection to its master. */
    static Optional<JobProgress> read(Path folder) throws IOException {
        String text;
        try {
            text = Files.readString(folder.resolve(NAME));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new JobProgress(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(4))))
                : Optional.empty();
    }

    /** {@code 2 executors: 3 chunks run, 17 are queued, 5 have ended}. */
    String words() {
        List<String> words = new ArrayList<>();
        if (running > 0) {
            words.add(running == 1 ? "1 chunk runs" : running + " chunks run");
        }
        if (queued > 0) {
            words.add(queued == 1 ? "1 is queued" : queued + " are queued");
        }
        if (ended > 0) {
            words.add(ended == 1 ? "1 has ended" : ended + " have ended");
        }
        return (executors == 1 ? "1 executor: " : executors + " executors: ") + String.join(", ", words);
    }
}
