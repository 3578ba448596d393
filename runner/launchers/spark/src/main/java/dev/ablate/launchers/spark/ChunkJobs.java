package dev.ablate.launchers.spark;

import dev.ablate.launchers.spark.JobFile.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/** Has the chunks of a job trained, a job of Spark each, and stores the results of each as it ends. */
final class ChunkJobs {

    private static final long PAUSE_MILLIS = 50;

    /** Between two looks at files that others write or remove. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Spark kills an executor that has not ended a run within 60 s. */
    private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(75);

    private final JavaSparkContext spark;
    private final JobFile job;
    private final Path folder;
    private final PrintStream out;
    private final Shipment shipment;
    private final ResultStorage storage;
    private final Tally tally = new Tally();

    /** What is asked for and has not come, by the tasks. */
    private final Map<List<Task>, JavaFutureAction<List<byte[]>>> open = new LinkedHashMap<>();

    /** What waits for an executor: it is to have a whole one, and how large these are is known by them alone. */
    private final List<List<Task>> alone = new ArrayList<>();

    private int ended;
    private boolean ending;
    private JobProgress noted = new JobProgress(-1, 0, 0, 0);
    private long looked = System.nanoTime();

    ChunkJobs(JavaSparkContext spark, JobFile job, Path folder, PrintStream out) {
        this.spark = spark;
        this.job = job;
        this.folder = folder;
        this.out = out;
        this.shipment = new Shipment(spark, job);
        this.storage = new ResultStorage(job, out);
    }

    /**
     * Ends when each chunk has ended, or the job is to end before.
     *
     * @throws IOException if what trains cannot be read
     */
    void run() throws IOException {
        spark.sc().addSparkListener(tally);
        note();
        begin();
        while (!(open.isEmpty() && alone.isEmpty()) && !isToEnd()) {
            beginAlone();
            take();
            note();
            pause();
        }
        if (ending) {
            end();
        }
        note();
    }

    /** Asks for all chunks but those that go alone. */
    private void begin() throws IOException {
        for (List<Task> chunk : job.chunks()) {
            if (isToEnd()) {
                return;
            }
            if (chunk.get(0).alone() && !spark.isLocal()) {
                alone.add(chunk);
            } else {
                begin(chunk, UnaryOperator.identity());
            }
        }
    }

    /** Asks for those that go alone: what may end an executor must not end other runs with it. */
    private void beginAlone() throws IOException {
        if (alone.isEmpty() || tally.cores() == 0) {
            return;
        }
        ResourceProfile whole = new ResourceProfileBuilder()
                .require(new TaskResourceRequests().cpus(tally.cores()))
                .build();
        for (List<Task> chunk : alone) {
            begin(chunk, rows -> rows.withResources(whole));
        }
        alone.clear();
    }

    private void begin(List<Task> chunk, UnaryOperator<JavaRDD<byte[]>> resources) throws IOException {
        Map<Task, SentTask> sent = sent(chunk);
        if (sent.isEmpty()) {
            ended++;
        } else {
            open.put(
                    List.copyOf(sent.keySet()),
                    resources
                            .apply(spark.parallelize(List.of(0), 1)
                                    .map(new ChunkFunction(shipment.code(), List.copyOf(sent.values()))))
                            .collectAsync());
        }
        take();
        note();
    }

    /** Leaves those out that have a result of an earlier driver, are not needed any more, or cannot be sent. */
    private Map<Task, SentTask> sent(List<Task> chunk) {
        Map<Task, SentTask> sent = new LinkedHashMap<>();
        for (Task task : chunk) {
            if (Files.exists(job.file(task.result())) || !job.needs(task)) {
                continue;
            }
            try {
                sent.put(task, shipment.task(task));
            } catch (IOException e) {
                out.println("run " + task.name() + " cannot be sent: " + e);
            }
        }
        return sent;
    }

    /** Looks at what others want of the job, now and then. */
    private boolean isToEnd() {
        if (!ending && System.nanoTime() - looked > LOOK_NANOS) {
            looked = System.nanoTime();
            if (Files.exists(folder.resolve(SparkDriver.CANCEL)) || Files.notExists(folder)) {
                ending = true;
            } else if (tally.idleNanos() > TimeUnit.MILLISECONDS.toNanos(job.patience())) {
                out.println(
                        "nothing has run for " + job.patience() / 1000 + " s, with " + tally.executors()
                                + " executors: ask for fewer run.launcher.cores or less memory, or have more run.launcher.patience");
                ending = true;
            }
            open.forEach((tasks, future) -> {
                if (tasks.stream().noneMatch(job::needs)) {
                    future.cancel(true);
                }
            });
        }
        return ending;
    }

    /** Ends what runs, and waits for that. */
    private void end() {
        spark.cancelAllJobs();
        long until = System.nanoTime() + ENDING_NANOS;
        do {
            // what has begun just before is known a little later
            pause();
        } while ((tally.running() > 0 || open.values().stream().anyMatch(future -> !future.isDone()))
                && System.nanoTime() < until);
        take();
    }

    /** Stores what has come. */
    private void take() {
        for (Iterator<Map.Entry<List<Task>, JavaFutureAction<List<byte[]>>>> each =
                        open.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<List<Task>, JavaFutureAction<List<byte[]>>> chunk = each.next();
            if (chunk.getValue().isDone()) {
                each.remove();
                ended++;
                take(chunk.getKey(), chunk.getValue());
            }
        }
    }

    private void take(List<Task> tasks, JavaFutureAction<List<byte[]>> chunk) {
        try {
            ChunkResult result = ChunkResult.of(chunk.get().get(0));
            storage.store(tasks, result);
        } catch (ExecutionException | IOException e) {
            String reason =
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
            if (!ending) {
                tasks.forEach(task -> out.println("run " + task.name() + " is lost: "
                        + reason.lines().findFirst().orElse("")));
            }
        } catch (CancellationException e) {
            // nobody needs it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where that is not possible now, as the disk is full, it is done later. */
    private void note() {
        int running = Math.min(tally.running(), open.size());
        JobProgress now = new JobProgress(tally.executors(), job.chunks().size() - ended - running, running, ended);
        if (!now.equals(noted)) {
            try {
                now.write(folder);
                noted = now;
            } catch (IOException e) {
                // whoever looks sees what was noted before
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
