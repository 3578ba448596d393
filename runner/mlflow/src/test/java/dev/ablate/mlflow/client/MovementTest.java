package dev.ablate.mlflow.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MovementTest {

    private static final Duration WHILE = Duration.ofSeconds(3);

    private long now = -5;
    private final Movement movement = new Movement(() -> now);

    @Test
    void theSameAnswersBeforeTheSameFailureAreNotMovement() {
        pass();
        assertThat(movement.idle()).isEqualTo(WHILE);
        movement.answered();
        movement.answered();
        assertThat(movement.idle()).isZero();
        movement.failed();
        pass();
        movement.answered();
        movement.answered();
        assertThat(movement.idle()).isEqualTo(WHILE);
        movement.answered();
        assertThat(movement.idle()).isZero();
    }

    @Test
    void whatTheLedgerHasIsMovement() {
        movement.answered();
        movement.failed();
        pass();
        movement.recorded();
        assertThat(movement.idle()).isZero();
        pass();
        movement.answered();
        assertThat(movement.idle()).isZero();
    }

    @Test
    void distinguishesAFailureAfterProgressFromOneAfterAnother() {
        movement.answered();
        assertThat(movement.failed()).isFalse();
        movement.recorded();
        movement.answered();
        assertThat(movement.failed()).isTrue();
        movement.answered();
        assertThat(movement.failed()).isFalse();
    }

    private void pass() {
        now += WHILE.toNanos();
    }
}
