package dev.ablate.launchers.spark;

import dev.ablate.core.launch.Chunks;
import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.launch.TaskFunction;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Trains chunks of runs as the jobs of a Spark application.
 *
 * <p>Its driver is a process of this machine, which goes on when the program ends. Executors need not see the exchange's folder: the
 * driver sends them what they need and stores what they give back.
 */
final class Spark implements Launcher<SparkOptions> {

    private static final int NAME_BYTES = 6;

    /** A driver of Spark's own size has no trouble with so many jobs at a time. */
    private static final int MOST_CHUNKS = 1_000;

    @Override
    public String submit(SparkOptions options, List<TaskFile> tasks, Exchange exchange) throws IOException {
        Path home = SparkHome.find(options.home(), System.getenv());
        Path logs = exchange.logs();
        String name = name(tasks, exchange);
        Optional<SparkJob> there = SparkJob.alive(logs, name);
        if (there.isPresent()) {
            // whoever submitted it was ended before it could note the id
            return there.get().id();
        }
        List<List<TaskFile>> chunks = Chunks.of(tasks, options.chunk(), MOST_CHUNKS);
        Path folder = SparkJob.newFolder(logs, name);
        job(chunks, options, exchange).write(folder);
        try (InputStream log = Objects.requireNonNull(Spark.class.getResourceAsStream("log4j2.properties"))) {
            Files.copy(log, folder.resolve("log4j2.properties"));
        }
        return start(options, home, folder).id();
    }

    /** The same tasks give the same name, so that a job is found whose id nobody has. */
    private static String name(List<TaskFile> tasks, Exchange exchange) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(exchange.folder().toString().getBytes(StandardCharsets.UTF_8));
            tasks.forEach(task -> digest.update(("\n" + task.file() + task.alone()).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static JobFile job(List<List<TaskFile>> chunks, SparkOptions options, Exchange exchange)
            throws IOException {
        TaskFunction function =
                exchange.function(chunks.stream().flatMap(List::stream).toList());
        List<List<JobFile.Task>> tasks = new ArrayList<>();
        for (List<TaskFile> chunk : chunks) {
            List<JobFile.Task> of = new ArrayList<>();
            for (TaskFile task : chunk) {
                Path result = exchange.folder().relativize(task.result());
                of.add(new JobFile.Task(task.name(), result.toString(), texts(exchange.files(task)), task.alone()));
            }
            tasks.add(of);
        }
        return new JobFile(
                exchange.folder().toString(),
                texts(function.classPath()),
                function.className(),
                TaskFunction.METHOD,
                texts(function.plugins()),
                options.waiting().toMillis(),
                tasks);
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    private static SparkJob start(SparkOptions options, Path home, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(SubmitCommand.words(options, home, folder, ThinJar.into(folder)))
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(JobLog.OF_SPARK).toFile());
        SubmitCommand.complete(builder.environment(), options.master(), home, folder);
        return SparkJob.started(builder.start(), folder);
    }

    @Override
    public JobState poll(SparkOptions options, String id, Exchange exchange) throws IOException {
        Optional<SparkJob> job = SparkJob.of(id);
        if (job.isEmpty() || hasEnded(job.get(), exchange)) {
            return JobState.ENDED;
        }
        return progress(job.get(), exchange).filter(JobProgress::hasBegun).isPresent()
                ? JobState.RUNNING
                : JobState.QUEUED;
    }

    private static Path folder(SparkJob job, Exchange exchange) {
        return exchange.logs().resolve(job.folder());
    }

    private static Optional<JobProgress> progress(SparkJob job, Exchange exchange) throws IOException {
        return JobProgress.read(folder(job, exchange));
    }

    private static boolean hasEnded(SparkJob job, Exchange exchange) throws IOException {
        if (job.isHere()) {
            return !job.isAlive();
        }
        if (Files.notExists(folder(job, exchange))
                || progress(job, exchange).filter(JobProgress::isOver).isPresent()) {
            return true;
        }
        throw new IOException(elsewhere(job, exchange));
    }

    private static String elsewhere(SparkJob job, Exchange exchange) {
        return job.pid() + " on " + job.host() + ", which alone can say more: if that machine is gone, remove "
                + folder(job, exchange);
    }

    @Override
    public void cancel(SparkOptions options, String id, Exchange exchange) throws IOException {
        Optional<SparkJob> job = SparkJob.of(id);
        if (job.isEmpty() || (job.get().isHere() && !job.get().isAlive())) {
            return;
        }
        Path folder = folder(job.get(), exchange);
        if (Files.isDirectory(folder)) {
            Files.writeString(folder.resolve(SparkDriver.CANCEL), "");
        }
        if (job.get().isHere() && JobProgress.read(folder).isEmpty()) {
            // it may wait for its master, and has sent nothing to anyone
            ProcessHandle.of(job.get().pid()).ifPresent(ProcessHandle::destroy);
        }
    }

    @Override
    public String describe(SparkOptions options, String id, Exchange exchange) throws IOException {
        Optional<SparkJob> job = SparkJob.of(id);
        if (job.isEmpty()) {
            return id;
        }
        boolean ended;
        try {
            ended = hasEnded(job.get(), exchange);
        } catch (IOException e) {
            return elsewhere(job.get(), exchange);
        }
        String how = ended
                ? "has ended"
                : progress(job.get(), exchange).map(JobProgress::words).orElse("starts");
        return job.get().pid() + " on " + job.get().host() + ", " + how;
    }

    @Override
    public String log(SparkOptions options, String id, Exchange exchange) throws IOException {
        Optional<SparkJob> job = SparkJob.of(id);
        return job.isPresent() ? JobLog.read(folder(job.get(), exchange)) : "";
    }
}
