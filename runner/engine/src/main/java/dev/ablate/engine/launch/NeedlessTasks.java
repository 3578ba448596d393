package dev.ablate.engine.launch;

import dev.ablate.engine.plan.PlannedRun;
import java.time.Duration;
import java.util.List;

/** Takes tasks away that were submitted in case they are needed, and ends jobs that have no others. */
final class NeedlessTasks {

    /** How long such jobs are waited for. */
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final Jobs jobs;
    private final Pace pace;

    NeedlessTasks(Jobs jobs, Pace pace) {
        this.jobs = jobs;
        this.pace = pace;
    }

    void drop(List<PlannedRun> runs) {
        List<PlannedRun> given =
                runs.stream().filter(run -> jobs.attempts(run.key()) > 0).toList();
        given.forEach(jobs.folder()::drop);
        List<Job.Stored> left = jobs.needless();
        if (left.isEmpty()) {
            return;
        }
        left.forEach(jobs::cancel);
        long until = System.nanoTime() + ENDING.toNanos();
        boolean ended = false;
        while (!ended && System.nanoTime() < until && pace.pauses()) {
            ended = left.stream().allMatch(jobs::look);
        }
        // a worker that ends may have written meanwhile
        given.forEach(jobs.folder()::drop);
    }
}
