package dev.ablate.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A wait ends in time. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PaceTest {

    private static final long AN_HOUR = TimeUnit.HOURS.toMillis(1);

    @TempDir
    private Path folder;

    private final ExecutorService waiting = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        waiting.shutdownNow();
    }

    @Test
    void endsWhenAFileComes() throws Exception {
        Pace pace = new Pace(folder, AN_HOUR, 0);
        Future<Boolean> wait = waiting.submit(pace::isInterrupted);
        for (int k = 0; !wait.isDone(); k++) {
            // it may not have begun before the first
            Files.writeString(folder.resolve(k + ".result"), "");
            Thread.sleep(10);
        }
        assertThat(wait.get()).isFalse();
    }

    @Test
    void endsWhenItIsWoken() throws Exception {
        Pace pace = new Pace(folder.resolve("missing"), AN_HOUR, 0);
        Future<Boolean> wait = waiting.submit(pace::isInterrupted);
        pace.wake();
        assertThat(wait.get()).isFalse();
    }

    @Test
    void goesOnWhereAFileComesTooSoon() throws Exception {
        Pace pace = new Pace(folder, AN_HOUR, AN_HOUR);
        Future<Boolean> wait = waiting.submit(pace::isInterrupted);
        for (int k = 0; k < 50; k++) {
            Files.writeString(folder.resolve(k + ".result"), "");
            Thread.sleep(10);
        }
        assertThat(wait.isDone()).isFalse();
    }
}
