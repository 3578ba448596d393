package dev.ablate.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.worker.data.DataPart;
import dev.ablate.worker.data.SharedData;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunResult.Status;
import dev.ablate.worker.exchange.RunSink;
import dev.ablate.worker.fixture.SmallRun;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import dev.ablate.worker.spec.StopRule;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run hands to its trainer, and what is written down of it however it ends. */
class RunWorkerTest {

    private final Sink sink = new Sink();

    /** Keeps what is written down. */
    private static final class Sink implements RunSink {

        private final Map<String, byte[]> files = new HashMap<>();

        @Override
        public void rows(int train, int test) {}

        @Override
        public void file(String path, byte[] content) {
            files.put(path, content);
        }

        @Override
        public void logged(List<LoggedNote> notes, Map<String, byte[]> logged) {}

        @Override
        public Path checkpoint() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void points(long step, Map<String, Double> values) {}

        private List<Integer> rows() {
            return DataPart.read(Objects.requireNonNull(files.get(DataPart.FILE))).stream()
                    .map(DataPart::rows)
                    .toList();
        }
    }

    private static SmallRun small(int rows) {
        double[] values = IntStream.range(0, 2 * rows).mapToDouble(k -> k).toArray();
        double[] targets = IntStream.range(0, rows).mapToDouble(k -> k % 3).toArray();
        return SmallRun.on(Dataset.regression(Examples.of(List.of("x", "y"), values, targets), "z", Map.of(), ""));
    }

    private RunEnding train(SmallRun run) {
        return new RunWorker(
                        run.run(),
                        new SharedData(),
                        sink,
                        1,
                        0,
                        RunProgress.NONE,
                        new AtomicBoolean(),
                        new Patience(Duration.ofSeconds(10)),
                        new AbandonedTrainers())
                .train();
    }

    private static Model zero() {
        return new Model() {
            @Override
            public void predict(Matrix rows, double[] answers) {
                Arrays.fill(answers, 0);
            }

            @Override
            public Map<String, Double> parameters() {
                return Map.of();
            }

            @Override
            public void write(OutputStream out) {}
        };
    }

    /** Of few rows at once, of many by another thread. */
    @ParameterizedTest
    @ValueSource(ints = {3, 30_000})
    void keepsWhatItIsTrainedOnWhetherItFinishesOrFails(int rows) {
        assertThat(train(small(rows)).status()).isEqualTo(Status.FAILED);
        assertThat(sink.rows()).containsExactly(rows);
        sink.files.clear();
        assertThat(train(small(rows).trainer(training -> {
                            training.after(0, 0, zero());
                            return zero();
                        }))
                        .status())
                .isEqualTo(Status.FINISHED);
        assertThat(sink.rows()).containsExactly(rows);
    }

    @Test
    void mayBeStoppedByItsRuleAlone() {
        List<Boolean> stops = new ArrayList<>();
        Function<Training, Model> noting = training -> {
            stops.add(training.mayStop());
            training.after(0, 0, zero());
            return zero();
        };
        train(small(3).trainer(noting));
        MeasuredMetric metric = MeasuredMetric.of(Part.TRAIN, MeasuredMetric.MSE);
        train(small(3).trainer(noting).stop(new StopRule.Bound(metric, true, 0.1, 0)));
        assertThat(stops).containsExactly(false, true);
    }
}
