package dev.ablate.cli.terminal;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Outcome;
import dev.ablate.engine.train.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how an execution goes: a bar on a terminal, a line now and then elsewhere, and nothing at all while it is quick. */
public final class ProgressDisplay implements Progress, AutoCloseable {

    private static final long QUICK = Duration.ofMillis(700).toNanos();
    private static final long NOW_AND_THEN = Duration.ofSeconds(10).toNanos();
    private static final long WAITING = Duration.ofSeconds(30).toNanos();

    /** The bar counts thousandths of runs. */
    private static final long A_RUN = 1_000;

    private static final int WIDTH = 79;

    private final Console console;
    private final @Nullable PrintStream bars;
    private final boolean shown;
    private final int runs;
    private final long begun = System.nanoTime();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicLong lastLine = new AtomicLong(begun);
    private @Nullable ProgressBar bar;

    private final Console.Shown pause;

    private ProgressDisplay(Console console, @Nullable PrintStream bars, boolean shown, int runs) {
        this.console = console;
        this.bars = bars;
        this.shown = shown;
        this.runs = runs;
        this.pause = console.pause();
    }

    /** A display for so many runs. */
    public static ProgressDisplay of(Console console, Surroundings surroundings, int runs) {
        boolean shown = console.showsProgress();
        boolean bar = shown && console.messagesOnTerminal() && !console.verbose();
        return new ProgressDisplay(console, bar ? surroundings.err() : null, shown, runs);
    }

    @Override
    public void begins(PlannedRun run) {
        console.detail("run " + run.label() + " (" + run.key().brief() + ") begins");
    }

    @Override
    public void at(PlannedRun run, long update, long total) {
        long now = System.nanoTime();
        if (!shown || now - begun < QUICK) {
            return;
        }
        if (bars != null) {
            step(update == total ? 0 : A_RUN * update / total);
            return;
        }
        long last = lastLine.get();
        if (now - last > NOW_AND_THEN && lastLine.compareAndSet(last, now)) {
            console.report(ended.get() + " of " + Numbers.count(runs, "run") + " done; " + run.label() + " has made "
                    + Numbers.count(update) + " of " + Numbers.count(total, "update"));
        }
    }

    /** Elsewhere work takes hours, so a line every half a minute is enough. */
    @Override
    public void waits(Supplier<String> jobs) {
        long now = System.nanoTime();
        long last = lastLine.get();
        if (shown && bars == null && now - last > WAITING && lastLine.compareAndSet(last, now)) {
            console.report(ended.get() + " of " + Numbers.count(runs, "run") + " done; " + jobs.get());
        }
    }

    @Override
    public void ends(Outcome outcome) {
        ended.incrementAndGet();
        if (bars != null && System.nanoTime() - begun >= QUICK) {
            step(0);
        }
        String status = outcome.record().status() == RunStatus.FINISHED
                ? "finished"
                : outcome.record().error().orElse("interrupted");
        console.detail("run " + outcome.run().label() + (outcome.reused() ? " reused: " : ": ") + status + " after "
                + Numbers.count(outcome.record().updates(), "update"));
    }

    /** Takes the bar away. */
    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        pause.close();
    }

    /** With several runs at a time, the part of the one that reported last stands for all. */
    private synchronized void step(long part) {
        PrintStream stream = bars;
        if (stream == null) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("training")
                    .setUnit(" runs", A_RUN)
                    .setInitialMax(runs * A_RUN)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .clearDisplayOnFinish()
                    .setConsumer(new ConsoleProgressBarConsumer(stream, WIDTH))
                    .build();
        }
        bar.stepTo(Math.max(bar.getCurrent(), ended.get() * A_RUN + part));
    }
}
