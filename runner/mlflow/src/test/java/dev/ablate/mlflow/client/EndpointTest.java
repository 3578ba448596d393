package dev.ablate.mlflow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.tracking.TrackingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    private static final Endpoint MANAGED = Endpoint.managed(URI.create("http://127.0.0.1:5001"));

    @Test
    void aFlagCountsMoreThanTheEnvironmentAndThatMoreThanTheManagedServer() {
        Map<String, String> environment = Map.of("MLFLOW_TRACKING_URI", "http://there:5000");
        assertThat(resolve(Optional.of("http://here"), environment).id()).isEqualTo("http://here");
        assertThat(resolve(Optional.empty(), environment).id()).isEqualTo("http://there:5000");
        assertThat(resolve(Optional.empty(), Map.of())).isEqualTo(MANAGED);
        assertThat(resolve(Optional.empty(), Map.of("MLFLOW_TRACKING_URI", " ")))
                .isEqualTo(MANAGED);
        assertThat(Endpoint.resolve(Optional.empty(), Map.of(), Optional::empty))
                .isEmpty();
    }

    private static Endpoint resolve(Optional<String> flag, Map<String, String> environment) {
        return Endpoint.resolve(flag, environment, () -> Optional.of(MANAGED)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5000/, http://localhost:5000",
        "HTTPS://mlflow.example/team/a//, https://mlflow.example/team/a",
        "http://me:secret@host:5000, http://host:5000",
        "http://[::1]:5000, http://[::1]:5000"
    })
    void namesAServerInOneWay(String text, String server) {
        Endpoint destination = resolve(Optional.of(text), Map.of());
        assertThat(destination.server()).hasToString(server);
        assertThat(destination.id()).isEqualTo(server);
    }

    @Test
    void takesCredentialsFromTheAddressOrTheEnvironment() {
        assertThat(resolve(Optional.of("http://me:a%2Fb+c@host"), Map.of())
                        .access()
                        .authorization())
                .contains("Basic bWU6YS9iK2M=");
        Map<String, String> environment = Map.of(
                "MLFLOW_TRACKING_USERNAME", "you",
                "MLFLOW_TRACKING_PASSWORD", "secret",
                "MLFLOW_TRACKING_TOKEN", "abc");
        Access access = resolve(Optional.of("http://host"), environment).access();
        assertThat(access.authorization()).contains("Basic eW91OnNlY3JldA==");
        assertThat(access.toString()).doesNotContain("secret", "abc");
        assertThat(Access.of(Map.of("MLFLOW_TRACKING_TOKEN", "abc", "MLFLOW_TRACKING_USERNAME", "you"))
                        .authorization())
                .contains("Bearer abc");
        assertThat(Access.of(Map.of()).authorization()).isEmpty();
    }

    @Test
    void neverSendsTheManagedServerWhatIsMeantForAnother() {
        assertThat(MANAGED.access().authorization()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite:///mlflow.db",
                "databricks",
                "./mlruns",
                "file:///tmp/mlruns",
                "http:///x",
                "localhost:5000"
            })
    void refusesWhatIsNotAServer(String text) {
        assertThatThrownBy(() -> resolve(Optional.empty(), Map.of("MLFLOW_TRACKING_URI", text)))
                .isInstanceOf(TrackingException.class)
                .hasMessage(
                        "MLFLOW_TRACKING_URI must be the address of an MLflow server, such as http://localhost:5000,"
                                + " got '" + text + "'");
        assertThatThrownBy(() -> resolve(Optional.of("http://a b"), Map.of()))
                .isInstanceOf(TrackingException.class)
                .hasMessageStartingWith("--tracking-uri is not an address: 'http://a b'");
    }

    @Test
    void showsNoPasswordOfAnAddressThatIsNone() {
        for (String text : List.of("http://me:s3cr3t@a b", "ftp://me:s3cr3t@host", "me:s3cr3t@host")) {
            assertThatThrownBy(() -> resolve(Optional.of(text), Map.of()))
                    .isInstanceOf(TrackingException.class)
                    .hasMessageContaining("***@")
                    .hasMessageNotContaining("s3cr3t")
                    .hasNoCause();
        }
    }

    @Test
    void takesASecretWithoutTheLineEndOfItsFile() {
        for (String end : List.of("\n", "\r\n", "\r", "\n\n")) {
            assertThat(Access.of(Map.of("MLFLOW_TRACKING_TOKEN", "abc" + end)).authorization())
                    .contains("Bearer abc");
            assertThat(Access.of(Map.of(
                                    "MLFLOW_TRACKING_USERNAME",
                                    "you" + end,
                                    "MLFLOW_TRACKING_PASSWORD",
                                    "secret" + end))
                            .authorization())
                    .contains("Basic eW91OnNlY3JldA==");
        }
        assertThat(Access.of(Map.of("MLFLOW_TRACKING_TOKEN", "\r\n")).authorization())
                .isEmpty();
    }

    @Test
    void refusesASecretThatNoHeaderCanCarryAndDoesNotShowIt() {
        for (String name : List.of("MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN")) {
            for (String value : List.of("s3cr3t\nmore", "s3cr3t\rmore", "s3\u0000cr3t", "\u001b[1ms3cr3t")) {
                assertThatThrownBy(() -> Access.of(Map.of(name, value)))
                        .isInstanceOf(TrackingException.class)
                        .hasMessage(
                                name
                                        + " must be one line of text, and there is a line break or another control character in it")
                        .hasNoCause();
            }
        }
        assertThatThrownBy(() -> Access.of(Map.of("MLFLOW_TRACKING_TOKEN", "s3cr3t\u20ac")))
                .hasMessage("MLFLOW_TRACKING_TOKEN must be ASCII, and there are other characters in it")
                .hasNoCause();
    }

    @Test
    void showsNoKeyBehindAnAddress() {
        assertThatThrownBy(() -> resolve(Optional.of("ftp://host/?key=s3cr3t"), Map.of()))
                .hasMessageEndingWith("got 'ftp://host/?***'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "99999"})
    void refusesAPortThatThereIsNot(String port) {
        assertThatThrownBy(() -> resolve(Optional.of("http://me:s3cr3t@host:" + port), Map.of()))
                .isInstanceOf(TrackingException.class)
                .hasMessage("--tracking-uri: the port must be from 1 to 65535, got " + port);
    }

    @Test
    void refusesAnAuthorityThatIsNone(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path text = Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nno\n");
        for (Path file : List.of(folder.resolve("absent.pem"), empty, text)) {
            assertThatThrownBy(() -> Access.of(Map.of("MLFLOW_TRACKING_SERVER_CERT_PATH", file.toString())))
                    .isInstanceOf(TrackingException.class)
                    .hasMessageStartingWith(
                            "MLFLOW_TRACKING_SERVER_CERT_PATH must be a file of certificates in PEM, got " + file
                                    + ": ");
        }
    }

    @Test
    void readsTimeoutAndTlsAsPythonsMlflowDoes() {
        assertThat(Access.of(Map.of("MLFLOW_HTTP_REQUEST_TIMEOUT", "7")).timeout())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(Access.of(Map.of("MLFLOW_TRACKING_INSECURE_TLS", "True")).insecureTls())
                .isTrue();
        assertThat(Access.of(Map.of("MLFLOW_TRACKING_INSECURE_TLS", "0")).insecureTls())
                .isFalse();
        assertThatThrownBy(() -> Access.of(Map.of("MLFLOW_HTTP_REQUEST_TIMEOUT", "1.5")))
                .hasMessage("MLFLOW_HTTP_REQUEST_TIMEOUT must be a whole number of seconds above 0, got '1.5'");
        assertThatThrownBy(() -> Access.of(Map.of("MLFLOW_TRACKING_INSECURE_TLS", "yes")))
                .hasMessage("MLFLOW_TRACKING_INSECURE_TLS must be true, false, 1 or 0, got 'yes'");
    }

    @Test
    void takesTheExperimentFromTheNearestPlace() {
        Map<String, String> environment = Map.of("MLFLOW_EXPERIMENT_NAME", "env");
        assertThat(Endpoint.experiment(Optional.of("flag"), Optional.of("spec"), environment, "name"))
                .isEqualTo("flag");
        assertThat(Endpoint.experiment(Optional.empty(), Optional.of("spec"), environment, "name"))
                .isEqualTo("spec");
        assertThat(Endpoint.experiment(Optional.empty(), Optional.empty(), environment, "name"))
                .isEqualTo("env");
        assertThat(Endpoint.experiment(Optional.empty(), Optional.empty(), Map.of(), "name"))
                .isEqualTo("name");
    }
}
