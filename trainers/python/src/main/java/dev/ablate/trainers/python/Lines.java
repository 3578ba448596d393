package dev.ablate.trainers.python;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lines that come from another process, read by a thread of its own, so that whoever waits for one can look at other things meanwhile. */
final class Lines {

    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    Lines(InputStream in) {
        Thread thread = new Thread(() -> read(in), "python-answers");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty()) {
                    lines.add(Optional.of(line));
                }
            }
        } catch (IOException e) {
            // the other side is gone, or this one closed it: what was read is there
        } finally {
            lines.add(Optional.empty());
        }
    }

    /**
     * Waits for the next line.
     *
     * @return empty where none follows
     * @throws Interrupted once the training is to end
     */
    Optional<String> next(Cancelled cancelled) {
        try {
            while (true) {
                Optional<String> line = lines.poll(50, TimeUnit.MILLISECONDS);
                if (line != null) {
                    if (line.isEmpty()) {
                        // for whoever asks again
                        lines.add(line);
                    }
                    return line;
                }
                if (cancelled.now()) {
                    throw new Interrupted();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted();
        }
    }

    /** Whether it is to end. */
    interface Cancelled {
        boolean now();
    }
}
