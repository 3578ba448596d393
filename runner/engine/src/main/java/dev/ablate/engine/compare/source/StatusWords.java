package dev.ablate.engine.compare.source;

import dev.ablate.engine.runs.RunStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What other programs call the state of a run: trackers, Slurm, Optuna and plain English.
 *
 * <p>A run that failed by itself has failed: by an error, out of memory, or out of time. One that was stopped from outside, by a person, a
 * scheduler or a pruner, is not known to be bad.
 */
final class StatusWords {

    private static final Map<RunStatus, Set<String>> WORDS = Map.of(
            RunStatus.FINISHED,
            Set.of("finished", "complete", "completed", "success", "successful", "succeeded", "done", "ok", "passed"),
            RunStatus.FAILED,
            Set.of(
                    "failed",
                    "fail",
                    "failure",
                    "error",
                    "errored",
                    "crashed",
                    "crash",
                    "diverged",
                    "timeout",
                    "timed out",
                    "out of memory",
                    "oom"),
            RunStatus.KILLED,
            Set.of(
                    "killed",
                    "interrupted",
                    "stopped",
                    "aborted",
                    "canceled",
                    "cancelled",
                    "preempted",
                    "preempting",
                    "node fail",
                    "pruned",
                    "skipped"),
            RunStatus.RUNNING,
            Set.of("running", "unfinished"),
            RunStatus.QUEUED,
            Set.of("queued", "scheduled", "pending", "waiting", "created", "submitted"));

    private StatusWords() {}

    /** The column that says what became of a run, in whatever case: {@code status}, else {@code state}. */
    static Optional<String> column(List<String> columns) {
        return Stream.of("status", "state")
                .flatMap(name -> columns.stream().filter(name::equalsIgnoreCase))
                .findFirst();
    }

    /** Empty if the word is not known. Case does not matter, nor whether words are joined by a space, {@code _} or {@code -}. */
    static Optional<RunStatus> read(String text) {
        String word = text.toLowerCase(Locale.ROOT).replaceAll("[ _-]+", " ");
        return WORDS.entrySet().stream()
                .filter(entry -> entry.getValue().contains(word))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
