package dev.ablate.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A line for a person who waits: what the program is doing, and for how long; nothing while it is quick, and gone when all is done.
 *
 * <p>Whoever prints something {@link #clear}s the line first; the next second shows it again.
 */
final class Working implements AutoCloseable {

    private static final long QUICK = Duration.ofSeconds(2).toNanos();

    /** No line of a terminal is shorter, and one that is broken cannot be taken away. */
    private static final int WIDTH = 79;

    private final PrintStream terminal;
    private final long begun;
    private String what;
    private int shown;
    private int paused;
    private @Nullable Thread ticking;

    /**
     * Shows nothing yet.
     *
     * @param what is being done: {@code reading results.csv}
     * @param now of {@link System#nanoTime}
     */
    Working(PrintStream terminal, String what, long now) {
        this.terminal = terminal;
        this.what = what;
        this.begun = now;
    }

    /** Shows it from now on. */
    void begin() {
        Thread thread = new Thread(this::goOn, "working");
        thread.setDaemon(true);
        ticking = thread;
        thread.start();
    }

    private void goOn() {
        try {
            while (true) {
                Thread.sleep(1_000);
                tick(System.nanoTime());
            }
        } catch (InterruptedException e) {
            // it was closed
        }
    }

    /** Says what is being done from now on. */
    synchronized void does(String other) {
        what = other;
    }

    /** Shows the line as it is at a time, if it is time for one. */
    synchronized void tick(long now) {
        if (now - begun < QUICK || paused > 0) {
            return;
        }
        String seconds = " ... " + Duration.ofNanos(now - begun).toSeconds() + " s";
        int room = WIDTH - seconds.length();
        String line = (what.length() > room ? what.substring(0, room) : what) + seconds;
        terminal.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        terminal.flush();
        shown = line.length();
    }

    /** Takes the line away. */
    synchronized void clear() {
        if (shown > 0) {
            terminal.print("\r" + " ".repeat(shown) + "\r");
            terminal.flush();
            shown = 0;
        }
    }

    /** Shows nothing while something else is shown there. */
    synchronized void pause() {
        clear();
        paused++;
    }

    /** Ends a pause. */
    synchronized void resume() {
        paused--;
    }

    @Override
    public void close() {
        if (ticking != null) {
            ticking.interrupt();
        }
        pause();
    }
}
