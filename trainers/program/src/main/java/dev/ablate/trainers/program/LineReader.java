package dev.ablate.trainers.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads lines on a thread of its own, so that whoever takes them can look at other things meanwhile. */
final class LineReader {

    /** What is longer is cut into several lines. */
    private static final int MOST_CHARACTERS = 16_384;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(1_000);
    private volatile boolean ended;

    LineReader(InputStream in) {
        Thread thread = new Thread(() -> read(in), "program-output");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(InputStream in) {
        StringBuilder line = new StringBuilder();
        try (Reader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                // a bar of progress returns to the start of its line
                boolean ends = next == '\n' || next == '\r';
                if (!ends) {
                    line.append((char) next);
                }
                if ((ends && line.length() > 0) || line.length() == MOST_CHARACTERS) {
                    lines.put(line.toString());
                    line.setLength(0);
                }
            }
            if (line.length() > 0) {
                lines.put(line.toString());
            }
        } catch (IOException | InterruptedException e) {
            // the process was ended: what it printed before is there
            line.setLength(0);
        } finally {
            ended = true;
        }
    }

    /** The next line; empty if none comes within a time. */
    Optional<String> next(long millis) throws InterruptedException {
        return Optional.ofNullable(lines.poll(millis, TimeUnit.MILLISECONDS));
    }

    /** Whether no line follows. */
    boolean hasEnded() {
        return ended && lines.isEmpty();
    }
}
