package dev.ablate.launchers.slurm;

import dev.ablate.core.launch.Chunks;
import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.launch.TaskFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Trains chunks of runs as the tasks of an array job. */
final class Slurm implements Launcher<SlurmOptions> {

    private static final int NAME_BYTES = 6;

    /** Slurm takes arrays of 1,001 unless its administrator says otherwise. */
    private static final int MOST_CHUNKS = 1_000;

    @Override
    public String submit(SlurmOptions options, List<TaskFile> tasks, Exchange exchange) throws IOException {
        String name = name(tasks, exchange);
        Optional<SlurmJob> there = find(name);
        if (there.isPresent()) {
            // whoever submitted it was ended before it could note the number
            return there.get().id();
        }
        List<List<TaskFile>> chunks = Chunks.of(tasks, options.chunk(), MOST_CHUNKS);
        JobScript script = JobScript.write(options, chunks, exchange);
        SlurmCommand.Answer answer = SlurmCommand.call(sbatch(options, name, chunks.size(), script, exchange));
        String[] parts = answer.out().strip().split(";", 2);
        if (answer.code() != 0 || !parts[0].matches("[0-9]+")) {
            throw new IOException(answer.reason());
        }
        return new SlurmJob(parts[0], parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(), name).id();
    }

    /** The same tasks give the same name, so that a job is found whose number nobody has. */
    private static String name(List<TaskFile> tasks, Exchange exchange) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(exchange.folder().toString().getBytes(StandardCharsets.UTF_8));
            tasks.forEach(task -> digest.update(("\n" + task.file() + task.alone()).getBytes(StandardCharsets.UTF_8)));
            return "ablate-" + HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Optional<SlurmJob> find(String name) throws IOException {
        SlurmCommand.Answer answer =
                SlurmCommand.call(List.of("squeue", "--noheader", "--me", "--name=" + name, "--format=%A %T"));
        if (answer.code() != 0) {
            throw new IOException(answer.reason());
        }
        return answer.out()
                .lines()
                .map(line -> line.strip().split(" ", 2))
                .filter(line -> line.length == 2 && !line[1].equals("COMPLETING"))
                .findFirst()
                .map(line -> new SlurmJob(line[0], Optional.empty(), name));
    }

    private static List<String> sbatch(
            SlurmOptions options, String name, int chunks, JobScript script, Exchange exchange) {
        String output = exchange.logs().resolve("slurm-%A_%a.out").toString();
        String logs = exchange.logs().toString();
        List<String> words = new ArrayList<>(List.of(
                "sbatch",
                "--parsable",
                "--job-name=" + name,
                "--array=0-" + (chunks - 1)
                        + options.atOnce().map(most -> "%" + most).orElse(""),
                "--nodes=1",
                "--ntasks=1",
                "--cpus-per-task=" + options.cpus(),
                "--requeue",
                "--open-mode=append",
                "--signal=B:USR1@" + TimeLimit.notice(options.limit()),
                "--chdir=" + exchange.folder(),
                "--output=" + logs.replace("%", "%%") + output.substring(logs.length())));
        options.partition().ifPresent(value -> words.add("--partition=" + value));
        options.limit().ifPresent(value -> words.add("--time=" + value.words()));
        options.memory().ifPresent(value -> words.add("--mem=" + value));
        options.gpus().ifPresent(value -> words.add("--gpus-per-node=" + value));
        options.account().ifPresent(value -> words.add("--account=" + value));
        options.qos().ifPresent(value -> words.add("--qos=" + value));
        options.constraint().ifPresent(value -> words.add("--constraint=" + value));
        words.addAll(options.extra());
        words.add(script.file().toString());
        return words;
    }

    @Override
    public JobState poll(SlurmOptions options, String job, Exchange exchange) throws IOException {
        Optional<SlurmJob> known = SlurmJob.of(job);
        if (known.isEmpty()) {
            return JobState.ENDED;
        }
        List<Part> parts = parts(known.get());
        if (parts.isEmpty()) {
            return JobState.ENDED;
        }
        return parts.stream().allMatch(Part::isQueued) ? JobState.QUEUED : JobState.RUNNING;
    }

    /**
     * An array task that has not ended.
     *
     * @param reason why it does not run, in Slurm's word
     */
    record Part(String state, String reason) {

        boolean isQueued() {
            return state.equals("PENDING");
        }
    }

    private static List<Part> parts(SlurmJob job) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("squeue", "--noheader", "--array", "--jobs=" + job.number(), "--format=%T %j %r"));
        words.addAll(job.onCluster());
        SlurmCommand.Answer answer = SlurmCommand.call(words);
        if (answer.code() != 0) {
            if (isUnknown(answer)) {
                return List.of();
            }
            throw new IOException(answer.reason());
        }
        return answer.out()
                .lines()
                .map(line -> line.strip().split(" ", 3))
                .filter(line -> line.length == 3 && line[1].equals(job.name()))
                .map(line -> new Part(line[0], line[2]))
                .toList();
    }

    private static boolean isUnknown(SlurmCommand.Answer answer) {
        return answer.err().contains("Invalid job id");
    }

    @Override
    public void cancel(SlurmOptions options, String job, Exchange exchange) throws IOException {
        Optional<SlurmJob> known = SlurmJob.of(job);
        if (known.isEmpty() || parts(known.get()).isEmpty()) {
            return;
        }
        List<String> words = Stream.of(
                        List.of("scancel", "--name=" + known.get().name()),
                        known.get().onCluster(),
                        List.of(known.get().number()))
                .flatMap(List::stream)
                .toList();
        SlurmCommand.Answer answer = SlurmCommand.call(words);
        if (answer.code() != 0 && !isUnknown(answer) && !answer.err().contains("already complet")) {
            throw new IOException(answer.reason());
        }
    }

    @Override
    public String describe(SlurmOptions options, String job, Exchange exchange) throws IOException {
        Optional<SlurmJob> known = SlurmJob.of(job);
        return known.isEmpty() ? job : JobWords.of(known.get(), parts(known.get()));
    }

    @Override
    public String log(SlurmOptions options, String job, Exchange exchange) throws IOException {
        Optional<SlurmJob> known = SlurmJob.of(job);
        if (known.isEmpty()) {
            return "";
        }
        Path logs = exchange.logs();
        String printed = JobLog.read(logs, known.get().number());
        return printed.isEmpty()
                ? "Slurm's job " + known.get().number() + " has written nothing to " + logs
                        + ": do its nodes see that folder? run.launcher.folder has to be on a file system that they share"
                : printed;
    }
}
