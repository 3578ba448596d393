package dev.ablate.trainers.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.data.Schemas;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Loss;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PerceptronOptionsTest {

    private static final List<String> TWO = List.of("x1", "x2");

    @Test
    void learnsClassesByCrossEntropy() {
        PerceptronOptions classes =
                new Options().activation(Activation.SOFTMAX).epochs(1).make();
        assertThat(classes.loss()).contains(Loss.CROSS_ENTROPY);
        assertThatCode(() -> classes.check(Schemas.classes(TWO, "red", "green", "blue")))
                .doesNotThrowAnyException();
        assertThat(classes.answerRange()).isEmpty();
        assertThat(reasons(() -> new Options()
                        .loss(Loss.CROSS_ENTROPY)
                        .gradient(Gradient.AS_PUBLISHED)
                        .epochs(1)
                        .make()))
                .containsExactly(
                        new Refused.Reason(
                                "gradient",
                                "as-published is of a sum of squares, and cross-entropy is none: leave this out, or choose another loss"));
    }

    @Test
    void fillsInWhatWasNotGiven() {
        assertThat(new Options().weights(1, 2).epochs(1).make())
                .isEqualTo(new Options()
                        .weights(1, 2)
                        .epochs(1)
                        .loss(Loss.MSE)
                        .gradient(Gradient.EXACT)
                        .bias(0)
                        .make())
                .returns(new Batch.All(), options -> options.batch().orElseThrow());
    }

    @Test
    void saysTheDefaultsThatItFillsIn() {
        PerceptronOptions options = new Options().epochs(1).make();
        Map<String, String> fallbacks = Arrays.stream(PerceptronOptions.class.getRecordComponents())
                .collect(Collectors.toMap(
                        RecordComponent::getName,
                        component -> component.getAnnotation(Option.class).fallback()));
        assertThat(fallbacks)
                .containsEntry("loss", word(options.loss().orElseThrow()))
                .containsEntry("gradient", word(options.gradient().orElseThrow()))
                .containsEntry("batch", "all");
    }

    @Test
    void leavesABiasToBeDrawnWithTheWeights() {
        assertThat(new Options().epochs(1).make().initialBias()).isEmpty();
        assertThat(new Options().epochs(1).weights(1).noBias().make().initialBias())
                .isEmpty();
    }

    @Test
    void hasNeitherLossNorGradientNorBatchWithAStep() {
        assertThat(new Options().activation(Activation.STEP).epochs(1).make())
                .returns(true, options -> options.loss().isEmpty())
                .returns(true, options -> options.gradient().isEmpty())
                .returns(true, options -> options.batch().isEmpty());
    }

    @Test
    void refusesWhatRosenblattsRuleDoesNotHave() {
        String text = "step learns by Rosenblatt's rule, row by row: leave this out, or choose another activation";
        assertThat(reasons(() -> new Options()
                        .activation(Activation.STEP)
                        .epochs(1)
                        .loss(Loss.MSE)
                        .gradient(Gradient.AS_PUBLISHED)
                        .batch(1)
                        .make()))
                .containsExactly(
                        new Refused.Reason("loss", text),
                        new Refused.Reason("gradient", text),
                        new Refused.Reason("batch", text));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SIGMOID", "STEP"})
    void refusesThePublishedGradientWithoutTheSigmoid(Activation activation) {
        assertThat(reasons(() -> new Options()
                        .activation(activation)
                        .epochs(1)
                        .gradient(Gradient.AS_PUBLISHED)
                        .make()))
                .containsExactly(new Refused.Reason(
                        "gradient", "as-published needs activation: sigmoid, with which it was published"));
        assertThatCode(() -> new Options()
                        .activation(activation)
                        .epochs(1)
                        .gradient(Gradient.EXACT)
                        .make())
                .doesNotThrowAnyException();
    }

    @Test
    void refusesALengthThatIsMissingOrGivenTwice() {
        assertThat(reasons(() -> new Options().make()))
                .containsExactly(new Refused.Reason("epochs", "how long to train is missing: give epochs or updates"));
        assertThat(reasons(() -> new Options().epochs(0).updates(0).make()))
                .containsExactly(new Refused.Reason("updates", "give epochs or updates, not both"));
    }

    @Test
    void refusesAStartForABiasThatIsNotThere() {
        assertThat(reasons(() -> new Options().epochs(1).noBias().bias(0).make()))
                .containsExactly(
                        new Refused.Reason("initial_bias", "there is no bias to start from, as bias is false"));
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        assertThat(reasons(() -> new Options()
                        .activation(Activation.STEP)
                        .batch(4)
                        .noBias()
                        .bias(1)
                        .make()))
                .extracting(Refused.Reason::option)
                .containsExactly("batch", "epochs", "initial_bias");
    }

    @Test
    void refusesAnotherNumberOfWeightsThanFeatures() {
        PerceptronOptions one = new Options().epochs(1).weights(0.5).make();
        assertThat(reasons(() -> one.check(Schemas.classes(TWO, "no", "yes"))))
                .containsExactly(new Refused.Reason("initial_weights", "1 weight for 2 features: x1, x2"));
        assertThatCode(() -> one.check(Schemas.regression(List.of("x")))).doesNotThrowAnyException();
        assertThatCode(() -> new Options().epochs(1).make().check(Schemas.regression(TWO)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesToStepTowardsANumber() {
        PerceptronOptions step =
                new Options().activation(Activation.STEP).epochs(1).make();
        assertThat(reasons(() -> step.check(Schemas.regression(TWO))))
                .containsExactly(new Refused.Reason(
                        "activation", "step answers 0 or 1 and the target is any number: choose identity"));
        assertThatCode(() -> step.check(Schemas.classes(TWO, "no", "yes"))).doesNotThrowAnyException();
        assertThat(reasons(() -> step.check(Schemas.classes(TWO, "red", "green", "blue"))))
                .containsExactly(
                        new Refused.Reason(
                                "activation",
                                "step answers one number, and the target has 3 classes: choose softmax with loss: cross-entropy"));
    }

    @Test
    void saysWhatItAnswersAtMost() {
        assertThat(new Options().epochs(1).make().answerRange())
                .hasValueSatisfying(range -> assertThat(range.most()).isEqualTo(1));
        assertThat(new Options()
                        .activation(Activation.IDENTITY)
                        .epochs(1)
                        .make()
                        .answerRange())
                .isEmpty();
        assertThat(new Options().updates(0).make().answerRange()).isEmpty();
    }

    private static List<Refused.Reason> reasons(ThrowingCallable construction) {
        return catchThrowableOfType(Refused.class, construction).all();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
