package dev.ablate.trainers.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schemas;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.TrainerContract;
import dev.ablate.trainers.reference.BaselineOptions.Answer;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
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

    @Nested
    final class OfClasses extends TrainerContract<BaselineOptions> {

        @Override
        protected Task task() {
            return Task.CLASSES;
        }

        @Override
        protected Trainer<BaselineOptions> trainer() {
            return new Baseline();
        }

        @Override
        protected BaselineOptions options(long updates) {
            return new BaselineOptions(Answer.PRIOR);
        }
    }

    @ParameterizedTest
    @CsvSource({"PRIOR, 0.125, 0.5, 0.375", "MAJORITY, 0, 1, 0"})
    void answersEveryRowWithANumberForEachClass(Answer answer, double red, double green, double blue) {
        Examples examples =
                Examples.of(List.of("x"), new double[] {1, 2, 3, 4, 5, 6, 7, 8}, new double[] {0, 2, 1, 1, 2, 2, 1, 1});
        RecordedTraining training = new RecordedTraining(examples, 1).classes("red", "green", "blue");
        Model model = new Baseline().train(new BaselineOptions(answer), training);
        assertThat(training.predictions(model)).hasSize(24).startsWith(red, green, blue, red, green, blue);
        assertThat(model.parameters())
                .containsEntry("bias/green", green)
                .containsEntry("x/blue", 0.0)
                .hasSize(6);
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
                        () -> new BaselineOptions(Answer.MEDIAN).check(Schemas.classes(List.of("x"), "no", "yes")))
                .isInstanceOf(Refused.class)
                .hasMessage("answer: the target is a class: choose majority or prior");
        Assertions.assertThatThrownBy(() -> new BaselineOptions(Answer.PRIOR).check(Schemas.regression(List.of("x"))))
                .isInstanceOf(Refused.class)
                .hasMessage("answer: the target is any number: choose mean or median");
    }
}
