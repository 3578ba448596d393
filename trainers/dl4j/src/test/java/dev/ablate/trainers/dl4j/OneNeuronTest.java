package dev.ablate.trainers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Examples;
import dev.ablate.core.dense.DenseOptions;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Training;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One neuron: known figures; and what the library must not do to a run. */
final class OneNeuronTest {

    private static final Examples OR =
            Examples.of(List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, new double[] {0, 1, 1, 1});

    // computed with Deeplearning4j's own API: an OutputLayer of one neuron, MSE, plain SGD
    @Test
    void hasTheFiguresOfDeeplearning4jAlone() {
        RecordedTraining training = new RecordedTraining(OR, 1);
        train(new DenseOptions().weights(0.1, 0.2).bias(0.3).epochs(1_000), new Glances(training));
        assertThat(meanSquaredError(training.calls().get(0))).isCloseTo(0.18978305229525755, within(1e-9));
        assertParameters(training.parametersAfter(1), 0.10443719637243495, 0.20424479278788438, 0.30314460164372180);
        assertParameters(training.parametersAfter(1_000), 1.6108759931109893, 1.6353690157143920, -0.320198120701215);
    }

    @Test
    void learnsTheSameWhetherItIsLookedAtOrNot() {
        DenseOptions options =
                new DenseOptions().batch(3).order(Order.SHUFFLED).hidden(3).updates(20);
        RecordedTraining looked = new RecordedTraining(OR, 1);
        Model one = train(options, looked);
        Model other = train(options, new Glances(OR, 1));
        assertThat(other.parameters()).isEqualTo(one.parameters());
    }

    /** The runner looks at the flag between updates: a library that clears it would make a run deaf to its timeout. */
    @Test
    void leavesAnInterruptToTheNextUpdate() {
        Interrupting training = new Interrupting(new RecordedTraining(OR, 1));
        train(new DenseOptions().hidden(3).batch(2).order(Order.SHUFFLED).updates(20), training);
        assertThat(training.heard()).hasValue(4);
    }

    /** Interrupts its thread after update 3, and stops where it finds it interrupted. */
    private static final class Interrupting extends ForwardingTraining {

        private final AtomicLong heard = new AtomicLong(-1);

        Interrupting(RecordedTraining training) {
            super(training);
        }

        AtomicLong heard() {
            return heard;
        }

        @Override
        public boolean after(long update, long total, Model now) {
            if (Thread.interrupted()) {
                heard.set(update);
                return false;
            }
            if (update == 3) {
                Thread.currentThread().interrupt();
            }
            return true;
        }
    }

    private static Model train(DenseOptions options, Training training) {
        return new Dl4jTrainer().train(options.make(Dl4jOptions::new), training);
    }

    private static void assertParameters(Map<String, Double> actual, double x1, double x2, double bias) {
        assertThat(actual).containsOnlyKeys("x1", "x2", "bias");
        assertThat(actual.get("x1")).isCloseTo(x1, within(1e-9));
        assertThat(actual.get("x2")).isCloseTo(x2, within(1e-9));
        assertThat(actual.get("bias")).isCloseTo(bias, within(1e-9));
    }

    private static double meanSquaredError(RecordedTraining.Call call) {
        double sum = 0;
        for (int row = 0; row < OR.size(); row++) {
            double error = call.predictions().get(row) - OR.target(row);
            sum += error * error;
        }
        return sum / OR.size();
    }
}
