package dev.ablate.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ForwardClockTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private Instant wall = NOON;
    private long nanos;

    private final Clock clock = new ForwardClock(
            new Clock() {
                @Override
                public Instant instant() {
                    return wall;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            },
            () -> nanos);

    @Test
    void goesOnByWhatHasPassedWhereTheSystemsClockIsSetBack() {
        pass(10, 10);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
        pass(5, -3_600);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(15));
        pass(7, 7);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(22));
    }

    @Test
    void followsAClockThatIsSetForward() {
        pass(1, 3_600);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3_600));
    }

    private void pass(int seconds, int shown) {
        nanos += Duration.ofSeconds(seconds).toNanos();
        wall = wall.plusSeconds(shown);
    }
}
