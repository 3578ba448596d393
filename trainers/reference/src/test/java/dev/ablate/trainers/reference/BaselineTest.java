package dev.ablate.trainers.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.TrainerContract;
import dev.ablate.trainers.reference.BaselineOptions.Answer;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest extends TrainerContract<BaselineOptions> {

    @Override
    protected Trainer<BaselineOptions> trainer() {
        return new Baseline();
    }

    @Override
    protected BaselineOptions options(long updates) {
        return new BaselineOptions(Answer.MEAN);
    }

    @ParameterizedTest
    @CsvSource({"MEAN, 0.8", "PRIOR, 0.8", "MEDIAN, 1", "MAJORITY, 1"})
    void answersEveryRowAlike(Answer answer, double expected) {
        Examples examples = Examples.of(List.of("x"), new double[] {1, 2, 3, 4, 5}, new double[] {1, 0, 1, 1, 1});
        double[] answers = new double[5];
        new Baseline()
                .train(new BaselineOptions(answer), new RecordedTraining(examples, 1))
                .predict(examples.rows(), answers);
        assertThat(answers).containsOnly(expected);
    }

    @Test
    void isRefusedWhereTheAnswerIsNoneToTheTarget() {
        Assertions.assertThatThrownBy(
                        () -> new BaselineOptions(Answer.MEDIAN).check(Task.BINARY_CLASSIFICATION, List.of("x")))
                .isInstanceOf(Refused.class)
                .hasMessage("answer: the target is a class: choose majority or prior");
        Assertions.assertThatThrownBy(() -> new BaselineOptions(Answer.PRIOR).check(Task.REGRESSION, List.of("x")))
                .isInstanceOf(Refused.class)
                .hasMessage("answer: the target is any number: choose mean or median");
    }
}
