package dev.ablate.core.training;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.note.RunNotes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a run hands to its trainer. */
public interface Training {

    /** What the columns of the examples are: features of numbers, as they are after encoding and scaling, and the target. */
    Schema schema();

    /**
     * The training part of the data, already scaled; the test part is out of reach.
     *
     * @throws IllegalStateException if the run has no data: {@link #schema} has no columns; see {@link Trainer#needsRows}
     */
    Examples examples();

    /** The part of the data to stop or choose by, scaled as the training part is; empty where none is held back for that. */
    Optional<Examples> validation();

    /**
     * The rows that are held back to judge by, scaled as the training part is, without their targets, {@code [n, d]}; empty where none
     * are. For a trainer that cannot hand over a model: see {@link #answers}.
     */
    Optional<Matrix> testRows();

    /** How a prediction is turned into a class. */
    Decision decision();

    /**
     * The run's seed, for a library that wants one of its own.
     *
     * <p>Asking counts as drawing: the run is not known to be deterministic any more. Prefer {@link #random}, which gives each use of
     * chance numbers of its own.
     */
    long seed();

    /**
     * The generator of one stream of chance.
     *
     * <p>It depends on the run's seed and the name alone, so that two variants of one seed draw the same numbers, and a draw
     * from one stream shifts no other. Asked twice, it is the same generator, going on where it was. A run that asks for no
     * stream is known to be deterministic, so ask only where something is drawn. Usual names: {@code init.weights},
     * {@code init.bias}, {@code shuffle}.
     */
    RandomGenerator random(String stream);

    /**
     * How many threads the trainer may use at a time, at least 1.
     *
     * <p>What it learns does not depend on it, to the bit: sums are added up in an order of their own, whoever computes the parts.
     */
    int threads();

    /**
     * Reports that updates are done; it measures the model where its grid asks for it.
     *
     * @param update how many updates were made, 0 or more, rising from call to call, {@code total} at last; a trainer that
     *     cannot say what it has learned in between leaves updates out
     * @param total how many there will be if nothing stops them; the same in each call of a run
     * @param now the model as it is; valid inside this call alone, so it may be a live view of changing weights; {@link Model#none} if
     *     there is none, and then nothing is measured
     * @return false: make no further update and return the model as it is now
     */
    boolean after(long update, long total, Model now);

    /**
     * The next update that {@link #after} measures, for a trainer to which a call is dear: it may leave out the updates before.
     *
     * @return 0 before the first call of {@code after}; always 0 where every update is to be reported
     */
    default long nextMeasured() {
        return 0;
    }

    /**
     * Whether {@link #after} may end the training, or look at more of the model than its answers to the rows that are measured.
     *
     * <p>Where it does neither, a trainer whose model learns elsewhere, such as in another process, need not wait for it: once the
     * answers are at hand, the model may learn on while they are measured.
     *
     * @return true where it is not known
     */
    default boolean mayStop() {
        return true;
    }

    /**
     * Reports a value that the trainer has measured itself, of a metric that its options declare; see
     * {@link dev.ablate.core.metric.ReportsMetrics}.
     *
     * <p>Every value is stored and drawn, and the last one is compared. What is not declared, steps that do not rise and values that are
     * not finite end the run.
     *
     * @param step how many updates were made when it was measured, 0 or greater; of one metric rising from call to call
     * @param name the metric's, as it is declared
     * @param value finite
     */
    void report(long step, String name, double value);

    /**
     * Reports what was predicted for {@link #testRows}, and has it measured as a model's predictions are; for a trainer that cannot hand
     * over a model.
     *
     * @param step how many updates were made, 0 or greater, rising from call to call
     * @param answers row-major, {@code [n * k]}, in the order of the rows, for a target that is scaled as the training part's; see
     *     {@link Model#predict}
     * @throws IllegalStateException if no rows are held back
     */
    void answers(long step, double... answers);

    /** What the run's variant is called: a label, and no part of what a run is unless its options say so. */
    String variant();

    /** Which of the runs that are trained at a time this is, from 0; no two of one program have the same at a time. */
    int slot();

    /**
     * Keeps a file with the run: in the store, and wherever the run is delivered.
     *
     * <p>It is copied before this returns. A second file of one name replaces the first.
     *
     * @param file a regular file; it is kept by its last name
     * @throws java.io.UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if it is not a regular file, or larger than 100 MB
     */
    void keep(Path file);

    /** What a program logs of its own accord: stored with the run and delivered with it, and never compared unless it is reported too. */
    RunNotes notes();

    /**
     * A folder for what a later attempt at this very run can go on from; made when it is first asked for.
     *
     * <p>It outlives an attempt that was interrupted, and is removed when the run has finished. A trainer that goes on from what is
     * there gives the model that it would have given in one go.
     */
    Path checkpoint();

    /** Whether the run is to end: the next call of {@link #after} throws. For a trainer that cannot call it for a while. */
    boolean cancelled();
}
