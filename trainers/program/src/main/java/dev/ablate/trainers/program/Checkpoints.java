package dev.ablate.trainers.program;

import dev.ablate.core.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What outlives an attempt at a run: the program's own folder to go on from, and beside it what attempts have reported.
 *
 * <p>Whoever is killed, nothing of a report that was written here is lost.
 */
final class Checkpoints {

    private final Path folder;

    /** How many attempts there were before this one that have left something to go on from; 0: it begins from its start. */
    private final int resumed;

    Checkpoints(Training training) {
        this.folder = training.checkpoint();
        try {
            endOther();
            Files.createDirectories(files());
            boolean goesOn;
            try (Stream<Path> left = Files.list(files())) {
                goesOn = left.findAny().isPresent();
            }
            if (!goesOn) {
                // what was reported is of no use without what was learned
                for (Path file : List.of(starts(), reported(), reports())) {
                    Files.deleteIfExists(file);
                }
            }
            this.resumed = Files.exists(starts())
                    ? Integer.parseInt(Files.readString(starts()).strip())
                    : 0;
            replace(starts(), Integer.toString(resumed + 1));
            cut(reports());
            cut(reported());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name of the run that all attempts at it share. */
    String name() {
        return String.valueOf(folder.getFileName());
    }

    int resumed() {
        return resumed;
    }

    /** The program's own: empty for the first attempt. */
    Path files() {
        return folder.resolve("files");
    }

    /** What the program appends its reports to. */
    Path reports() {
        return folder.resolve("report.jsonl");
    }

    /** What was taken of it, and of what was printed. */
    Path reported() {
        return folder.resolve("reported.jsonl");
    }

    private Path starts() {
        return folder.resolve("starts");
    }

    private Path process() {
        return folder.resolve("process");
    }

    /** Remembers who works here, for whoever comes after an attempt that could not end it. */
    void belongsTo(Process program) throws IOException {
        replace(process(), program.pid() + " " + started(program.toHandle()));
    }

    /** Ends what an earlier attempt has left running: two at a time would spoil each other's files. */
    private void endOther() throws IOException {
        if (!Files.exists(process())) {
            return;
        }
        String[] parts = Files.readString(process()).strip().split(" ", 2);
        Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> parts.length == 2 && started(process).equals(parts[1]));
        if (left.isPresent()) {
            ProcessGroup.of(left.get()).end();
        }
        Files.delete(process());
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    private static void replace(Path file, String text) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, text);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Cuts off a line that was begun when its writer was killed. */
    private static void cut(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            long end = channel.size();
            while (end > 0 && channel.read(one.clear(), end - 1) == 1 && one.get(0) != '\n') {
                end--;
            }
            channel.truncate(end);
        }
    }

    /** The lines that earlier attempts have left in a file. */
    static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
