package dev.ablate.worker.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedValueTest {

    private static final RunKey KEY = new RunKey("0123456789abcdef".repeat(4));
    private static final RunKey OTHER = new RunKey("f".repeat(64));

    private static SealedValue sealed(String text, Object value) {
        return SealedValue.of("${env:X}", text, value, KEY).orElseThrow();
    }

    @Test
    void opensWhereTheEnvironmentGivesTheSame() {
        assertThat(sealed("se cret", "se cret").open(Map.of("X", "se cret"), KEY))
                .isEqualTo("se cret");
        assertThat(sealed(" 12 ", 12).open(Map.of("X", "12"), KEY)).isEqualTo(12L);
        assertThat(sealed("1e-3", 0.001).open(Map.of("X", "0.001"), KEY)).isEqualTo(0.001);
        assertThat(sealed("true", true).open(Map.of("X", "true"), KEY)).isEqualTo(true);
        assertThat(SealedValue.of("a${env:X:-b}c", "abc", "abc", KEY)
                        .orElseThrow()
                        .open(Map.of("X", ""), KEY))
                .isEqualTo("abc");
    }

    @Test
    void refusesAnotherValueWithoutShowingOne() {
        SealedValue sealed = sealed("secret", "secret");
        assertThatThrownBy(() -> sealed.open(Map.of("X", "guess"), KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("${env:X} is another value here than where the run was submitted");
        assertThatThrownBy(() -> sealed("12", 12).open(Map.of("X", "twelve"), KEY))
                .hasMessage("${env:X} is another value here than where the run was submitted");
        assertThatThrownBy(() -> sealed.open(Map.of(), KEY))
                .hasMessage("the environment variable X is not set here, and ${env:X} needs it");
        // a seal is of one run
        assertThatThrownBy(() -> sealed.open(Map.of("X", "secret"), OTHER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(sealed.toString()).doesNotContain("secret");
        assertThat(sealed.seal()).isNotEqualTo(SealedValue.seal("secret", OTHER));
    }

    @Test
    void isTheKeyedHashThatOthersCompute() {
        // printf 'abc' | openssl dgst -sha256 -mac HMAC -macopt hexkey:ff...
        assertThat(SealedValue.seal("abc", OTHER))
                .isEqualTo("085bf59e09966af19b6ff2b07c77e6c18b771fbbb3a8ef97c8c3923f116884aa");
    }

    @Test
    void hasNoFormForMoreThanAScalar() {
        assertThat(SealedValue.of("${env:X}", "5/h", Map.of("per_hour", 5.0), KEY))
                .isEmpty();
        assertThat(SealedValue.of("${env:X}", "a", List.of("a"), KEY)).isEmpty();
        // what is made of it is not what it says
        assertThat(SealedValue.of("${env:X}", "RELU", "relu", KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/a", "a/../b", "", "a//b", "a\\b", "C:/a", "."})
    void noFileOutsideOfTheFolderIsAnInput(String path) {
        assertThatThrownBy(() -> new InputFile(path, "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + path + "' is not a path inside the exchange's folder");
    }
}
