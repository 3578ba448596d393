package dev.ablate.core.training;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.note.RunNotes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A training that passes everything on to another; a subclass changes what it needs to. */
public abstract class ForwardingTraining implements Training {

    private final Training training;

    /** Passes on to this one. */
    protected ForwardingTraining(Training training) {
        this.training = training;
    }

    @Override
    public Schema schema() {
        return training.schema();
    }

    @Override
    public Examples examples() {
        return training.examples();
    }

    @Override
    public Optional<Examples> validation() {
        return training.validation();
    }

    @Override
    public Optional<Matrix> testRows() {
        return training.testRows();
    }

    @Override
    public void answers(long step, double... answers) {
        training.answers(step, answers);
    }

    @Override
    public String variant() {
        return training.variant();
    }

    @Override
    public int slot() {
        return training.slot();
    }

    @Override
    public Decision decision() {
        return training.decision();
    }

    @Override
    public long seed() {
        return training.seed();
    }

    @Override
    public RandomGenerator random(String stream) {
        return training.random(stream);
    }

    @Override
    public int threads() {
        return training.threads();
    }

    @Override
    public boolean after(long update, long total, Model now) {
        return training.after(update, total, now);
    }

    @Override
    public long nextMeasured() {
        return training.nextMeasured();
    }

    /** A training that overrides {@link #after} to stop, or to look at the model, overrides this, too. */
    @Override
    public boolean mayStop() {
        return training.mayStop();
    }

    @Override
    public void report(long step, String name, double value) {
        training.report(step, name, value);
    }

    @Override
    public void keep(Path file) {
        training.keep(file);
    }

    @Override
    public RunNotes notes() {
        return training.notes();
    }

    @Override
    public Path checkpoint() {
        return training.checkpoint();
    }

    @Override
    public boolean cancelled() {
        return training.cancelled();
    }
}
