package dev.ablate.trainers.reference;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.DependsOnData;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;

/** Options of the baseline. */
public record BaselineOptions(
        @Option(
                help =
                        "mean or median of the targets; the majority's class, or prior: the share of class 1, of three classes or more of each",
                fallback = "prior",
                byTask = @Option.ForTask(task = Task.REGRESSION, fallback = "mean"))
        Answer answer)
        implements DependsOnData {

    /** What every row is answered. */
    public enum Answer {
        /** The arithmetic mean of the training targets. */
        MEAN,
        /** The median of the training targets; of an even number the middle of the two. */
        MEDIAN,
        /** The class that most training rows are of; of equally common ones the first. */
        MAJORITY,
        /** The share of the training rows that are of class 1; of three classes or more the share of each. */
        PRIOR
    }

    @Override
    public void check(Schema schema) {
        boolean anyNumber = schema.classes().isEmpty();
        boolean ofNumbers = answer == Answer.MEAN || answer == Answer.MEDIAN;
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(ofNumbers && !anyNumber, "answer", "the target is a class: choose majority or prior");
        reasons.addIf(!ofNumbers && anyNumber, "answer", "the target is any number: choose mean or median");
        reasons.throwIfAny();
    }
}
