package dev.ablate.worker.train;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.note.RunNotes;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.RunData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Holds a trainer to what is asked of each of them, by training some times on the data of a run; keeps nothing.
 *
 * <p>It trains a seed, another one, and the first again, so that what one run leaves for the next is seen, then once more up to its second
 * report.
 */
public final class TrainerCheck {

    /** So many rows are asked one by one. */
    private static final int ROWS = 20;

    /** Sums of one row and of many may differ in their last digits. */
    private static final double ROUNDING = 1e-9;

    private final RunContext run;
    private final RunContext other;
    private final List<Line> lines = new ArrayList<>();

    private TrainerCheck(RunContext run, RunContext other) {
        this.run = run;
        this.other = other;
    }

    /** What one thing has come to. */
    public enum Ending {
        /** It is as it is to be. */
        HOLDS,
        /** It is not. */
        FAILS,
        /** There is nothing to check. */
        OPEN
    }

    /**
     * One thing that is asked of a trainer.
     *
     * @param ending what it has come to
     * @param text what was found, and the way out, for a person
     */
    public record Line(Ending ending, String text) {}

    /**
     * Checks a trainer.
     *
     * @param run what is trained
     * @param other the same for another seed
     * @return at least one line; one that fails where it does not train
     */
    public static List<Line> of(RunContext run, RunContext other) {
        return new TrainerCheck(run, other).lines();
    }

    private List<Line> lines() {
        Watched first;
        try {
            first = train(run, Long.MAX_VALUE);
        } catch (RunFailure e) {
            return List.of(new Line(Ending.FAILS, "it does not train: " + e.getMessage()));
        }
        add(true, "it trains, and answers finite numbers of the right shape, in " + RunFailure.updates(first.total));
        try {
            checkSeeds(first, train(other, Long.MAX_VALUE), train(run, Long.MAX_VALUE));
        } catch (RunFailure e) {
            add(false, "it trains once, and not again: " + e.getMessage());
        }
        try {
            checkStop(first);
        } catch (RunFailure e) {
            add(false, "it does not stop where it is asked to: " + e.getMessage());
        }
        add(
                first.alone,
                first.alone
                        ? "a row is answered the same alone and among others"
                        : "a row is answered otherwise alone than among others: an answer must depend on its row alone, as no"
                                + " mean or scale of the rows that are asked does");
        checkStored(first);
        return lines;
    }

    private void add(boolean holds, String text) {
        lines.add(new Line(holds ? Ending.HOLDS : Ending.FAILS, text));
    }

    private void checkSeeds(Watched first, Watched of, Watched again) {
        boolean repeats = first.isEqualTo(again);
        add(
                repeats,
                repeats
                        ? "a seed gives the same again, after other runs too"
                        : "a seed gives something else when it is run again: draw all chance from the run's streams, not from a"
                                + " global generator or the time; or the order of sums depends on threads (--jobs 1)");
        if (!repeats || first.data.drawn()) {
            return;
        }
        boolean differs = !first.isEqualTo(of);
        if (first.deterministic) {
            add(
                    !differs,
                    differs
                            ? "it asks for no chance, and another seed gives something else: draw from the run's streams"
                            : "it asks for no chance: every seed gives the same");
        } else {
            lines.add(
                    new Line(
                            differs ? Ending.HOLDS : Ending.OPEN,
                            differs
                                    ? "another seed gives something else"
                                    : "it asks for chance, and another seed gives the same: what is drawn changes nothing here"));
        }
    }

    private void checkStop(Watched first) {
        if (first.answers.size() < 2) {
            lines.add(new Line(
                    Ending.OPEN,
                    "it reports nothing on the way, so that it has no curve, and no stop rule can end it"));
            return;
        }
        long second = first.updates.get(1);
        Watched stopped = train(run, second);
        boolean ends = stopped.answers.size() == 2;
        add(ends, ends ? "it stops where it is asked to" : "it goes on after it was asked to stop");
    }

