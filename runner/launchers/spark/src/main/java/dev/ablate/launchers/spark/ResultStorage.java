package dev.ablate.launchers.spark;

import dev.ablate.launchers.spark.JobFile.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stores results where they belong, several at a time: a disk that is to keep them takes as long for a few as for one. */
final class ResultStorage {

    private static final int AT_A_TIME = 4;

    private final JobFile job;
    private final PrintStream out;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, work -> {
        Thread thread = new Thread(work, "ablate-results");
        thread.setDaemon(true);
        return thread;
    });

    ResultStorage(JobFile job, PrintStream out) {
        this.job = job;
        this.out = out;
    }

    /** Stores the results of tasks, as far as anybody wants them; it returns once that is done. */
    void store(List<Task> tasks, ChunkResult result) throws InterruptedException {
        List<Callable<Void>> work = new ArrayList<>();
        for (int k = 0; k < tasks.size(); k++) {
            Task task = tasks.get(k);
            byte[] bytes = result.results().get(k);
            work.add(() -> {
                store(task, bytes, result.failure());
                return null;
            });
        }
        threads.invokeAll(work);
    }

    private void store(Task task, byte[] result, String failure) {
        if (result.length == 0) {
            if (!failure.isEmpty()) {
                out.println("run " + task.name() + " has no result: " + failure);
            }
        } else if (job.needs(task)) {
            try {
                store(result, job.file(task.result()));
            } catch (IOException | RuntimeException e) {
                // nobody hears what is thrown here
                out.println("the result of run " + task.name() + " cannot be stored: " + e);
            }
        }
    }

    /** Whole or not at all. */
    private static void store(byte[] result, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (FileChannel out = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(result);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }
}
