package dev.ablate.mlflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@ManagedMlflow
class ManagedMlflowTest {

    @Test
    void isAServerOfThePinnedVersion(URI mlflow) {
        assertThat(Health.version(mlflow.getPort(), Duration.ofSeconds(5))).contains(PythonEnvironment.MLFLOW);
    }

    @Test
    void isTheSameServerForEveryTest(URI mlflow) {
        assertThat(Health.answers(mlflow.getPort(), Duration.ofSeconds(5))).isTrue();
    }
}
