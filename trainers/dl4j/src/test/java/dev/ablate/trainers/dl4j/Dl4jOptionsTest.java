package dev.ablate.trainers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.dense.DenseOptions;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.Order;
import dev.ablate.trainers.mlp.MlpOptions;
import dev.ablate.trainers.perceptron.PerceptronOptions;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class Dl4jOptionsTest {

    @Test
    void saysTheDefaultsThatItFillsIn() {
        assertThat(fallbacks(Dl4jOptions.class))
                .containsEntry("hiddenActivation", "tanh")
                .containsEntry("initialWeights", "{ normal: { sd: 1.0 } }");
        assertThat(new DenseOptions().epochs(1).hidden(2).make(Dl4jOptions::new))
                .returns(
                        Activation.TANH,
                        options -> options.layers().hiddenActivation().orElseThrow())
                .returns(
                        new Initial.Normal(1.0),
                        options -> options.layers().initialWeights().orElseThrow());
    }

    @Test
    void hasThePerceptronsDefaults() {
        Map<String, String> perceptron = fallbacks(PerceptronOptions.class);
        perceptron.remove("gradient");
        assertThat(fallbacks(Dl4jOptions.class)).containsAllEntriesOf(perceptron);
    }

    /** One word, one meaning: type, help, default and range are those of {@code mlp}, but for an order that it has not. */
    @Test
    void hasTheOptionsOfMlp() {
        Map<String, List<Object>> own = options(Dl4jOptions.class);
        Map<String, List<Object>> others = options(MlpOptions.class);
        assertThat(own.remove("order")).isNotEqualTo(others.remove("order"));
        assertThat(own).hasSize(13).isEqualTo(others);
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThat(catchThrowableOfType(
                                Refused.class,
                                () -> new DenseOptions()
                                        .epochs(1)
                                        .activation(Activation.STEP)
                                        .order(Order.WITH_REPLACEMENT)
                                        .make(Dl4jOptions::new))
                        .all())
                .containsExactly(
                        new Refused.Reason(
                                "activation",
                                "a step has no slope to descend: choose identity, sigmoid, tanh or relu,"
                                        + " or trainer perceptron"),
                        new Refused.Reason(
                                "order",
                                "an epoch has every row once here: choose as-given or shuffled, or trainer mlp"));
    }

    private static Map<String, String> fallbacks(Class<?> options) {
        return components(options)
                .collect(Collectors.toMap(
                        RecordComponent::getName,
                        component -> component.getAnnotation(Option.class).fallback()));
    }

    private static Map<String, List<Object>> options(Class<?> options) {
        Map<String, List<Object>> found = new LinkedHashMap<>();
        components(options)
                .forEach(component -> found.put(
                        component.getName(),
                        List.of(component.getGenericType(), component.getAnnotation(Option.class))));
        return found;
    }

    /** Those of the records that it nests, too. */
    private static Stream<RecordComponent> components(Class<?> options) {
        return Arrays.stream(options.getRecordComponents())
                .flatMap(component -> component.isAnnotationPresent(Option.class)
                        ? Stream.of(component)
                        : components(component.getType()));
    }
}
