package dev.ablate.runner.mlflow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTest {

    @Test
    void tellsAHostThatIsNotThereFromOneThatRefuses() {
        assertFailure("http://ablate.invalid", "cannot be found: no such host");
        assertFailure("http://127.0.0.1:9", "refused the connection");
    }

    private static void assertFailure(String address, String words) {
        Destination destination = Destination.resolve(Optional.of(address), Map.of(), Optional::empty)
                .orElseThrow();
        try (Connection connection = new Connection(destination)) {
            assertThatThrownBy(connection::version)
                    .hasMessage("MLflow at " + URI.create(address) + " " + words)
                    .isInstanceOfSatisfying(
                            ServerFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ServerFailure.Kind.ABSENT));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error_code\": \"BUSY\", \"message\": \"slow  down\"} | BUSY: slow down",
                "{\"message\": \"no\"} | no",
                "{\"detail\": 1} | {\"detail\": 1}",
                "{ broken | { broken",
                "<!DOCTYPE html><html><head><title>Sign in</title></head></html> | a web page: Sign in",
                "<html><body>503</body></html> | a web page",
                "<b>not</b> a page | <b>not</b> a page",
                "'' | ''"
            })
    void tellsAnAnswerInOneLine(String body, String words) {
        assertThat(Http.words(body)).isEqualTo(words);
    }

    @Test
    void cutsALongAnswer() {
        assertThat(Http.words("x".repeat(400))).hasSize(303).endsWith("x...");
        assertThat(Http.words(null)).isEmpty();
    }
}
