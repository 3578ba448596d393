package example;

import dev.ablate.core.data.Schema;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.metric.ReportsMetrics;
import dev.ablate.core.option.Option;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Brings a trainer that ends the process that trains it, as a library may do that has no memory left: one seed, as long as a file says so. */
public final class HaltingPlugin extends PluginModule {

    private static final int STEPS = 8;
    private static final long PAUSE_MILLIS = 250;

    @Override
    protected void plug() {
        trainer("halting", Options.class).summary("Ends its process").to(Halting.class);
    }

    public record Options(@Option(help = "what is left of the loss after a step") double rate) implements ReportsMetrics {

        @Override
        public List<ReportedMetric> reportedMetrics() {
            return List.of(new ReportedMetric("loss", Optional.of(Goal.MINIMIZE), MetricRange.ANY, 0, "what is left"));
        }

        @Override
        public boolean areAll() {
            return true;
        }
    }

    static final class Halting implements Trainer<Options> {

        @Override
        public boolean needsRows() {
            return false;
        }

        @Override
        public Model train(Options options, Training training) {
            trail("begun", training);
            double loss = 1;
            for (int step = 1; step <= STEPS; step++) {
                loss *= options.rate() - training.seed() / 1000.0;
                pause();
                if (step == STEPS / 2 && Files.exists(Path.of(System.getenv("STOPS"), training.variant() + training.seed()))) {
                    Runtime.getRuntime().halt(1);
                }
                training.report(step, "loss", loss);
                training.after(step, STEPS, Model.none());
            }
            trail("ended", training);
            return Model.none();
        }

        private static void pause() {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void trail(String what, Training training) {
            try {
                Files.writeString(
                        Path.of(System.getenv("TRAIL")),
                        what + " " + training.variant() + "/" + training.seed() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Model restore(Options options, Schema schema, InputStream in) {
            return Model.none();
        }
    }
}
