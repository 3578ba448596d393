package dev.ablate.launchers.slurm;

import dev.ablate.core.launch.TaskFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Divides tasks into chunks, each of which one array task trains. */
final class Chunks {

    /** An array task costs about a second before it trains. */
    private static final Duration WORTH_A_JOB = Duration.ofSeconds(30);

    /** So many array tasks for runs of which nobody knows how long they take. */
    private static final int OF_UNKNOWN = 100;

    /** Slurm takes arrays of 1,001 unless its administrator says otherwise. */
    private static final int MOST = 1_000;

    private Chunks() {}

    /** Each with at least one task, in their order; a task that goes alone is one, whatever the size. */
    static List<List<TaskFile>> of(List<TaskFile> tasks, ChunkSize size) {
        long together = tasks.stream().filter(task -> !task.alone()).count();
        long unknown = tasks.stream()
                .filter(task -> !task.alone() && task.expected().isEmpty())
                .count();
        long most = size.runs().isPresent() ? size.runs().getAsInt() : Long.MAX_VALUE;
        long nanos = size.runs().isPresent() ? Long.MAX_VALUE : WORTH_A_JOB.toNanos();
        long nanosOfUnknown = WORTH_A_JOB.toNanos() / Math.max(1, (unknown + OF_UNKNOWN - 1) / OF_UNKNOWN);
        List<List<TaskFile>> chunks = divide(tasks, most, nanos, nanosOfUnknown);
        if (chunks.size() > MOST) {
            long alone = tasks.size() - together;
            long room = Math.max(1, MOST - alone);
            return divide(tasks, (together + room - 1) / room, Long.MAX_VALUE, 0);
        }
        return chunks;
    }

    private static List<List<TaskFile>> divide(List<TaskFile> tasks, long most, long nanos, long nanosOfUnknown) {
        List<List<TaskFile>> chunks = new ArrayList<>();
        List<TaskFile> open = new ArrayList<>();
        long full = 0;
        for (TaskFile task : tasks) {
            if (task.alone()) {
                chunks.add(List.of(task));
                continue;
            }
            open.add(task);
            full += task.expected().map(Duration::toNanos).orElse(nanosOfUnknown);
            if (open.size() >= most || full >= nanos) {
                chunks.add(List.copyOf(open));
                open.clear();
                full = 0;
            }
        }
        if (!open.isEmpty()) {
            chunks.add(List.copyOf(open));
        }
        return chunks;
    }
}
