package dev.ablate.trainers.perceptron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RosenblattTest {

    private static final Decision FIRES_AT_ZERO = new Decision(0.5, 1);

    @ParameterizedTest
    @CsvSource({"OR, 0, 1, 1, 1", "AND, 0, 0, 0, 1", "NAND, 1, 1, 1, 0"})
    void learnsWhatALineSeparates(String name, double of00, double of01, double of10, double of11) {
        Examples gate = gate(of00, of01, of10, of11);
        for (int seed = 0; seed < 100; seed++) {
            Model model = train(step().learningRate(0.5).epochs(200), new RecordedTraining(gate, seed));
            assertThat(RecordedTraining.predictions(model, gate))
                    .as("%s, seed %d", name, seed)
                    .containsExactly(of00, of01, of10, of11);
        }
    }

    @Test
    void neverLearnsXor() {
        Examples xor = gate(0, 1, 1, 0);
        RecordedTraining training = new RecordedTraining(xor, 7);
        train(step().learningRate(0.5).epochs(1_000), training);
        assertThat(training.calls())
                .hasSize(4_001)
                .noneMatch(call -> call.predictions().equals(List.of(0.0, 1.0, 1.0, 0.0)));
    }

    @Test
    void changesNothingByARowThatIsAnsweredRight() {
        Examples row = Examples.of(List.of("x"), new double[] {3}, new double[] {1});
        Model model = train(step().weights(0.25).bias(-0.5).updates(5), new RecordedTraining(row, 1));
        assertThat(model.parameters()).isEqualTo(Map.of("x", 0.25, "bias", -0.5));
    }

    @Test
    void movesByTheRowTowardsItsTarget() {
        Examples rows = Examples.of(List.of("a", "b"), new double[] {3, -2, 1, 4}, new double[] {1, 0});
        RecordedTraining training = new RecordedTraining(rows, 1);
        train(step().learningRate(0.25).weights(-1, 1).bias(0.5).updates(2), training);
        // z = -4.5, so 0 where 1 is wanted: + 0.25 (3, -2, 1); then z = 2.5, so 1 where 0 is wanted: - 0.25 (1, 4, 1)
        assertThat(training.parametersAfter(1)).isEqualTo(Map.of("a", -0.25, "b", 0.5, "bias", 0.75));
        assertThat(training.parametersAfter(2)).isEqualTo(Map.of("a", -0.5, "b", -0.5, "bias", 0.5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void answersTheTieAtZeroInTrainingAndWhenRestored(int tie) throws IOException {
        Examples row = Examples.of(List.of("x"), new double[] {2}, new double[] {1});
        Decision decision = new Decision(0.5, tie);
        PerceptronOptions untrained = step().weights(0.5).bias(-1).updates(0).make();
        RecordedTraining training = new RecordedTraining(row, 1).with(decision);
        Model model = new Perceptron().train(untrained, training);
        assertThat(RecordedTraining.predictions(model, row)).containsExactly((double) tie);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        model.write(written);
        Model restored =
                new Perceptron().restore(untrained, training.schema(), new ByteArrayInputStream(written.toByteArray()));
        assertThat(RecordedTraining.predictions(restored, row)).containsExactly((double) tie);
    }

    @Test
    void learnsFromATieOnlyIfItIsWrong() {
        Examples row = Examples.of(List.of("x"), new double[] {2}, new double[] {1});
        Options options = step().learningRate(1).weights(0).updates(1);
        assertThat(train(options, new RecordedTraining(row, 1)).parameters()).isEqualTo(Map.of("x", 2.0, "bias", 1.0));
        assertThat(train(options, new RecordedTraining(row, 1).with(FIRES_AT_ZERO))
                        .parameters())
                .isEqualTo(Map.of("x", 0.0, "bias", 0.0));
    }

    @Test
    void takesOneRowAnUpdateAndAllRowsAnEpoch() {
        Examples or = gate(0, 1, 1, 1);
        RecordedTraining epochs = new RecordedTraining(or, 1);
        train(step().order(Order.SHUFFLED).epochs(3), epochs);
        RecordedTraining updates = new RecordedTraining(or, 1);
        train(step().order(Order.SHUFFLED).updates(12), updates);
        assertThat(epochs.calls()).hasSize(13).isEqualTo(updates.calls());
    }

    private static Options step() {
        return new Options().activation(Activation.STEP);
    }

    private static Examples gate(double... answers) {
        return Examples.of(List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, answers);
    }

    private static Model train(Options options, RecordedTraining training) {
        return new Perceptron().train(options.make(), training);
    }
}
