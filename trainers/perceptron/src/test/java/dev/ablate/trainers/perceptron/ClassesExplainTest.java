package dev.ablate.trainers.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Explanation.Neuron;
import dev.ablate.core.training.Explanation.Row;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.core.training.Explanation.Weight;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is explained of an update of a neuron for each class is what the update did. */
final class ClassesExplainTest {

    private static final Examples ROWS = Examples.of(
            List.of("height", "width"),
            new double[] {0.5, -1.25, 2, 0.75, -0.5, 1.5, 1, 0.25, -1.75, -0.375},
            new double[] {1, 0, 2, 1, 0});

    static Stream<Options> everyWayToLearn() {
        return Stream.of(
                options(),
                options().noBias(),
                options().batch(2).order(Order.SHUFFLED),
                options().batch(1));
    }

    private static Options options() {
        return new Options().activation(Activation.SOFTMAX).learningRate(0.125).updates(9);
    }

    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void itsNumbersFollowFromEachOther(Options options) {
        Explanation explanation = learnedFrom(options, 4);
        Row row = explanation.row().orElseThrow();
        int n = explanation.rows().size();
        assertThat(row.neurons()).extracting(Neuron::name).containsExactly("red", "green", "blue");
        double all = row.neurons().stream()
                .mapToDouble(neuron -> StrictMath.exp(neuron.sum()))
                .sum();
        int own = (int) row.target();
        for (int k = 0; k < 3; k++) {
            Neuron neuron = row.neurons().get(k);
            double z = 0;
            for (int index : neuron.weights()) {
                Weight weight = explanation.weights().get(index);
                assertThat(weight.name()).endsWith("/" + neuron.name());
                z += weight.before() * row.inputs().get(index);
            }
            assertThat(neuron.sum()).isCloseTo(z, within(1e-12));
            assertThat(neuron.terms()).extracting(Term::symbol).containsExactly("o", "t", "dE/dz");
            double share = neuron.terms().get(0).value();
            double pull = neuron.terms().get(2).value();
            assertThat(share).isCloseTo(StrictMath.exp(z) / all, within(1e-12));
            assertThat(neuron.terms().get(1).value()).isEqualTo(k == own ? 1 : 0);
            assertThat(pull).isCloseTo((share - (k == own ? 1 : 0)) / n, within(1e-15));
            for (int index : neuron.weights()) {
                assertThat(row.shares().get(index))
                        .isEqualTo(pull * row.inputs().get(index));
            }
        }
        Neuron neuron = row.neurons().get(own);
        assertThat(row.sum()).isEqualTo(neuron.sum());
        double share = neuron.terms().get(0).value();
        assertThat(row.answer()).extracting(Term::symbol).containsExactly("o", "E");
        assertThat(row.answer().get(0).value()).isEqualTo(share);
        assertThat(row.answer().get(1).value()).isCloseTo(-StrictMath.log(share) / n, within(1e-15));
        assertThat(row.factors()).containsExactly(neuron.terms().get(2));
        assertThat(explanation.weights())
                .allSatisfy(
                        weight -> assertThat(weight.after()).isEqualTo(weight.before() - 0.125 * weight.gradient()));
    }

    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void itsGradientIsTheSumOfItsSharesInTheOrderOfTrainingToTheBit(Options options) {
        Explanation any = learnedFrom(options, 3);
        List<Row> rows = any.rows().stream()
                .map(row -> explained(options, 3, row).row().orElseThrow())
                .toList();
        for (int weight = 0; weight < any.weights().size(); weight++) {
            int index = weight;
            double[] inputs =
                    rows.stream().mapToDouble(row -> row.inputs().get(index)).toArray();
            double[] pulls = rows.stream()
                    .mapToDouble(
                            row -> row.neurons().get(index % 3).terms().get(2).value())
                    .toArray();
            assertThat(any.weights().get(weight).gradient()).isEqualTo(SumOfProducts.of(0, inputs, pulls, 0));
        }
    }

    @Test
    void saysByWhichFormulas() {
        Explanation explanation = explained(options(), 1, 2);
        assertThat(explanation.rule().share()).isEqualTo("dE/dz * dz/dw");
        Row row = explanation.row().orElseThrow();
        assertThat(row.answer())
                .extracting(Term::formula)
                .containsExactly("exp(z) / sum of exp over the classes", "-log(o) / n");
        assertThat(row.factors()).extracting(Term::formula).containsExactly("(o - t) / n");
    }

    private static Explanation learnedFrom(Options options, long update) {
        return explained(options, update, explained(options, update, 0).rows().get(0));
    }

    private static Explanation explained(Options options, long update, int row) {
        RecordedTraining training = new RecordedTraining(ROWS, 3).classes("red", "green", "blue");
        return new Perceptron().explain(options.make(), training, update, row).orElseThrow();
    }
}
