package dev.ablate.trainers.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TeamTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void worksOnEveryPartOnce(int size) {
        try (Team team = new Team(size)) {
            assertThat(team.size()).isEqualTo(size);
            for (int parts : new int[] {0, 1, 15, 16, 17, 1_000}) {
                for (int round = 0; round < 20; round++) {
                    AtomicIntegerArray worked = new AtomicIntegerArray(parts);
                    team.run(parts, (part, thread) -> worked.incrementAndGet(part));
                    for (int part = 0; part < parts; part++) {
                        assertThat(worked.get(part)).isOne();
                    }
                }
            }
        }
    }

    /** Each waits for the other, so that one thread alone would wait for ever. */
    @Test
    void worksOnPartsAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Set<Integer> numbers = new HashSet<>();
        try (Team team = new Team(2)) {
            team.run(17, (part, thread) -> {
                if (part % 16 == 0) {
                    both.countDown();
                    await(both);
                    synchronized (numbers) {
                        numbers.add(thread);
                    }
                }
            });
        }
        assertThat(numbers).containsExactlyInAnyOrder(0, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void failsWhereAThreadFailsAndWorksOnAfterwards(int failing) {
        CountDownLatch both = new CountDownLatch(2);
        try (Team team = new Team(2)) {
            assertThatThrownBy(() -> team.run(17, (part, thread) -> {
                        if (part % 16 == 0) {
                            both.countDown();
                            await(both);
                            if (thread == failing) {
                                throw new ArithmeticException("thread " + thread);
                            }
                        }
                    }))
                    .hasStackTraceContaining("ArithmeticException: thread " + failing);
            AtomicIntegerArray worked = new AtomicIntegerArray(100);
            team.run(100, (part, thread) -> worked.incrementAndGet(part));
            assertThat(worked.toString()).doesNotContain("0");
        }
    }

    @Test
    void leavesAnInterruptToItsCaller() {
        try (Team team = new Team(2)) {
            Thread.currentThread().interrupt();
            AtomicIntegerArray worked = new AtomicIntegerArray(100);
            team.run(100, (part, thread) -> worked.incrementAndGet(part));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(worked.toString()).doesNotContain("0");
        }
    }

    @Test
    void endsItsThreadsWhenItIsClosed() throws InterruptedException {
        Set<Thread> threads = new HashSet<>();
        CountDownLatch all = new CountDownLatch(3);
        try (Team team = new Team(3)) {
            team.run(33, (part, thread) -> {
                if (part % 16 == 0) {
                    all.countDown();
                    await(all);
                }
                synchronized (threads) {
                    threads.add(Thread.currentThread());
                }
            });
        }
        threads.remove(Thread.currentThread());
        assertThat(threads).hasSize(2);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
