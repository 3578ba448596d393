package dev.ablate.trainers.dl4j;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;

/** A training that looks at the model after no update, the first and the last alone, as looking takes as long as learning. */
final class Glances extends ForwardingTraining {

    private final RecordedTraining training;

    Glances(RecordedTraining training) {
        super(training);
        this.training = training;
    }

    Glances(Examples examples, long seed) {
        this(new RecordedTraining(examples, seed));
    }

    RecordedTraining training() {
        return training;
    }

    @Override
    public boolean after(long update, long total, Model now) {
        return (update > 1 && update < total) || super.after(update, total, now);
    }
}
