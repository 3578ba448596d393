package dev.ablate.worker.train;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Model;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.data.SharedData;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunSink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains one run, from its data to how it ended; where that is written down is for others to say. */
public final class RunWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    private final RunContext run;
    private final SharedData shared;
    private final RunSink sink;
    private final int threads;
    private final int slot;
    private final Recorder recorder;
    private final RunProgress progress;
    private final AtomicBoolean cancelled;
    private final Patience patience;
    private final AbandonedTrainers abandoned;

    /**
     * A worker for one run.
     *
     * @param shared the data of runs that are trained beside it
     * @param sink gets what comes of it
     * @param threads how many its trainer may use
     * @param slot which of the runs that are trained at a time it is, from 0
     * @param cancelled ends the run at its next update, once it is true
     * @param patience how long a run with a time limit is waited for
     * @param abandoned which trainers are still occupied by runs that could not be ended; one for a process
     */
    public RunWorker(
            RunContext run,
            SharedData shared,
            RunSink sink,
            int threads,
            int slot,
            RunProgress progress,
            AtomicBoolean cancelled,
            Patience patience,
            AbandonedTrainers abandoned) {
        this.run = run;
        this.shared = shared;
        this.sink = sink;
        this.threads = threads;
        this.slot = slot;
        this.progress = progress;
        this.recorder = new Recorder(run, sink::points, progress);
        this.cancelled = cancelled;
        this.patience = patience;
        this.abandoned = abandoned;
    }

    /**
     * Trains; whatever the trainer does, the run ends and the program goes on.
     *
     * @throws RuntimeException if what comes of it cannot be written down, or for a mistake in the program
     */
    public RunEnding train() {
        try {
            progress.begins();
            RunData data = shared.of(run);
            sink.rows(data.train().size(), data.test().map(Examples::size).orElse(0));
            KeptFiles files = new KeptFiles(run, data);
            data.described().begin();
            RunTraining training;
            Learned learned;
            try {
                abandoned.requireFree(run);
                training = new RunTraining(run, data, threads, slot, recorder, RunFolder.of(sink), cancelled);
                learned = run.timeout().isPresent()
                        ? learned(training, run.timeout().get())
                        : learned(training);
            } finally {
                files.keepData(sink);
            }
            files.keepModel(sink, learned.layers(), learned.written());
            return RunEnding.finished(
                    training.deterministic(),
                    training.best().update(training.lastUpdate()),
                    training.stopped(),
                    learned.parameters());
        } catch (RunFailure e) {
            LOG.debug("run {}", run.label(), e);
            return RunEnding.failed(String.valueOf(e.getMessage()), e.deterministic(), recorder.recorded(), trace(e));
        } catch (RunTraining.Cancelled e) {
            return RunEnding.killed(recorder.recorded());
        }
    }

    /** Where what ended the run was thrown; what it throws itself when it is asked is not worth another failure. */
    private static String trace(RunFailure failure) {
        Throwable cause = failure.getCause();
        if (cause == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        try {
            cause.printStackTrace(new PrintWriter(text));
        } catch (RuntimeException e) {
            text.append(e.getClass().getName());
        }
        return text.toString();
    }

    /** The last update that was recorded; 0 if none was. */
    public long recorded() {
        return recorder.recorded();
    }

    /** Trains on this thread. */
    private Learned learned(RunTraining training) {
        try {
            Model model = run.trainer().train(training);
            training.requireComplete();
            Optional<Learned> best = training.best().model();
            return best.isPresent()
                    ? best.get()
                    : Learned.from(
                            model, run.features().size(), run.dataset().schema().outputs());
        } catch (RuntimeException | Error e) {
            RuntimeException verdict = training.verdict();
            throw verdict != null ? verdict : RunFailure.thrown(run.trainer(), training.lastUpdate(), e);
        } finally {
            // an interrupt that an abandoned trainer set must not reach what this thread does next
            Thread.interrupted();
        }
    }

    /**
     * Trains on a thread of its own, which is interrupted when the time is over. Nothing ends a thread that does not listen:
     * it is abandoned, its run has failed, and others go on.
     */
    private Learned learned(RunTraining training, Duration limit) {
        abandoned.enter(run);
        FutureTask<Learned> task = new FutureTask<>(() -> {
            try {
                return learned(training);
            } finally {
                abandoned.leave(run);
            }
        });
        Thread thread = new Thread(task, "train-" + run.label());
        // what is abandoned keeps no program alive
        thread.setDaemon(true);
        thread.start();
        try {
            return patience.withinLimit(run, task, limit);
        } catch (TimeoutException e) {
            training.exceed(limit);
            thread.interrupt();
        }
        try {
            patience.onceInterrupted(task);
        } catch (TimeoutException e) {
            recorder.close();
            throw RunFailure.timedOut(
                    limit,
                    recorder.recorded(),
                    recorder.total(),
                    ", and " + run.trainer().called() + " did not end when it was interrupted");
        } catch (RunFailure e) {
            // it ended because of the interrupt, or in spite of it
            LOG.debug("run {}", run.label(), e);
        }
        throw training.timeOut(limit);
    }
}
