package dev.ablate.engine.kinds;

import dev.ablate.core.launch.ChunkSize;
import dev.ablate.core.launch.Chunks;
import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.launch.TaskFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Processes of this machine, which outlive the one that starts them: {@code processes-7.log 4711@1767225600000 4712@1767225600010}
 * is a job of two, each by its number and when it began, with the file of what they print.
 */
final class Processes implements Launcher<ProcessesOptions> {

    private static final Pattern PROCESS = Pattern.compile("([0-9]{1,10})@([0-9]{1,18})");

    private static final Pattern LOG = Pattern.compile("processes-[0-9]+\\.log");

    /** When a process began is computed from when the machine did, which changes with its clock. */
    private static final long SAME_MILLIS = 2_000;

    /** While there is such a file beside the exchange's folder, nobody says how far a job is. */
    private static final String BUSY = "busy";

    private static final int LAST_LINES = 100;

    @Override
    public String submit(ProcessesOptions options, List<TaskFile> tasks, Exchange exchange) throws IOException {
        Path log = Files.createTempFile(exchange.logs(), "processes-", ".log");
        List<ProcessHandle> started = new ArrayList<>();
        try {
            for (List<TaskFile> part : parts(tasks, options.atOnce())) {
                started.add(new ProcessBuilder(exchange.command(part))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start()
                        .toHandle());
            }
        } catch (IOException e) {
            started.forEach(ProcessHandle::destroy);
            throw e;
        }
        return Stream.concat(
                        Stream.of(String.valueOf(log.getFileName())),
                        started.stream().map(process -> process.pid() + "@" + begin(process)))
                .reduce((left, right) -> left + " " + right)
                .orElseThrow();
    }

    /** Not more than a count, unless more tasks go alone. */
    private static List<List<TaskFile>> parts(List<TaskFile> tasks, int count) {
        return Chunks.of(tasks, new ChunkSize(OptionalInt.of((tasks.size() + count - 1) / count)), count);
    }

    @Override
    public JobState poll(ProcessesOptions options, String job, Exchange exchange) throws IOException {
        if (Files.exists(exchange.folder().resolveSibling(BUSY))) {
            throw new IOException("it is busy, and does not answer");
        }
        return running(job).isEmpty() ? JobState.ENDED : JobState.RUNNING;
    }

    @Override
    public void cancel(ProcessesOptions options, String job, Exchange exchange) {
        running(job).forEach(ProcessHandle::destroy);
    }

    @Override
    public String log(ProcessesOptions options, String job, Exchange exchange) throws IOException {
        String name = job.split(" ", 2)[0];
        Path log = exchange.logs().resolve(name);
        if (!LOG.matcher(name).matches() || Files.notExists(log)) {
            return "";
        }
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static List<ProcessHandle> running(String job) {
        return Stream.of(job.split(" ", -1))
                .flatMap(word -> process(word).stream())
                .toList();
    }

    /** A number is given to another process after a while. */
    private static Optional<ProcessHandle> process(String word) {
        Matcher named = PROCESS.matcher(word);
        if (!named.matches()) {
            return Optional.empty();
        }
        long begin = Long.parseLong(named.group(2));
        return ProcessHandle.of(Long.parseLong(named.group(1)))
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(begin(process) - begin) < SAME_MILLIS);
    }

    /** 0 if the system does not say. */
    private static long begin(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
