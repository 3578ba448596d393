package dev.ablate.core.launch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Divides tasks into chunks, each of which one part of a job trains. */
public final class Chunks {

    /** A part of a job costs about a second before it trains. */
    private static final Duration WORTH_A_JOB = Duration.ofSeconds(30);

    /** So many chunks for runs of which nobody knows how long they take. */
    private static final int OF_UNKNOWN = 100;

    private Chunks() {}

    /**
     * Each with at least one task, in their order; a task that goes alone is one, whatever the size.
     *
     * @param most at most so many chunks, unless more tasks go alone
     */
    public static List<List<TaskFile>> of(List<TaskFile> tasks, ChunkSize size, int most) {
        long together = tasks.stream().filter(task -> !task.alone()).count();
        long unknown = tasks.stream()
                .filter(task -> !task.alone() && task.expected().isEmpty())
                .count();
        long runs = size.runs().isPresent() ? size.runs().getAsInt() : Long.MAX_VALUE;
        long nanos = size.runs().isPresent() ? Long.MAX_VALUE : WORTH_A_JOB.toNanos();
        long nanosOfUnknown = WORTH_A_JOB.toNanos() / Math.max(1, (unknown + OF_UNKNOWN - 1) / OF_UNKNOWN);
        List<List<TaskFile>> chunks = divide(tasks, runs, nanos, nanosOfUnknown);
        if (chunks.size() > most) {
            long alone = tasks.size() - together;
            long room = Math.max(1, most - alone);
            return divide(tasks, (together + room - 1) / room, Long.MAX_VALUE, 0);
        }
        return chunks;
    }

    private static List<List<TaskFile>> divide(List<TaskFile> tasks, long runs, long nanos, long nanosOfUnknown) {
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
            if (open.size() >= runs || full >= nanos) {
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
