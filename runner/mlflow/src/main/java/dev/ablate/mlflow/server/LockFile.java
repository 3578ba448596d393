package dev.ablate.mlflow.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A lock that processes and threads respect; it is given back when the work is done, or its process dies. The file says which process
 * holds it.
 */
final class LockFile {

    private final Path file;
    private final Duration patience;

    /**
     * Touches nothing yet.
     *
     * @param patience how long to wait for somebody else's work
     */
    LockFile(Path file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    /** What is done while holding the lock. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, InterruptedException, LocalServerException;
    }

    /**
     * Waits for the lock and works.
     *
     * @param doing what somebody else who has it is doing, for the words that say what is waited for
     * @param progress hears of it
     * @throws IOException if the file cannot be written
     * @throws LocalServerException if patience has ended, or who has it was stopped
     */
    <T> T holding(String doing, Consumer<String> progress, Work<T> work)
            throws IOException, InterruptedException, LocalServerException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!locks(channel)) {
                await(channel, doing, progress);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + " " + ServerRecord.here() + "\n")
                    .getBytes(StandardCharsets.UTF_8)));
            return work.run();
        }
    }

    private void await(FileChannel channel, String doing, Consumer<String> progress)
            throws IOException, InterruptedException, LocalServerException {
        Optional<Holder> first = holder();
        String other = "another ablate"
                + first.map(holder -> " (" + holder.words() + ")").orElse("");
        progress.accept(other + " is " + doing + "; waiting for it");
        Waiting waiting = new Waiting(other, "", patience, progress);
        while (!locks(channel)) {
            List<ProcessHandle> holder =
                    holder().flatMap(Holder::process).stream().toList();
            Optional<String> given = waiting.on(holder);
            if (given.isPresent()) {
                throw new LocalServerException(other + " is " + doing + ", and " + given.get() + ". "
                        + (holder.isEmpty()
                                ? "End it"
                                : "To end it: kill -9 " + holder.get(0).pid())
                        + "; then try again");
            }
        }
    }

    /** Who has it: a number alone names no process where several hosts see the file. */
    private record Holder(long pid, String host) {

        private boolean isHere() {
            return host.isEmpty() || host.equals(ServerRecord.here());
        }

        String words() {
            return "process " + pid + (isHere() ? "" : " on host " + host);
        }

        Optional<ProcessHandle> process() {
            return isHere() ? ProcessHandle.of(pid) : Optional.empty();
        }
    }

    /** Who has it, where that can be read (not on Windows) and it still runs, as far as this host can see. */
    private Optional<Holder> holder() {
        try {
            String[] words =
                    Files.readString(file, StandardCharsets.UTF_8).strip().split(" ", 2);
            return Optional.of(new Holder(Long.parseLong(words[0]), words.length > 1 ? words[1] : ""))
                    .filter(holder -> !holder.isHere()
                            || (holder.pid() != ProcessHandle.current().pid()
                                    && holder.process().isPresent()));
        } catch (IOException | NumberFormatException unknown) {
            return Optional.empty();
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException anotherThread) {
            return false;
        }
    }
}
