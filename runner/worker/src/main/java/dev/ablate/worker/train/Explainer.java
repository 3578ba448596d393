package dev.ablate.worker.train;

import dev.ablate.core.note.RunNotes;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.RunData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Trains a run up to one update, the way it is trained when it is run, and explains how that update was made; keeps nothing. */
public final class Explainer {

    /** More rows than this are not listed in a message. */
    private static final int LISTED = 20;

    private Explainer() {}

    /** There is nothing to explain; the message says why, for a person. */
    public static final class UnexplainedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnexplainedException(String message) {
            super(message);
        }
    }

    /**
     * Explains an update.
     *
     * @param run whose trainer {@linkplain dev.ablate.worker.catalog.BoundTrainer#explains explains}
     * @param update which, from 1
     * @param row which row of the training part, from 1; empty: the first that the update learns from
     * @throws UnexplainedException if the run does not come to that update, or the update does not learn from that row
     */
    public static ExplainedUpdate explain(RunContext run, long update, OptionalInt row) {
        RunData data = RunData.of(run);
        int rows = data.train().size();
        if (row.isPresent() && row.getAsInt() > rows) {
            throw new UnexplainedException(
                    "there is no row " + row.getAsInt() + ": " + run.label() + " trains on " + counted(rows, "row"));
        }
        Until training = train(run, data, update, row.orElse(1) - 1);
        Explanation found = training.explanation(update);
        if (found.row().isEmpty() && row.isEmpty()) {
            training = train(run, data, update, found.rows().get(0));
            found = training.explanation(update);
        }
        Explanation explanation = found;
        return new ExplainedUpdate(
                data,
                training.total,
                explanation,
                explanation
                        .row()
                        .orElseThrow(() -> new UnexplainedException("update " + RunFailure.number(update)
                                + " does not learn from row " + row.orElse(1) + " but from "
                                + listed(explanation.rows()) + ": give --row or --update otherwise")));
    }

    private static Until train(RunContext run, RunData data, long update, int row) {
        Recorder nowhere = new Recorder(run, (step, values) -> {}, RunProgress.NONE);
        try {
            Until training = new Until(
                    run, new RunTraining(run, data, 1, 0, nowhere, new Nowhere(), new AtomicBoolean()), update);
            training.explain(row);
            return training;
        } catch (RunFailure e) {
            throw new UnexplainedException("run " + run.label() + " " + e.getMessage());
        }
    }

    /** {@code row 3}, {@code rows 1, 2, 4}; each once, as learned from. */
    private static String listed(List<Integer> rows) {
        List<Integer> distinct = rows.stream().distinct().toList();
        return (distinct.size() == 1 ? "row " : "rows ")
                + distinct.stream()
                        .limit(LISTED)
                        .map(row -> RunFailure.number(row + 1L))
                        .collect(Collectors.joining(", "))
                + (distinct.size() > LISTED ? " and " + counted(distinct.size() - LISTED, "more") : "");
    }

    private static String counted(int count, String noun) {
        return RunFailure.number(count) + " " + noun + (count == 1 || noun.equals("more") ? "" : "s");
    }

    /** A run's training that ends at an update. */
    private static final class Until extends ForwardingTraining {

        private final RunContext run;
        private final RunTraining training;
        private final long last;
        private long total;
        private Optional<Explanation> explanation = Optional.empty();

        Until(RunContext run, RunTraining training, long last) {
            super(training);
            this.run = run;
            this.training = training;
            this.last = last;
        }

        private void explain(int row) {
            try {
                explanation = run.trainer().explain(this, last, row);
            } catch (RuntimeException e) {
                RuntimeException verdict = training.verdict();
                throw verdict != null ? verdict : RunFailure.thrown(run.trainer(), training.lastUpdate(), e);
            }
        }

        private Explanation explanation(long update) {
            return explanation.orElseThrow(() -> new UnexplainedException(
                    total == 0
                            ? untrained()
                            : "there is no update " + RunFailure.number(update) + ": " + run.label()
                                    + " ends after " + RunFailure.updates(training.lastUpdate())
                                    + (training.stopped() ? ", by its stop rule" : "")));
        }

        private String untrained() {
            String length = run.params().containsKey("trainer.updates") ? "trainer.updates" : "trainer.epochs";
            return run.label() + " is not trained, so that no update can be explained; to see one: --set " + length
                    + "=1";
        }

        @Override
        public boolean after(long update, long updates, Model now) {
            total = updates;
            return training.after(update, updates, now) && update < last;
        }

        @Override
        public boolean mayStop() {
            return true;
        }
    }

    /** Nothing is kept of a run that is only looked at. */
    private static final class Nowhere implements RunFolder {

        @Override
        public void keep(Path file) {}

        @Override
        public Path checkpoint() {
            throw new UnsupportedOperationException("a run that is explained has no checkpoint");
        }

        @Override
        public RunNotes notes() {
            throw new UnsupportedOperationException("of a run that is explained nothing is stored");
        }
    }
}
