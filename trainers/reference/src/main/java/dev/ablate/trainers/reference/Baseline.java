package dev.ablate.trainers.reference;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.metric.TrivialAnswer;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import dev.ablate.trainers.reference.BaselineOptions.Answer;
import java.io.IOException;
import java.io.InputStream;

/** Answers every row alike: neurons whose weights are 0. */
final class Baseline implements Trainer<BaselineOptions> {

    @Override
    public boolean fits(Task task) {
        return true;
    }

    @Override
    public Model train(BaselineOptions options, Training training) {
        Schema schema = training.schema();
        double[] answers = answer(options.answer()).of(training.examples().targets(), schema.outputs());
        double[][] numbers = new double[answers.length][schema.featureNames().size() + 1];
        for (int k = 0; k < answers.length; k++) {
            numbers[k][numbers[k].length - 1] = answers[k];
        }
        Model model = Weighted.of(schema, numbers, true, Activation.IDENTITY);
        training.after(1, 1, model);
        return model;
    }

    private static TrivialAnswer answer(Answer answer) {
        return switch (answer) {
            case MEAN, PRIOR -> TrivialAnswer.MEAN;
            case MEDIAN -> TrivialAnswer.MEDIAN;
            case MAJORITY -> TrivialAnswer.COMMONEST_CLASS;
        };
    }

    @Override
    public Model restore(BaselineOptions options, Schema schema, InputStream in) throws IOException {
        return Weighted.restored(schema, true, Activation.IDENTITY, in);
    }
}
