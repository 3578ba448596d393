package dev.ablate.engine.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.SteadyClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeasesTest {

    @TempDir
    private Path home;

    private RunStore one;
    private RunStore two;

    @BeforeEach
    void open() {
        one = RunStore.open(home, new SteadyClock());
        two = RunStore.open(home, new SteadyClock());
    }

    @AfterEach
    void close() {
        Thread.interrupted();
        one.close();
        two.close();
    }

    @Test
    void belongToOneAtATime() {
        RunStore.Lease lease = one.lease("delivery").orElseThrow();
        assertThat(one.lease("delivery")).isEmpty();
        assertThat(two.lease("delivery")).isEmpty();
        assertThat(two.lease("other")).isPresent();
        lease.close();
        assertThat(two.lease("delivery")).isPresent();
        assertThat(one.lease("delivery")).isEmpty();
    }

    @Test
    void areNotGivenBackTwice() {
        RunStore.Lease first = one.lease("delivery").orElseThrow();
        first.close();
        assertThat(one.lease("delivery")).isPresent();
        first.close();
        assertThat(one.lease("delivery")).isEmpty();
    }

    @Test
    void areGivenBackWithTheirStoreAndNoOther() {
        assertThat(one.lease("first")).isPresent();
        assertThat(two.lease("second")).isPresent();
        one.close();
        try (RunStore three = RunStore.open(home, new SteadyClock())) {
            assertThat(three.lease("second")).isEmpty();
            assertThat(three.lease("first")).isPresent();
        }
    }

    @Test
    void outliveAnInterrupt() {
        assertThat(one.lease("first")).isPresent();
        Thread.currentThread().interrupt();
        Optional<RunStore.Lease> second = one.lease("second");
        assertThat(second).isPresent();
        second.get().close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(two.lease("first")).isEmpty();
        assertThat(two.lease("second")).isPresent();
    }

    @Test
    void goToOneOfManyThreads() throws Exception {
        for (int round = 0; round < 50; round++) {
            String name = "round " + round;
            AtomicInteger taken = new AtomicInteger();
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService pool = Executors.newFixedThreadPool(4);
            for (int thread = 0; thread < 4; thread++) {
                RunStore store = thread % 2 == 0 ? one : two;
                pool.execute(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    store.lease(name).ifPresent(lease -> taken.incrementAndGet());
                });
            }
            start.countDown();
            pool.shutdown();
            assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(taken).hasValue(1);
        }
    }

    @Test
    void needNoRoomInTheirFile() throws Exception {
        assertThat(one.lease("first")).isPresent();
        assertThat(Files.size(home.resolve("leases"))).isZero();
    }
}
