package dev.ablate.engine.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> NAMES =
            List.of("learning_rate", "epochs", "batch", "bias", "order", "initial_bias", "initial_weights", "tie");

    @ParameterizedTest
    @CsvSource({
        "lerning_rate, learning_rate",
        "learning-rate, learning_rate",
        "LEARNING_RATE, learning_rate",
        "leanring_rtae, learning_rate",
        "epoch, epochs",
        "epcohs, epochs",
        "bais, bias",
        "odrer, order",
        "initial_wieghts, initial_weights",
        "tei, tie",
    })
    void findsTheNameThatWasMeant(String typed, String meant) {
        assertThat(Suggestion.nearest(typed, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"momentum", "x", "te2x", "rate", "''"})
    void suggestsNothingFarFetched(String typed) {
        assertThat(Suggestion.nearest(typed, NAMES)).isEmpty();
    }

    @Test
    void takesTheNearestAndThenTheFirstByLetters() {
        assertThat(Suggestion.nearest("biax", List.of("biay", "bias", "biaxx"))).contains("bias");
        assertThat(Suggestion.nearest("biax1", List.of("biay", "biax"))).contains("biax");
    }

    @Test
    void namesEveryKeyThatThereIs() {
        Position at = new Position("a.yaml", 7, 3, 12, "  lerning_rate: 0.05", Path.of(""));

        assertThat(Suggestion.unknownKey(at, "lerning_rate", "for trainer 'perceptron'", NAMES)
                        .render())
                .isEqualTo("""
                        a.yaml:7:3: error: unknown key 'lerning_rate' for trainer 'perceptron'
                          7 |   lerning_rate: 0.05
                            |   ^^^^^^^^^^^^ did you mean 'learning_rate'?
                            keys: learning_rate, epochs, batch, bias, order, initial_bias, initial_weights, tie""");
    }

    @Test
    void saysWhatIsUnknownAndWhatThereIs() {
        assertThat(Suggestion.unknown("no variant", "bais", List.of("bias", "none"), "variants"))
                .isEqualTo("no variant 'bais'; did you mean 'bias'?\n    variants: bias, none");
        assertThat(Suggestion.unknown("no variant", "else", List.of(), "variants"))
                .isEqualTo("no variant 'else'");
        assertThat(Suggestion.there(List.of())).isEqualTo("there are none");
        assertThat(Suggestion.there(List.of("bias"))).isEqualTo("there is bias");
        assertThat(Suggestion.there(List.of("bias", "none"))).isEqualTo("there are bias, none");
    }
}
