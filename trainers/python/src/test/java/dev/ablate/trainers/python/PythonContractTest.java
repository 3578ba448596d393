package dev.ablate.trainers.python;

import dev.ablate.core.data.Task;
import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Inputs;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.TrainerContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A script that learns step by step keeps to what every trainer keeps to. */
@Timeout(120)
class PythonContractTest {

    private static final String LINEAR = """
            import os
            import numpy

            class Linear:
                def __init__(self, weights):
                    self.weights = weights
                def predict(self, rows):
                    # row by row, in one order whatever their number
                    return numpy.array([(self.weights[:-1] * row[:, None]).sum(axis=0) + self.weights[-1] for row in rows])

            def train(options, data, random, report):
                outputs = len(data.classes) if data.classes is not None and len(data.classes) > 2 else 1
                targets = numpy.eye(outputs)[data.targets.astype(int)] if outputs > 1 else data.targets[:, None]
                model = Linear(random("init").normal(size=(data.rows.shape[1] + 1, outputs)))
                columns = numpy.column_stack([data.rows, numpy.ones(len(data.rows))])
                report(0, options["updates"], model)
                for update in range(options["updates"]):
                    gap = columns @ model.weights - targets
                    model = Linear(model.weights - 0.1 * columns.T @ gap / len(columns))
                    report(update + 1, options["updates"], model)
                return model

            def save(model, folder):
                numpy.save(os.path.join(folder, "weights.npy"), model.weights)

            def load(folder):
                return Linear(numpy.load(os.path.join(folder, "weights.npy")))
            """;

    private abstract static class Linear extends TrainerContract<PythonOptions> {

        @TempDir
        private static Path folder;

        @Override
        protected Trainer<PythonOptions> trainer() {
            return new Python();
        }

        @Override
        protected PythonOptions options(long updates) {
            return Scripts.script(Scripts.write(folder, "linear.py", LINEAR), Map.of("updates", updates), false);
        }

        @Override
        protected Map<String, Supplier<PythonOptions>> refused() {
            return Map.of(
                    "script",
                    () -> new PythonOptions(
                            Optional.empty(),
                            Optional.empty(),
                            new FreeOptions(Map.of()),
                            new FreeOptions(Map.of()),
                            Scripts.python(),
                            PythonOptions.Environment.IGNORE,
                            new Inputs(Map.of()),
                            false));
        }
    }

    @Nested
    class OfNumbers extends Linear {}

    @Nested
    class OfClasses extends Linear {
        @Override
        protected Task task() {
            return Task.CLASSES;
        }
    }
}
