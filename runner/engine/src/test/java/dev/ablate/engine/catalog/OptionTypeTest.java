package dev.ablate.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.option.NoOptions;
import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.Range;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.NodeReader;
import dev.ablate.engine.yaml.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where one layer of several starts, in YAML. */
class OptionTypeTest {

    private static final OptionType<?> LAYER = OptionType.of(InitialLayer.class).orElseThrow();

    private final Problems problems = new Problems();

    @Test
    void readsALayerWithItsBias() {
        assertThat(read("{ weights: [[1, 2.5], [-3, 0]], bias: [0, 4] }"))
                .contains(new InitialLayer(
                        List.of(List.of(1.0, 2.5), List.of(-3.0, 0.0)), Optional.of(List.of(0.0, 4.0))));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void readsALayerWithoutABias() {
        assertThat(read("{ weights: [[1], [2]] }"))
                .contains(new InitialLayer(List.of(List.of(1.0), List.of(2.0)), Optional.empty()));
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ bias: [0, 1e-7], weights: [[1, 2], [3, 4]] } | { bias: [0.0, 1.0E-7], weights: [[1.0, 2.0], [3.0, 4.0]] }",
                "{ weights: [[1]] } | { weights: [[1.0]] }"
            })
    void writesALayerInOneWayThatReadsBack(String yaml, String canonical) {
        Object layer = read(yaml).orElseThrow();
        String written = written(LAYER, layer);
        assertThat(written).isEqualTo(canonical);
        assertThat(read(written)).contains(layer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | must be a map, got 3",
                "{ bias: [1] } | must have the key weights",
                "{} | must have the key weights",
                "{ weight: [[1]] } | unknown key 'weight'",
                "{ weights: [1] } | item 1 of weights must be a list, got 1",
                "{ weights: [[1, no]] } | item 2 of item 1 of weights must be a number, got 'no' (YAML 1.1 would read it as false)",
                "{ weights: [[1]], bias: 2 } | bias must be a list, got 2",
                "{ weights: [[1]], bias: [x] } | item 1 of bias must be a number, got 'x'",
                "{ weights: [] } | must have an input and a unit",
                "{ weights: [[1, 2]], bias: [3] } | must have one bias for each unit: 2, not 1",
            })
    void reportsWhatIsWrongWithALayer(String yaml, String message) {
        assertThat(read(yaml)).isEmpty();
        assertThat(problems.all()).extracting(Problem::message).containsExactly(message);
    }

    @Test
    void knowsNoTypeThatASpecCannotGive() {
        assertThat(OptionType.of(NoOptions.class)).isEmpty();
    }

    private Optional<Object> read(String yaml) {
        return NodeReader.read("test", yaml, problems)
                .flatMap(node -> WrittenValue.read(LAYER, Reading.of(node, "layer", problems), Range.all()))
                .map(value -> value);
    }

    @SuppressWarnings("unchecked") // the value was read by the type
    private static <T> String written(OptionType<T> type, Object value) {
        return CanonicalText.node(type.write((T) value), Path::toString).toString();
    }
}