    private void checkStored(Watched first) {
        if (!first.stored) {
            lines.add(new Line(Ending.OPEN, "its model is not stored, so that later commands have no answers of it"));
            return;
        }
        try {
            Model restored = run.trainer().restore(RunData.schema(run), new ByteArrayInputStream(first.written));
            boolean equal = Arrays.equals(first.last(), first.answers(restored));
            add(
                    equal,
                    equal
                            ? "its model is stored, and answers the same when it is read again"
                            : "its model answers something else when it is read again: store all that it is made of");
        } catch (RuntimeException e) {
            add(false, "its model cannot be read again: " + e.getMessage());
        }
    }

    private static Watched train(RunContext context, long stopAt) {
        RunData data = RunData.of(context);
        Recorder nowhere = new Recorder(context, (step, values) -> {}, RunProgress.NONE);
        RunTraining training = new RunTraining(context, data, 1, 0, nowhere, new Nowhere(), new AtomicBoolean());
        Watched watched = new Watched(training, data, context.dataset().schema().outputs(), stopAt);
        try {
            watched.take(context.trainer().train(watched));
            if (!watched.asked) {
                training.requireComplete();
            }
        } catch (RuntimeException e) {
            RuntimeException verdict = training.verdict();
            throw verdict instanceof RunFailure failure
                    ? failure
                    : RunFailure.thrown(context.trainer(), training.lastUpdate(), e);
        }
        watched.deterministic = training.deterministic();
        return watched;
    }

    /** A run's training that looks at each model that it is shown. */
    private static final class Watched extends ForwardingTraining {

        private final RunData data;
        private final Matrix rows;
        private final int outputs;
        private final long stopAt;
        private final List<Long> updates = new ArrayList<>();
        private final List<double[]> answers = new ArrayList<>();
        private long total;
        private boolean asked;
        private boolean alone = true;
        private boolean deterministic;
        private boolean stored;
        private byte[] written = {};

        Watched(RunTraining training, RunData data, int outputs, long stopAt) {
            super(training);
            this.data = data;
            this.rows = data.scaledTest().orElse(training.examples().rows());
            this.outputs = outputs;
            this.stopAt = stopAt;
        }

        @Override
        public boolean after(long update, long announced, Model now) {
            boolean measured = update >= nextMeasured();
            boolean goesOn = super.after(update, announced, now);
            total = announced;
            if (now == Model.none() || !measured) {
                return goesOn;
            }
            updates.add(update);
            answers.add(answers(now));
            if (update == announced) {
                alone = isTheSameAlone(now);
            }
            asked = update >= stopAt;
            return goesOn && !asked;
        }

        @Override
        public boolean mayStop() {
            return true;
        }

        private double[] answers(Model model) {
            double[] answered = new double[Math.multiplyExact(rows.size(), outputs)];
            model.predict(rows, answered);
            return answered;
        }

        private boolean isTheSameAlone(Model model) {
            double[] one = new double[outputs];
            for (int row = 0; row < Math.min(ROWS, rows.size()); row++) {
                model.predict(rows.take(row), one);
                for (int k = 0; k < outputs; k++) {
                    double among = last()[row * outputs + k];
                    if (!(Math.abs(one[k] - among) <= ROUNDING * Math.max(1, Math.abs(among)))) {
                        return false;
                    }
                }
            }
            return true;
        }

        private void take(Model model) {
            stored = model.isStored();
            if (stored) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    model.write(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                written = out.toByteArray();
            }
        }

        private double[] last() {
            return answers.get(answers.size() - 1);
        }

        private boolean isEqualTo(Watched other) {
            if (!updates.equals(other.updates)) {
                return false;
            }
            for (int i = 0; i < answers.size(); i++) {
                if (!Arrays.equals(answers.get(i), other.answers.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Nothing is kept of a run that is only looked at. */
    private static final class Nowhere implements RunFolder {

        @Override
        public void keep(Path file) {}

        @Override
        public Path checkpoint() {
            throw new UnsupportedOperationException("a run that is only checked has no checkpoint");
        }

        @Override
        public RunNotes notes() {
            throw new UnsupportedOperationException("of a run that is only checked nothing is stored");
        }
    }
}
