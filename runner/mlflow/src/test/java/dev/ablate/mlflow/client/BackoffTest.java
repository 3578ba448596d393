package dev.ablate.mlflow.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void doublesBetweenHalfAndWholeUpToABound(long seed) {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), seed);
        for (int round = 0; round < 2; round++) {
            for (long whole : new long[] {100, 200, 400, 800, 1000, 1000, 1000}) {
                assertThat(backoff.next().toMillis()).isBetween(whole / 2, whole);
            }
            for (int failures = 0; failures < 100; failures++) {
                assertThat(backoff.next()).isPositive();
            }
            backoff.reset();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void followsItsSeed(long seed) {
        assertThat(pauses(seed)).isEqualTo(pauses(seed)).isNotEqualTo(pauses(seed + 10));
    }

    private static String pauses(long seed) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), seed);
        return backoff.next() + " " + backoff.next() + " " + backoff.next();
    }
}
