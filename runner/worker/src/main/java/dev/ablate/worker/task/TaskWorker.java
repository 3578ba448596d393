package dev.ablate.worker.task;

import dev.ablate.worker.catalog.Plugins;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.context.RunContexts;
import dev.ablate.worker.data.SharedData;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.train.AbandonedTrainers;
import dev.ablate.worker.train.Patience;
import dev.ablate.worker.train.RunProgress;
import dev.ablate.worker.train.RunWorker;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Trains the runs of tasks, and stores their results; it needs no home and no store of its own. One thread at a time.
 *
 * <p>A run that is ended from outside leaves its {@linkplain dev.ablate.core.training.Training#checkpoint checkpoint} in the exchange's
 * folder, where the next attempt at it goes on.
 */
final class TaskWorker {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final RunContexts contexts;
    private final Map<String, String> facts;
    private final int threads;
    private final Clock clock;
    private final Patience patience = new Patience(PATIENCE);
    private final AbandonedTrainers abandoned = new AbandonedTrainers();
    private final SharedData data = new SharedData();

    /**
     * A worker in this process.
     *
     * @param plugins what there is to choose from
     * @param environment the environment's variables
     * @param threads how many a trainer may use
     * @param clock gives the times of runs, which are kept to the millisecond
     */
    public TaskWorker(Plugins plugins, Map<String, String> environment, int threads, Clock clock) {
        this.contexts = new RunContexts(plugins, environment);
        this.facts = ThisProgram.facts(environment);
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Trains the run of a task and stores its result.
     *
     * @param cancelled ends the run at its next update, once it is true
     * @return what was stored
     * @throws dev.ablate.worker.exchange.ExchangeException if the task cannot be read, or its run cannot be trained here as it was
     *     submitted
     * @throws java.io.UncheckedIOException if the result cannot be stored
     */
    public RunResult work(Assignment task, AtomicBoolean cancelled) {
        RunSpec spec = task.spec();
        RunContext run = contexts.of(spec, task.inputs());
        Checkpoint checkpoint = task.checkpoint();
        ResultSink sink = new ResultSink(clock, checkpoint::make, checkpoint.before());
        ResumableSink resumable =
                new ResumableSink(sink, checkpoint, updates -> result(spec, sink, RunEnding.killed(updates)));
        RunEnding ending = new RunWorker(
                        run, data, resumable, threads, 0, RunProgress.NONE, cancelled, patience, abandoned)
                .train();
        RunResult made = result(spec, sink, ending);
        if (ending.status() == RunResult.Status.KILLED) {
            resumable.write();
        }
        task.store(made);
        if (ending.status() == RunResult.Status.FINISHED) {
            checkpoint.remove();
        }
        return made;
    }

    private RunResult result(RunSpec spec, ResultSink sink, RunEnding ending) {
        return sink.result(spec.key().hex(), spec.leaves(), ending, provenance(spec.provenance()), ending.log());
    }

    /** What the run was submitted with, as far as this process does not know better; what was left out there is left out here. */
    private Map<String, String> provenance(Map<String, String> submitted) {
        Map<String, String> values = new LinkedHashMap<>();
        submitted.forEach((name, value) -> values.put(name, facts.getOrDefault(name, value)));
        return values;
    }
}
