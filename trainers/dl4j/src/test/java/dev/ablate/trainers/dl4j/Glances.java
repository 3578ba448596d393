package dev.ablate.trainers.dl4j;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Training;
import java.util.random.RandomGenerator;

/** A training that looks at the model after no update, the first and the last alone, as looking takes as long as learning. */
record Glances(RecordedTraining training) implements Training {

    Glances(Examples examples, long seed) {
        this(new RecordedTraining(examples, seed));
    }

    @Override
    public Examples examples() {
        return training.examples();
    }

    @Override
    public Decision decision() {
        return training.decision();
    }

    @Override
    public RandomGenerator random(String stream) {
        return training.random(stream);
    }

    @Override
    public boolean after(long update, long total, Model now) {
        return (update > 1 && update < total) || training.after(update, total, now);
    }

    @Override
    public void report(long step, String name, double value) {
        training.report(step, name, value);
    }
}
