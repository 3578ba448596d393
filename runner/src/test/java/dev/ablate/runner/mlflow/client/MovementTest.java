package dev.ablate.runner.mlflow.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MovementTest {

    private final Movement movement = new Movement();

    @Test
    void theSameAnswersBeforeTheSameFailureAreNoMovement() throws InterruptedException {
        Thread.sleep(30);
        movement.answered();
        movement.answered();
        assertThat(movement.idle()).isLessThan(Duration.ofMillis(25));
        movement.failed();
        Thread.sleep(30);
        movement.answered();
        movement.answered();
        assertThat(movement.idle()).isGreaterThan(Duration.ofMillis(25));
        movement.answered();
        assertThat(movement.idle()).isLessThan(Duration.ofMillis(25));
    }

    @Test
    void whatTheLedgerHasIsMovement() throws InterruptedException {
        movement.answered();
        movement.failed();
        Thread.sleep(30);
        movement.recorded();
        assertThat(movement.idle()).isLessThan(Duration.ofMillis(25));
        Thread.sleep(30);
        movement.answered();
        assertThat(movement.idle()).isLessThan(Duration.ofMillis(25));
    }
}
