package dev.ablate.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DivergenceTest {

    private static final Map<String, String> RATE = Map.of("trainer.learning_rate", "0.05");

    private static Divergence of(Map<String, String> params, Optional<String> unscaled) {
        return new Divergence(params, () -> unscaled);
    }

    @Test
    void saysWhatTheRulesSay() {
        String reason = of(RATE, Optional.empty()).notFinite("train/mse", OptionalDouble.of(3.1e305), 1_150);
        assertThat(new RunFailure(1_200, reason, true))
                .hasMessage("failed after 1,200 updates: train/mse is not finite (last finite 3.1e305 at 1,150);"
                        + " try learning_rate 0.005");
    }

    @Test
    void sendsWhoHasAnUnscaledColumnToScaling() {
        assertThat(of(RATE, Optional.of("'income' reaches 1e10 and is not scaled"))
                        .notFinite("train/mse", OptionalDouble.of(2), 7))
                .isEqualTo("train/mse is not finite (last finite 2 at 7); 'income' reaches 1e10 and is not scaled:"
                        + " try data: { scale: { features: standard } }");
    }

    @Test
    void namesNoRateThatTheEnvironmentGives() {
        assertThat(of(Map.of("trainer.learning_rate", "\"${env:RATE}\""), Optional.empty())
                        .notFinite("m", OptionalDouble.of(2), 7))
                .isEqualTo("m is not finite (last finite 2 at 7)");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(of(Map.of(), Optional.empty()).notFinite("train/r2", OptionalDouble.empty(), 0))
                .isEqualTo("train/r2 is not finite");
        // an untrained model: no learning rate would have helped
        assertThat(of(RATE, Optional.empty()).notFinite("train/r2", OptionalDouble.empty(), 0))
                .isEqualTo("train/r2 is not finite");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0625, 0.062",
        "0, 0",
        "1, 1",
        "-12345, -12000",
        "1234567, 1200000",
        "12345678, 1.2e7",
        "0.00012, 0.00012",
        "0.000012, 1.2e-5",
        "-9.96e200, -1e201",
        "4.9e-324, 4.9e-324",
        "1e7, 1e7"
    })
    void writesTheLastValueBriefly(double value, String text) {
        assertThat(of(Map.of(), Optional.empty()).notFinite("m", OptionalDouble.of(value), 7))
                .isEqualTo("m is not finite (last finite " + text + " at 7)");
    }

    @Test
    void saysOfARunThatEndsFarBeyondItsStartWhereItWasLastWithinReach() {
        Divergence divergence = of(RATE, Optional.empty());
        assertThat(divergence.at(0, Map.of("train/mse", 4.0), false)).isEmpty();
        assertThat(divergence.at(50, Map.of("train/mse", 3.9e100), false)).isEmpty();
        assertThat(divergence.at(100, Map.of("train/mse", 4.1e100), false)).isEmpty();
        assertThat(divergence.at(150, Map.of("train/mse", 1.6e304), true))
                .hasValue("train/mse diverged to 1.6e304 (last within 1e100 times its start: 3.9e100 at 50);"
                        + " try learning_rate 0.005");
    }

    @Test
    void doesNotCallARunDivergedThatCameBack() {
        Divergence divergence = of(RATE, Optional.empty());
        divergence.at(0, Map.of("train/mse", 4.0), false);
        divergence.at(50, Map.of("train/mse", 1e200), false);
        assertThat(divergence.at(100, Map.of("train/mse", 2.0), true)).isEmpty();
    }

    @Test
    void measuresInTheUnitWhereThereWasNoErrorAtTheStart() {
        Divergence divergence = of(Map.of(), Optional.empty());
        assertThat(divergence.at(0, Map.of("m", 0.0), false)).isEmpty();
        assertThat(divergence.at(1, Map.of("m", -1e99), true)).isEmpty();
        assertThat(divergence.at(2, Map.of("m", -2e100), true)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0.005", "1, 0.1", "100, 10", "1.0E-5, 0.000001", "1e-8, 1e-9", "2.5, 0.25", "1E3, 100"})
    void triesATenthOfTheLearningRate(String rate, String tenth) {
        assertThat(of(Map.of("trainer.learning_rate", rate), Optional.empty()).notFinite("m", OptionalDouble.of(2), 7))
                .isEqualTo("m is not finite (last finite 2 at 7); try learning_rate " + tenth);
    }
}
