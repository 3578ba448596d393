package dev.ablate.engine.launch;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Trainers that note whether they overlap, where every class loader of the process finds it: among Java's properties. */
public final class TurnsPlugin extends PluginModule {

    /** The property with the most runs of {@code alone} and {@code counted} that were trained at a time. */
    static final String MOST = TurnsPlugin.class.getName() + ".most";

    /** The property with a latch of two, which runs of {@code together} wait for. */
    static final String BOTH = TurnsPlugin.class.getName() + ".both";

    /** The property with what {@code ended} sets: that its program is to end. */
    static final String END = TurnsPlugin.class.getName() + ".end";

    private static final AtomicInteger NOW = new AtomicInteger();

    /** For the service loader. */
    public TurnsPlugin() {}

    @Override
    protected void plug() {
        dataset("points", NoOptions.class).summary("Three points").to((NoOptions options) -> points());
        dataset("lonely", NoOptions.class)
                .summary("Its runs must not overlap")
                .oneAtATime()
                .to((NoOptions options) -> points());
        trainer("counted", NoOptions.class).summary("May overlap").to(new Noting(TurnsPlugin::alone));
        trainer("alone", NoOptions.class)
                .summary("Must not overlap")
                .oneAtATime()
                .to(new Noting(TurnsPlugin::alone));
        trainer("ended", NoOptions.class).summary("Ends its program").to(new Noting(TurnsPlugin::end));
        trainer("together", NoOptions.class).summary("May overlap").to(new Noting(TurnsPlugin::together));
    }

    private static Dataset points() {
        return Dataset.regression(
                Examples.of(List.of("x"), new double[] {1, 2, 3}, new double[] {2, 4, 6}), "y", Map.of(), "");
    }

    private static void alone() throws InterruptedException {
        AtomicInteger most = (AtomicInteger) property(MOST);
        most.accumulateAndGet(NOW.incrementAndGet(), Math::max);
        // time enough for another one to begin
        Thread.sleep(300);
        NOW.decrementAndGet();
    }

    private static void together() throws InterruptedException {
        CountDownLatch both = (CountDownLatch) property(BOTH);
        both.countDown();
        if (!both.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("no other run is trained at the same time");
        }
    }

    private static void end() {
        ((AtomicBoolean) property(END)).set(true);
    }

    private static Object property(String name) {
        return Objects.requireNonNull(System.getProperties().get(name), name);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private record Noting(Work work) implements Trainer<NoOptions> {
        @Override
        public Model train(NoOptions options, Training training) {
            try {
                work.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            Model model = new Zero();
            training.after(1, 2, model);
            training.after(2, 2, model);
            return model;
        }

        @Override
        public Model restore(NoOptions options, Schema schema, InputStream in) {
            return new Zero();
        }
    }

    private static final class Zero implements Model {
        @Override
        public void write(OutputStream out) {}

        @Override
        public void predict(Matrix rows, double[] answers) {
            Arrays.fill(answers, 0);
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of();
        }
    }
}
