package dev.ablate.launchers.slurm;

import dev.ablate.launchers.slurm.Slurm.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How far a job is, for a person. */
final class JobWords {

    private JobWords() {}

    /** {@code 4711, 3 array tasks run, 17 are queued (Priority)}. */
    static String of(SlurmJob job, List<Part> parts) {
        List<String> words = new ArrayList<>(List.of(job.number()));
        long queued = parts.stream().filter(Part::isQueued).count();
        long running = parts.size() - queued;
        if (running > 0) {
            words.add(running == 1 ? "1 array task runs" : running + " array tasks run");
        }
        if (queued > 0) {
            String why = parts.stream()
                    .filter(Part::isQueued)
                    .map(Part::reason)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            words.add((queued == 1 ? "1 is" : queued + " are") + " queued (" + why + ")");
        }
        if (parts.isEmpty()) {
            words.add("has ended");
        }
        return String.join(", ", words);
    }
}
