package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** The pool, which is the launcher {@code local}: it trains by threads of the command, so that is what is killed. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LocalCasesTest extends LaunchedCases {

    @Override
    String launcher() {
        return "run: { launcher: { plugin: local }, jobs: 2 }\n";
    }

    @Override
    void prepare(Ablate program) {
        // it needs nothing
    }

    @Override
    void killWorker(Process command) throws InterruptedException {
        while (!hasBegunAnotherRun()) {
            assertThat(command.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        command.destroyForcibly();
        assertThat(command.waitFor()).as("it had not ended before").isNotZero();
    }

    /** Whether one run has ended, and another has not. */
    private boolean hasBegunAnotherRun() {
        try (RunStore store = RunStore.open(ablate.home(), Clock.systemUTC())) {
            return store.newest(10).stream().anyMatch(run -> run.status() == RunStatus.FINISHED)
                    && store.newest(10).stream().anyMatch(run -> run.status() == RunStatus.RUNNING);
        }
    }
}
